package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways against Tink: under the same bytes of a key, what either makes the other takes. */
class TinkTest {

    private static final int HEADER_LENGTH = 6;

    private final Random random = new Random(5_116);
    private final Envelope envelope = new Envelope(Examples.RANDOM);

    /** Around the lengths of a block and a key, the largest field, and any between. */
    static List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>(List.of(0, 1, 15, 16, 17, 31, 32, 33, 1_024, FieldCipher.MAX_PLAINTEXT));
        new Random(800_038).ints(40, 2, 5_000).forEach(sizes::add);
        return sizes;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void open_ofWhatTinkSealed_givesThePlaintext(int size) throws GeneralSecurityException {
        for (SealContext place : places()) {
            DataKey key = Examples.key(1 + random.nextInt(Integer.MAX_VALUE));
            byte[] plaintext = bytes(size);
            byte[] body = tink(key).encrypt(plaintext, associatedData(key.version(), place));
            byte[] sealed = Examples.joined(header(key.version()), body);
            assertThat(envelope.open(keys(key), place, sealed)).isEqualTo(plaintext);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void seal_ofAnything_isOpenedByTinkAtItsPlaceOnly(int size) throws GeneralSecurityException {
        for (SealContext place : places()) {
            DataKey key = Examples.key(1 + random.nextInt(Integer.MAX_VALUE));
            byte[] plaintext = bytes(size);
            byte[] sealed = envelope.seal(key, place, plaintext);
            assertThat(sealed).startsWith(header(key.version()));
            byte[] body = Arrays.copyOfRange(sealed, HEADER_LENGTH, sealed.length);
            assertThat(tink(key).decrypt(body, associatedData(key.version(), place)))
                    .isEqualTo(plaintext);
            byte[] elsewhere = associatedData(key.version(), Examples.SSN);
            assertThatThrownBy(() -> tink(key).decrypt(body, elsewhere)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void hkdf_onRandomInput_agrees() throws GeneralSecurityException {
        for (int i = 0; i < 500; i++) {
            byte[] input = bytes(1 + random.nextInt(100));
            byte[] salt = bytes(random.nextInt(100));
            byte[] info = bytes(random.nextInt(100));
            int size = 1 + random.nextInt(300);
            assertThat(Hkdf.hkdf(salt, input, info, size)).isEqualTo(Tink.hkdf(salt, input, info, size));
        }
    }

    @Test
    void derive_ofWords_isHkdfOfThemBehindTheirLengths() throws GeneralSecurityException {
        for (int i = 0; i < 200; i++) {
            Secret from = Secret.random(Examples.RANDOM);
            String[] words = new String[random.nextInt(5)];
            Arrays.setAll(words, word -> name(random.nextInt(30)));
            ByteBuffer info = ByteBuffer.allocate(500);
            putText(info, "medspasync");
            for (String word : words) {
                putText(info, word);
            }
            byte[] theirs = Tink.hkdf(new byte[0], from.bytes(), written(info), 32);
            assertThat(Hkdf.derive(from, words).bytes()).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 128, 200, 256})
    void blindIndex_ofAnything_isWhatTinkComputesAndVerifies(int bits) throws GeneralSecurityException {
        for (int i = 0; i < 200; i++) {
            IndexKey key = new IndexKey(1, bits, Secret.random(Examples.RANDOM));
            Mac tink = Tink.hmac(key.secret().bytes(), bits / 8);
            int normalisation = random.nextInt(256);
            String value = name(random.nextInt(300));
            byte[] message = Examples.joined(new byte[] {(byte) normalisation}, value.getBytes(StandardCharsets.UTF_8));
            byte[] index = new BlindIndex("clients", "ssn", normalisation, true).of(key, value);
            tink.verifyMac(index, message);
            assertThat(index).isEqualTo(tink.computeMac(message));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void hmac_ofAnySize_agrees(int size) throws GeneralSecurityException {
        byte[] key = bytes(16 + random.nextInt(100));
        byte[] message = bytes(size);
        assertThat(Hkdf.hmac(key, message)).isEqualTo(Tink.hmac(key, 32).computeMac(message));
    }

    private List<SealContext> places() {
        PracticeId practice = new PracticeId(new UUID(random.nextLong(), random.nextLong()));
        return List.of(
                new FieldContext(practice, name(9), name(12), new UUID(random.nextLong(), random.nextLong())),
                new EntryContext(practice, name(9), name(12), name(random.nextInt(60))));
    }

    /** The associated data as the documentation states it, put together apart from the code under test. */
    private static byte[] associatedData(int version, SealContext place) {
        ByteBuffer out = ByteBuffer.allocate(300);
        out.put("medspasync".getBytes(StandardCharsets.US_ASCII)).put(header(version));
        putUuid(out, place.practice().value());
        putText(out, place.table());
        putText(out, place.column());
        switch (place) {
            case FieldContext field -> putUuid(out, field.row());
            case EntryContext entry -> {
                out.putInt(0);
                putText(out, entry.entry());
            }
        }
        return written(out);
    }

    private static void putUuid(ByteBuffer out, UUID id) {
        out.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static void putText(ByteBuffer out, String text) {
        out.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] header(int version) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put((byte) 0x4D)
                .put((byte) 1)
                .putInt(version)
                .array();
    }

    private static byte[] written(ByteBuffer out) {
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static Aead tink(DataKey key) throws GeneralSecurityException {
        return Tink.aesGcm(key.secret().bytes());
    }

    private String name(int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
