package com.medspasync.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForetoldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefghijklmnopqrstuvwxyz",
                "0123456789",
                "1234567890-=",
                "!@#$%^&*()_+",
                "qwertyuiop[]",
                "qwertzuiop",
                "azertyuiop",
                "asdfghjkl;'",
                "qsdfghjklm",
                "zxcvbnm,./",
                "yxcvbnm",
                "wxcvbn",
                "1qaz",
                "2wsx",
                "3edc",
                "4rfv",
                "5tgb",
                "6yhn",
                "7ujm",
                "8ik,",
                "9ol.",
                "0p;/",
            })
    void surprises_alongALineEitherWay_areItsFirstTwo(String line) {
        assertThat(Foretold.surprises(line)).isEqualTo(2);
        assertThat(Foretold.surprises(new StringBuilder(line).reverse().toString()))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "aaaa, 1", "ab, 2", "abab, 4", "abd, 3", "abcb, 3", "qwas, 4", "bookkeeper, 7", "1qaz2wsx, 4"})
    void surprises_ofAText_areWhatItsBeginningDoesNotForetell(String text, int surprises) {
        assertThat(Foretold.surprises(text)).isEqualTo(surprises);
    }

    @Test
    void surprises_ofNothing_areNone() {
        assertThat(Foretold.surprises("")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"aaaa, 1", "abab, 2", "ababa, 2", "abcabc, 3", "abcab, 5", "abcd, 4", "a, 1"})
    void period_ofAText_isTheLengthOfWhatItRepeats(String text, int period) {
        assertThat(Foretold.period(text)).isEqualTo(period);
    }
}
