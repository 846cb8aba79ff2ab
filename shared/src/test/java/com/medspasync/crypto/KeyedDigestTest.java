package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyedDigestTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final KeyedDigest digest = new KeyedDigest(Secret.copyOf(KEY));

    /** What it is of is written down here, because copies that were broken off depend on it. */
    @Test
    void digest_isHmacOfTheProductTheLabelAndTheContent() {
        byte[] text = LengthPrefixed.of("medspasync", "word");
        byte[] message = ByteBuffer.allocate(text.length + 4)
                .put(text)
                .put("müd".getBytes(StandardCharsets.UTF_8))
                .array();
        assertThat(digest.of("word", "müd").array())
                .isEqualTo(Hkdf.hmac(KEY, message))
                .hasSize(32);
        UUID id = new UUID(1, 2);
        assertThat(digest.of("id", id).array())
                .isEqualTo(Hkdf.hmac(KEY, LengthPrefixed.of("medspasync", "id", id.toString())));
    }

    @Test
    void digest_ofAnotherLabelContentOrSecret_isAnother() {
        assertThat(digest.of("a", "bc")).isNotEqualTo(digest.of("ab", "c")).isNotEqualTo(digest.of("a", "bd"));
        assertThat(new KeyedDigest(Secret.copyOf(new byte[Secret.LENGTH])).of("a", "bc"))
                .isNotEqualTo(digest.of("a", "bc"));
    }
}
