package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    /** The vector of the reference libraries (github.com/standard-webhooks/standard-webhooks, test_webhooks). */
    @Test
    void sign_vectorOfTheSpecification_isItsSignature() {
        WebhookSecret secret =
                WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void random_secret_isReadBackFromWhatItReveals_andPrintsNothingOfIt() {
        WebhookSecret secret = WebhookSecret.random(new SecureRandom());
        assertThat(WebhookSecret.parse(secret.reveal())).contains(secret);
        assertThat(secret.reveal()).startsWith("whsec_").hasSize(6 + 44);
        assertThat(WebhookSecret.random(new SecureRandom())).isNotEqualTo(secret);
        assertThat(secret.toString())
                .doesNotContain(secret.reveal().substring(6, 20))
                .contains("hidden");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void parse_secretOfAnotherLength_isNone(int bytes) {
        assertThat(WebhookSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes])))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaL*Sw"})
    void parse_textThatIsNoSecret_isNone(String text) {
        assertThat(WebhookSecret.parse(text)).isEmpty();
    }
}
