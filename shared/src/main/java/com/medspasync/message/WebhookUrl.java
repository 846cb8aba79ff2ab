package com.medspasync.message;

import com.medspasync.input.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a webhook is: an {@code https} URL whose host is a name with a dot in it, without user and fragment. What the name leads to is judged
 * when it is connected to ({@link PublicAddresses}), since that may change at any time.
 */
public record WebhookUrl(URI value) {

    /** In characters, all of them ASCII. */
    public static final int MAX_LENGTH = 1000;

    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final int MAX_NAME = 253;

    /** @throws IllegalArgumentException when it is none; the message does not repeat it */
    public WebhookUrl {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the URL of a webhook");
        }
    }

    /** Reads what a person gave. */
    public static Parsed<WebhookUrl> parse(String text) {
        try {
            URI url = new URI(text);
            if (isValid(url)) {
                return Parsed.valid(new WebhookUrl(url));
            }
        } catch (URISyntaxException malformed) {
            // Falls through to the answer that every other text gets; the exception would repeat it.
        }
        return Parsed.invalid(
                "format",
                "must be an https URL with a host name, without user and fragment, such as https://example.com/hook");
    }

    private static boolean isValid(URI url) {
        String host = url.getHost();
        return "https".equals(url.getScheme())
                && host != null
                && host.length() <= MAX_NAME
                && NAME.matcher(host).matches()
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.getPort() != 0
                && url.getPort() <= 65_535
                && url.toString().length() <= MAX_LENGTH
                && url.toString().chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Names the host alone: a path may be a secret of the receiver's. */
    @Override
    public String toString() {
        return "WebhookUrl[" + value.getHost() + "]";
    }
}
