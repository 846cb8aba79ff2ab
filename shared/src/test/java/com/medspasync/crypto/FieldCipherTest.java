package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.CLIENT;
import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.OTHER_CLIENT;
import static com.medspasync.crypto.Examples.RADIANCE;
import static com.medspasync.crypto.Examples.SSN;
import static com.medspasync.crypto.Examples.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldCipherTest {

    private static final String PLAINTEXT = "078-05-1120";

    private final FieldCipher cipher = new FieldCipher(new Envelope(Examples.RANDOM));
    private final DataKey key = Examples.key(1);

    @ParameterizedTest
    @MethodSource("texts")
    void decryptText_ofWhatWasEncrypted_givesItBack(String text) {
        byte[] sealed = cipher.encrypt(key, SSN, text);
        assertThat(cipher.decryptText(keys(key), SSN, sealed)).isEqualTo(text);
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                "a",
                "Zoë Ångström",
                "\uD83D\uDC89 10 units",
                "\u0000",
                "x".repeat(100_000),
                "\uD83D\uDE00".repeat(25_000));
    }

    @Test
    void decryptText_ofRandomTexts_givesThemBack() {
        Random random = new Random(20_260_102);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .limit(random.nextInt(200))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            DataKey any = Examples.key(1 + random.nextInt(Integer.MAX_VALUE));
            byte[] sealed = cipher.encrypt(any, SSN, text);
            assertThat(FieldCipher.keyVersion(sealed)).isEqualTo(any.version());
            assertThat(cipher.decryptText(keys(any), SSN, sealed)).isEqualTo(text);
        }
    }

    @Test
    void decrypt_ofBytes_givesThemBack() {
        byte[] bytes = new byte[1_000];
        new Random(1).nextBytes(bytes);
        assertThat(cipher.decrypt(keys(key), SSN, cipher.encrypt(key, SSN, bytes)))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void decrypt_inAnotherPlace_fails(FieldContext elsewhere) {
        byte[] sealed = cipher.encrypt(key, SSN, PLAINTEXT);
        assertThatThrownBy(() -> cipher.decrypt(keys(key), elsewhere, sealed))
                .isInstanceOfSatisfying(
                        TamperedCiphertext.class, e -> assertThat(e.context()).contains(elsewhere))
                .hasMessageContaining(elsewhere.table() + "." + elsewhere.column())
                .hasMessageContaining(elsewhere.row().toString())
                .hasMessageContaining(elsewhere.practice().toString())
                .hasMessageNotContaining(PLAINTEXT);
    }

    static Stream<FieldContext> otherPlaces() {
        return Stream.of(
                new FieldContext(RADIANCE, "clients", "ssn", CLIENT),
                new FieldContext(GLOW, "staff", "ssn", CLIENT),
                new FieldContext(GLOW, "clients", "notes", CLIENT),
                new FieldContext(GLOW, "clients", "ssn", OTHER_CLIENT),
                // The same letters, divided differently.
                new FieldContext(GLOW, "client", "sssn", CLIENT));
    }

    @Test
    void decrypt_withAnotherKeyOfTheSameVersion_fails() {
        byte[] sealed = cipher.encrypt(key, SSN, PLAINTEXT);
        assertThatThrownBy(() -> cipher.decrypt(keys(Examples.key(1)), SSN, sealed))
                .isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void decrypt_withoutTheKeysVersion_fails() {
        byte[] sealed = cipher.encrypt(Examples.key(2), SSN, PLAINTEXT);
        assertThatThrownBy(() -> cipher.decrypt(keys(key), SSN, sealed)).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void decrypt_withSeveralVersions_takesTheOneThatEncrypted() {
        DataKey next = Examples.key(2);
        byte[] old = cipher.encrypt(key, SSN, "old");
        byte[] fresh = cipher.encrypt(next, SSN, "new");
        assertThat(cipher.decryptText(keys(key, next), SSN, old)).isEqualTo("old");
        assertThat(cipher.decryptText(keys(key, next), SSN, fresh)).isEqualTo("new");
    }

    @Test
    void encrypt_pastItsBound_isRefusedWithoutTheText() {
        assertThat(cipher.encrypt(key, SSN, "x".repeat(FieldCipher.MAX_PLAINTEXT)))
                .hasSize(131_072 + 34);
        assertThatThrownBy(() -> cipher.encrypt(key, SSN, "x".repeat(FieldCipher.MAX_PLAINTEXT + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clients.ssn")
                .hasMessageNotContaining("xx");
    }

    @Test
    void encrypt_ofHalfASurrogatePair_isRefused() {
        for (String text : new String[] {"\uD83D", "a\uDE00", "\uD83Dx\uDE00", "\uDE00\uD83D"}) {
            assertThatThrownBy(() -> cipher.encrypt(key, SSN, text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
