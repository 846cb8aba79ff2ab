package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.input.Parsed;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://hooks.example.com/in?practice=7&x=%20",
                "https://hooks.example.com:8443/a/b",
                "https://xn--mnchen-3ya.example/in"
            })
    void parse_httpsUrlWithAName_isOne(String text) {
        assertThat(WebhookUrl.parse(text)).isEqualTo(Parsed.valid(new WebhookUrl(URI.create(text))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "http://example.com/",
                "ftp://example.com/",
                "https:example.com",
                "https:///in",
                "https://localhost/in",
                "https://intranet/in",
                "https://127.0.0.1/in",
                "https://2130706433/in",
                "https://0x7f.1/in",
                "https://[::1]/in",
                "https://example.com./in",
                "https://user@example.com/in",
                "https://user:password@example.com/in",
                "https://example.com/in#part",
                "https://example.com:0/in",
                "https://example.com:70000/in",
                "https://example.com/a b",
                "https://example.com/\r\nHost: other",
                "https://example.com/münchen"
            })
    void parse_anythingElse_isRefusedWithoutRepeatingIt(String text) {
        assertThat(WebhookUrl.parse(text)).isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> {
            if (text.length() > 12) {
                assertThat(invalid.toString()).doesNotContain(text);
            }
        });
    }

    @Test
    void url_tooLong_isRefused() {
        String longest = "https://example.com/" + "x".repeat(WebhookUrl.MAX_LENGTH - 20);
        assertThat(WebhookUrl.parse(longest)).isInstanceOf(Parsed.Valid.class);
        assertThat(WebhookUrl.parse(longest + "x")).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void url_thatIsNone_cannotBeMade_andAGoodOneHidesItsPath() {
        assertThatThrownBy(() -> new WebhookUrl(URI.create("http://example.com/s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
        assertThat(new WebhookUrl(URI.create("https://example.com/s3cret")).toString())
                .contains("example.com")
                .doesNotContain("s3cret");
    }
}
