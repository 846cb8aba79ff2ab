package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void hkdf_onRfc5869TestCase1_agrees() {
        byte[] key = Hkdf.hkdf(
                HEX.parseHex("000102030405060708090a0b0c"),
                HEX.parseHex("0b".repeat(22)),
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        assertThat(key)
                .isEqualTo(HEX.parseHex(
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void hkdf_onRfc5869TestCase3WithoutSaltOrInfo_agrees() {
        assertThat(Hkdf.hkdf(new byte[0], HEX.parseHex("0b".repeat(22)), new byte[0], 42))
                .isEqualTo(HEX.parseHex(
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void hkdf_pastItsLimit_isRefused() {
        assertThatThrownBy(() -> Hkdf.hkdf(new byte[0], new byte[32], new byte[0], 255 * 32 + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derive_withWordsDividedDifferently_givesDifferentKeys() {
        Secret from = Secret.random(Examples.RANDOM);
        assertThat(Hkdf.derive(from, "idx", "clients", "ssn"))
                .isEqualTo(Hkdf.derive(from, "idx", "clients", "ssn"))
                .isNotEqualTo(Hkdf.derive(from, "idx", "client", "sssn"))
                .isNotEqualTo(Hkdf.derive(from, "idx", "clientsssn"))
                .isNotEqualTo(Hkdf.derive(from, "idx", "clients", "ssn", ""));
    }
}
