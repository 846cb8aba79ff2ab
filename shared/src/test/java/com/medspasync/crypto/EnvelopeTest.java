package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.SSN;
import static com.medspasync.crypto.Examples.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
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
    void open_ofWhatTinkSealed_givesThePlaintext() throws GeneralSecurityException {
        byte[] body = tink(key).encrypt(PLAINTEXT, associatedDataOfSsn(258));
        byte[] sealed = Examples.joined(new byte[] {0x4D, 1, 0, 0, 1, 2}, body);
        assertThat(envelope.open(keys(key), SSN, sealed)).isEqualTo(PLAINTEXT);
    }

    @Test
    void seal_ofAnything_isOpenedByTink() throws GeneralSecurityException {
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        byte[] body = Arrays.copyOfRange(sealed, 6, sealed.length);
        assertThat(tink(key).decrypt(body, associatedDataOfSsn(258))).isEqualTo(PLAINTEXT);
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
    void open_ofAnyBytes_throwsNothingButCryptoExceptions() {
        Random random = new Random(800_038);
        byte[] sealed = envelope.seal(key, SSN, PLAINTEXT);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = mutated(random, sealed);
            if (!Arrays.equals(bytes, sealed)) {
                assertThatThrownBy(() -> envelope.open(keys(key), SSN, bytes))
                        .as(() -> HexFormat.of().formatHex(bytes))
                        .isInstanceOf(CryptoException.class);
            }
        }
    }

    /** Noise; or the real thing cut, lengthened and with bytes replaced, so that the later checks are reached too. */
    private static byte[] mutated(Random random, byte[] sealed) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = Arrays.copyOf(sealed, random.nextBoolean() ? sealed.length : random.nextInt(200));
        for (int i = random.nextInt(5); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
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

    /** The associated data as the documentation states it, put together apart from the code under test. */
    private static byte[] associatedDataOfSsn(int version) {
        ByteBuffer out = ByteBuffer.allocate(200);
        out.put("medspasync".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) 0x4D).put((byte) 1).putInt(version);
        out.putInt(16)
                .putLong(SSN.practice().value().getMostSignificantBits())
                .putLong(SSN.practice().value().getLeastSignificantBits());
        out.putInt(7).put("clients".getBytes(StandardCharsets.US_ASCII));
        out.putInt(3).put("ssn".getBytes(StandardCharsets.US_ASCII));
        out.putInt(16)
                .putLong(SSN.row().getMostSignificantBits())
                .putLong(SSN.row().getLeastSignificantBits());
        return Arrays.copyOf(out.array(), out.position());
    }

    private static Aead tink(DataKey key) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(32)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey theirs = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key.secret().bytes(), InsecureSecretKeyAccess.get()))
                .build();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(theirs).withRandomId().makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }
}
