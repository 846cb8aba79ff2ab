package com.medspasync.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.input.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "Jane.Doe+spa@Mail.Example.com",
                "o'brien@example.com",
                "name@xn--bcher-kva.example",
                "name@bücher.example",
                "1234567890123456789012345678901234567890123456789012345678901234@example.com"
            })
    void parse_address_keepsItAsGiven(String text) {
        assertThat(EmailAddress.parse(text)).isEqualTo(Parsed.valid(new EmailAddress(text)));
        assertThat(new EmailAddress(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "jane",
                "jane@",
                "@example.com",
                "jane@example",
                "jane@@example.com",
                "jane doe@example.com",
                ".jane@example.com",
                "jane.@example.com",
                "ja..ne@example.com",
                "jane@example..com",
                "jane@-example.com",
                "jane@example-.com",
                "jane@127.0.0.1",
                "jane@[127.0.0.1]",
                "\"jane\"@example.com",
                "jane@example.com\n",
                "jäne@example.com",
                "12345678901234567890123456789012345678901234567890123456789012345@example.com"
            })
    void parse_somethingElse_isRefusedWithoutRepeatingIt(String text) {
        assertThat(EmailAddress.parse(text))
                .isEqualTo(Parsed.invalid("format", "must be an e-mail address such as name@example.com"));
        assertThatThrownBy(() -> new EmailAddress(text)).hasMessage("not an e-mail address");
    }

    @Test
    void parse_longerThanAMailboxCanBe_isRefused() {
        String domain = "a.".repeat(95) + "example";
        assertThat(EmailAddress.parse("x".repeat(254 - 1 - domain.length()) + "@" + domain))
                .isInstanceOf(Parsed.Valid.class);
        assertThat(EmailAddress.parse("x".repeat(255 - 1 - domain.length()) + "@" + domain))
                .isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void searchForm_ofOneMailboxSpelledTwoWays_isEqual() {
        assertThat(new EmailAddress("Jane@BÜCHER.example").searchForm()).isEqualTo("jane@xn--bcher-kva.example");
        assertThat(new EmailAddress("jane@xn--bcher-kva.EXAMPLE").searchForm()).isEqualTo("jane@xn--bcher-kva.example");
    }

    @Test
    void toString_ofAnAddress_hidesIt() {
        assertThat(new EmailAddress("jane@example.com")).hasToString("EmailAddress[hidden]");
    }
}
