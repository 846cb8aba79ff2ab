package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlindIndexTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SECRET =
            HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final BlindIndex WHOLE = new BlindIndex("clients", "ssn", 1, false);
    private static final BlindIndex TRUNCATED = new BlindIndex("clients", "dob_name", 1, true);

    @ParameterizedTest
    @ValueSource(strings = {"", "078051120", "1984-02-29\nobrien muller", "1984-02-29\n王"})
    void of_wholeIndex_isTheHmacOfVersionAndValue(String value) throws GeneralSecurityException {
        assertThat(WHOLE.of(key(9), value)).isEqualTo(hmac(1, value)).hasSize(32);
        BlindIndex byOtherRules = new BlindIndex("clients", "ssn", 200, false);
        assertThat(byOtherRules.of(key(9), value)).isEqualTo(hmac(200, value));
    }

    @Test
    void of_knownKeyAndValue_staysWhatWasStored() {
        assertThat(HEX.formatHex(WHOLE.of(key(9), "078051120")))
                .isEqualTo("f0695f3f51a592085bac07c38baba23b553647ade6be14d06ea8f76f4eca4b12");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 1", "8, 1", "9, 2", "16, 2", "17, 3", "31, 4", "255, 32", "256, 32"})
    void of_truncatedIndex_keepsTheTopBitsAndZeroesTheRest(int bits, int bytes) throws GeneralSecurityException {
        for (int i = 0; i < 50; i++) {
            byte[] index = TRUNCATED.of(key(bits), "value " + i);
            BigInteger whole = new BigInteger(1, hmac(1, "value " + i));
            BigInteger kept = whole.shiftRight(256 - bits).shiftLeft(bytes * 8 - bits);
            assertThat(index).hasSize(bytes);
            assertThat(new BigInteger(1, index)).isEqualTo(kept);
        }
    }

    @Test
    void of_sameValueUnderAnotherKey_differs() {
        IndexKey other = new IndexKey(1, 9, Secret.random(Examples.RANDOM));
        assertThat(WHOLE.of(key(9), "078051120")).isNotEqualTo(WHOLE.of(other, "078051120"));
    }

    @Test
    void blindIndexAndKey_outOfTheirRanges_areRefused() {
        for (int version : new int[] {-1, 256}) {
            assertThatThrownBy(() -> new BlindIndex("clients", "ssn", version, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int bits : new int[] {0, 257}) {
            assertThatThrownBy(() -> key(bits)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new IndexKey(0, 9, Secret.copyOf(SECRET)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ofAnIndexKey_hidesTheSecret() {
        assertThat(key(9).toString()).isEqualTo("IndexKey[version=1, bits=9, secret=Secret[hidden]]");
    }

    private static IndexKey key(int bits) {
        return new IndexKey(1, bits, Secret.copyOf(SECRET));
    }

    /** By the JDK alone. */
    private static byte[] hmac(int normalisation, String value) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(normalisation);
        message.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(message.toByteArray());
    }
}
