package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void toString_ofASecretAndOfWhatHoldsOne_hidesTheBytes() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 0x5A);
        Secret secret = Secret.copyOf(bytes);
        String shown = secret + " " + new DataKey(1, secret) + " " + new RootKey(1, secret);
        assertThat(shown)
                .contains("Secret[hidden]")
                .doesNotContain(HexFormat.of().formatHex(bytes, 0, 4))
                .doesNotContain(Base64.getEncoder().encodeToString(bytes))
                .doesNotContain(Integer.toHexString(Arrays.hashCode(bytes)));
    }

    @Test
    void copyOf_afterTheSourceChanged_keepsItsBytes() {
        byte[] bytes = new byte[32];
        Secret secret = Secret.copyOf(bytes);
        bytes[0] = 1;
        assertThat(secret).isEqualTo(Secret.copyOf(new byte[32])).isNotEqualTo(Secret.copyOf(bytes));
    }

    @Test
    void takeOver_ofAnArray_wipesIt() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 7);
        Secret secret = Secret.takeOver(bytes);
        assertThat(bytes).containsOnly(0);
        assertThat(secret.bytes()).containsOnly(7);
    }

    @Test
    void copyOf_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> Secret.copyOf(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void random_twice_givesDifferentKeys() {
        assertThat(Secret.random(Examples.RANDOM)).isNotEqualTo(Secret.random(Examples.RANDOM));
    }
}
