package com.medspasync.functions.http;

import com.medspasync.message.PracticeChannel;
import com.medspasync.message.WebhookSecret;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A practice's channel as the API shows it (schema {@code MessageChannel} of the contract). What is null is left out. */
record MessageChannelBody(URI url, @Nullable String secret, Instant createdAt, Instant updatedAt) {

    static MessageChannelBody of(PracticeChannel channel, @Nullable WebhookSecret secret) {
        return new MessageChannelBody(
                channel.url().value(),
                secret == null ? null : secret.reveal(),
                channel.createdAt(),
                channel.updatedAt());
    }

    /** Hides the secret, and the URL, which may hold one of the receiver's. */
    @Override
    public String toString() {
        return "MessageChannelBody[hidden]";
    }
}
