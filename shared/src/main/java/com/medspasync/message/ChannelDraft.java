package com.medspasync.message;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;

/**
 * Where a practice wants its messages sent.
 *
 * @param rotateSecret whether a channel that is there gets a new secret; a new one has one anyway
 */
public record ChannelDraft(WebhookUrl url, boolean rotateSecret) {

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<ChannelDraft> read(Fields in) {
        Given<WebhookUrl> url =
                in.text("url", WebhookUrl.MAX_LENGTH).then(WebhookUrl::parse).required();
        boolean rotateSecret = in.flag("rotateSecret").or(false);
        return in.finish(() -> new ChannelDraft(url.value(), rotateSecret));
    }
}
