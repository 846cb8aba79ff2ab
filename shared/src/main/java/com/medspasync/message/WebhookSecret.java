package com.medspasync.message;

import com.medspasync.crypto.SharedSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The secret of a webhook, as Standard Webhooks has it (standardwebhooks.com, "Signature scheme"): 24 to 64 bytes, shown as {@code whsec_} and their base64.
 */
public record WebhookSecret(SharedSecret value) {

    private static final String PREFIX = "whsec_";

    /** A new one. */
    public static WebhookSecret random(SecureRandom random) {
        return new WebhookSecret(SharedSecret.random(random));
    }

    /** Reads what {@link #reveal} gave; empty when it is none. */
    public static Optional<WebhookSecret> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            return Optional.of(new WebhookSecret(SharedSecret.copyOf(bytes)));
        } catch (IllegalArgumentException notASecret) {
            // Neither base64 nor of a length that one may have; the exception could repeat a part of it.
            return Optional.empty();
        }
    }

    /** The secret itself, for whoever runs the receiver. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(value.bytes());
    }

    /**
     * The header {@code webhook-signature}, of version 1.
     *
     * @param id the header {@code webhook-id}
     * @param timestamp the header {@code webhook-timestamp}: seconds since 1970
     */
    String sign(String id, String timestamp, String body) {
        byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(value.sign(signed));
    }
}
