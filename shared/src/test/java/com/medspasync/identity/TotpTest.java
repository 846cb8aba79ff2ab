package com.medspasync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.EmailAddress;
import com.medspasync.input.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

    /** The secret of both RFCs. */
    private static final TotpSecret RFC = TotpSecret.of("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    private static final long NONE = -1;

    /** Somewhere inside step 1,000,000. */
    private static final Instant NOW = Instant.ofEpochSecond(30_000_017);

    private static final long STEP = 1_000_000;

    /** RFC 6238, appendix B, the rows for SHA-1. It shows eight digits; both truncations are of one number, so ours are its last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void accept_rfc6238Vectors_findsTheirStep(long seconds, String eightDigits) {
        TotpCode code = code(eightDigits.substring(2));

        assertThat(Totp.accept(RFC, code, Instant.ofEpochSecond(seconds), NONE)).hasValue(seconds / 30);
    }

    /** RFC 4226, appendix D: the counter is the step. */
    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489"
    })
    void accept_rfc4226Vectors_findsTheirCounter(long counter, String digits) {
        assertThat(Totp.accept(RFC, code(digits), Instant.ofEpochSecond(counter * 30), NONE))
                .hasValue(counter);
    }

    @Test
    void accept_oneStepEitherWay_isAcceptedAndTwoAreNot() {
        assertThat(accept(STEP - 2, NONE)).isEmpty();
        assertThat(accept(STEP - 1, NONE)).hasValue(STEP - 1);
        assertThat(accept(STEP, NONE)).hasValue(STEP);
        assertThat(accept(STEP + 1, NONE)).hasValue(STEP + 1);
        assertThat(accept(STEP + 2, NONE)).isEmpty();
    }

    @Test
    void accept_atTheEdgesOfAStep_countsWholeSteps() {
        TotpCode code = Totp.code(RFC, STEP);
        Instant begins = Instant.ofEpochSecond(STEP * 30);

        assertThat(Totp.accept(RFC, code, begins.minusSeconds(30), NONE)).hasValue(STEP);
        assertThat(Totp.accept(RFC, code, begins.minusSeconds(30).minusNanos(1), NONE))
                .isEmpty();
        assertThat(Totp.accept(RFC, code, begins.plusSeconds(60).minusNanos(1), NONE))
                .hasValue(STEP);
        assertThat(Totp.accept(RFC, code, begins.plusSeconds(60), NONE)).isEmpty();
    }

    @Test
    void accept_aCodeUsedBefore_isRefused() {
        OptionalLong first = accept(STEP, NONE);

        assertThat(accept(STEP, first.orElseThrow())).isEmpty();
        assertThat(accept(STEP - 1, first.orElseThrow()))
                .as("the one before it")
                .isEmpty();
        assertThat(accept(STEP + 1, first.orElseThrow())).hasValue(STEP + 1);
    }

    @Test
    void accept_anotherSecretsCode_isRefused() {
        TotpSecret other = TotpSecret.of(new byte[TotpSecret.BYTES]);

        assertThat(Totp.accept(other, Totp.code(RFC, STEP), NOW, NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456", "123 456", " 1 2 3 4 5 6 ", "000000"})
    void parse_sixDigitsWithSpaces_isACode(String text) {
        assertThat(code(text).matches(code(text.replace(" ", "")))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12345",
                "1234567",
                "12345a",
                "-12345",
                "123\u00a0456",
                "123\n456",
                "\u0661\u0662\u0663\u0664\u0665\u0666",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                "1                                       23456"
            })
    void parse_anythingButSixAsciiDigits_isRefused(String text) {
        assertThat(TotpCode.parse(text)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void matches_codesThatDifferInOneDigit_isFalse() {
        assertThat(code("123456").matches(code("123457"))).isFalse();
        assertThat(code("023456").matches(code("123456"))).isFalse();
    }

    @Test
    void otpauthUri_ofAnAccount_isAKeyUriWithEverythingEscaped() {
        assertThat(RFC.otpauthUri(new EmailAddress("ada+spa@glow.example")))
                .isEqualTo(
                        "otpauth://totp/MedSpaSync%20Pro:ada%2Bspa%40glow.example"
                                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=MedSpaSync%20Pro&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void reveal_ofASecret_is32CharactersWithoutPadding() {
        assertThat(TotpSecret.random(new SecureRandom()).reveal()).matches("[A-Z2-7]{32}");
    }

    @Test
    void random_twice_givesTwoSecrets() {
        SecureRandom random = new SecureRandom();

        assertThat(TotpSecret.random(random).bytes())
                .hasSize(20)
                .isNotEqualTo(TotpSecret.random(random).bytes());
    }

    @Test
    void of_bytes_keepsACopyOfExactly20() {
        byte[] bytes = new byte[20];
        TotpSecret secret = TotpSecret.of(bytes);
        Arrays.fill(bytes, (byte) 1);
        Arrays.fill(secret.bytes(), (byte) 2);

        assertThat(secret.bytes()).isEqualTo(new byte[20]);
        assertThatThrownBy(() -> TotpSecret.of(new byte[19])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ofSecretAndCode_hidesThem() {
        assertThat(RFC.toString()).isEqualTo("TotpSecret[hidden]");
        assertThat(code("123456").toString()).isEqualTo("TotpCode[hidden]");
    }

    private static OptionalLong accept(long step, long last) {
        return Totp.accept(RFC, Totp.code(RFC, step), NOW, last);
    }

    private static TotpCode code(String text) {
        return switch (TotpCode.parse(text)) {
            case Parsed.Valid<TotpCode>(TotpCode code) -> code;
            case Parsed.Invalid<TotpCode> invalid -> throw new AssertionError(invalid.violations());
        };
    }
}
