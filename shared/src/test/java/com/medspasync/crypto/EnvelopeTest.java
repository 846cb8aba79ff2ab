package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.SSN;
import static com.medspasync.crypto.Examples.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final byte[] PLAINTEXT = "078-05-1120".getBytes(StandardCharsets.UTF_8);

    private final Envelope envelope = new Envelope(Examples.RANDOM);
    private final DataKey key = Examples.key(258);

    @Test
    void seal_ofAnything_hasTheStatedLayout() {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        assertThat(sealed).hasSize(34 + PLAINTEXT.length).startsWith(0x4D, 1, 0, 0, 1, 2);
        assertThat(Envelope.keyVersion(sealed)).isEqualTo(258);
    }

    @Test
    void open_ofACiphertextWrittenByTheFirstRelease_givesItsPlaintext() {
        // Written once and kept: whoever changes format, associated data or derivation finds out here and not in
        // production.
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0x42);
        DataKey kept = new DataKey(3, Hkdf.derive(Secret.copyOf(bytes), "purpose", "practice-fields"));
        byte[] sealed = HexFormat.of()
                .parseHex("4d01000000031cba5c2fd0b95901223c1e81f873597c778f1af9af1a159dc95d0a41a2275cc4969a303c355ca7");
        assertThat(envelope.open(keys(kept), SSN, sealed)).isEqualTo(PLAINTEXT);
    }

    @Test
    void seal_manyTimes_neverRepeatsANonce() {
        Set<ByteBuffer> nonces = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
            nonces.add(ByteBuffer.wrap(Arrays.copyOfRange(sealed, 6, 18)));
        }
        assertThat(nonces).hasSize(100_000);
    }

    @Test
    void open_withAnyBitFlipped_fails() {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> envelope.open(keys(key), SSN, altered))
                    .as("bit %d", bit)
                    .isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void open_withAnotherVersionOfTheSameKey_fails() {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        sealed[5]++;
        DataKey sameSecret = new DataKey(259, key.secret());
        assertThatThrownBy(() -> envelope.open(keys(sameSecret), SSN, sealed)).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void open_ofEveryPrefixAndOfMore_fails() {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        for (int length = 0; length <= sealed.length + 40; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            if (length != sealed.length) {
                assertThatThrownBy(() -> envelope.open(keys(key), SSN, cut))
                        .as("%d bytes", length)
                        .isInstanceOf(TamperedCiphertext.class);
            }
        }
    }

    @Test
    void open_ofAnotherMagicSuiteOrVersion_saysWhich() {
        assertRefused(0, 0x4E, "magic");
        assertRefused(1, 2, "suite 2");
        assertRefused(2, 0x80, "key version -");
    }

    private void assertRefused(int position, int value, String reason) {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        sealed[position] = (byte) value;
        assertThatThrownBy(() -> envelope.open(keys(key), SSN, sealed))
                .isInstanceOf(TamperedCiphertext.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> Envelope.keyVersion(sealed)).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void open_ofAnEntry_failsForAFieldWhoseUuidHasTheSameBytes() {
        EntryContext entry =
                new EntryContext(GLOW, SSN.table(), SSN.column(), new String(new byte[16], StandardCharsets.US_ASCII));
        FieldContext field = new FieldContext(GLOW, SSN.table(), SSN.column(), new java.util.UUID(0, 0));
        byte[] sealed = envelope.seal(key, entry, PLAINTEXT);
        assertThat(envelope.open(keys(key), entry, sealed)).isEqualTo(PLAINTEXT);
        assertThatThrownBy(() -> envelope.open(keys(key), field, sealed)).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void seal_atItsBound_opensAndPastIt_isRefused() {
        byte[] largest = new byte[Envelope.MAX_PLAINTEXT];
        assertThat(envelope.open(keys(key), SSN, envelope.seal(key, SSN, largest)))
                .isEqualTo(largest);
        assertThatThrownBy(() -> envelope.seal(key, SSN, new byte[Envelope.MAX_PLAINTEXT + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Envelope.keyVersion(new byte[Envelope.MAX_PLAINTEXT + 35]))
                .isInstanceOf(TamperedCiphertext.class);
    }
}
