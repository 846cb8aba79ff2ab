package com.medspasync.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.input.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "(212) 555-0123, +12125550123",
        "212.555.0123, +12125550123",
        "1-212-555-0123, +12125550123",
        "+1 212 555 0123, +12125550123",
        "+49 30 901820, +4930901820",
        "+44 (0)20 7946 0018, +442079460018"
    })
    void parse_asPeopleWriteIt_isE164(String text, String e164) {
        assertThat(PhoneNumber.parse(text)).isEqualTo(Parsed.valid(new PhoneNumber(e164)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "jane",
                "555-0123",
                "+999 123 456 789",
                "(112) 555-0123",
                "+1 212 555 01234567890123456789012345"
            })
    void parse_noNumberInUse_isRefused(String text) {
        assertThat(PhoneNumber.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.violations().toString()).contains("code=format"));
    }

    @Test
    void parse_withAnExtension_isRefusedBecauseItWouldBeLost() {
        assertThat(PhoneNumber.parse("212-555-0123 ext. 7"))
                .isEqualTo(Parsed.invalid("extension", "must be without an extension: E.164 has no place for one"));
    }

    @Test
    void construct_anyOtherForm_isRefused() {
        assertThatThrownBy(() -> new PhoneNumber("2125550123")).hasMessage("not an E.164 phone number");
        assertThatThrownBy(() -> new PhoneNumber("+0125550123")).hasMessage("not an E.164 phone number");
    }

    @Test
    void toString_ofANumber_hidesIt() {
        assertThat(new PhoneNumber("+12125550123")).hasToString("PhoneNumber[hidden]");
    }
}
