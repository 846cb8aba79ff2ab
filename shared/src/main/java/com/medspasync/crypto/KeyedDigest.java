package com.medspasync.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * HMAC-SHA-256 (RFC 2104) under a secret of one's own, for what has to look random and to be the same again: who does not have the secret
 * learns nothing from any number of digests of what went in. Digests under different labels have nothing to do with each other. Thread-safe.
 */
public final class KeyedDigest {

    private final Secret secret;

    public KeyedDigest(Secret secret) {
        this.secret = secret;
    }

    /** 32 bytes that stand for an id. */
    public ByteBuffer of(String label, UUID id) {
        byte[] message = LengthPrefixed.of("medspasync", label, id.toString());
        return ByteBuffer.wrap(Hkdf.hmac(secret.key(), message));
    }

    /** 32 bytes that stand for a text. */
    public ByteBuffer of(String label, String text) {
        byte[] prefix = LengthPrefixed.of("medspasync", label);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(prefix.length + content.length)
                .put(prefix)
                .put(content)
                .array();
        return ByteBuffer.wrap(Hkdf.hmac(secret.key(), message));
    }
}
