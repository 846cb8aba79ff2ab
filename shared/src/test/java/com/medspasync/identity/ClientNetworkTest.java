package com.medspasync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2::, 2001:db8:1:2::/64",
        "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "::1, 0:0:0:0::/64",
        "fe80::dead:beef, fe80:0:0:0::/64",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7",
        "0:0:0:0:0:FFFF:203.0.113.7, 203.0.113.7"
    })
    void of_anAddress_isItsIpv4AddressOrIpv6Prefix(String address, String key) {
        assertThat(ClientNetwork.of(address).key()).isEqualTo(key);
    }

    @Test
    void of_twoPrefixes_areTwoNetworks() {
        assertThat(ClientNetwork.of("2001:db8:0:1::1")).isNotEqualTo(ClientNetwork.of("2001:db8:0:2::1"));
        assertThat(ClientNetwork.of("2001:db8:0:1::1")).isEqualTo(ClientNetwork.of("2001:db8:0:1:8000::2"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "unknown",
                "localhost",
                "glow.example",
                "cafe",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.4:80",
                "2001:db8::1::2",
                "[2001:db8::1]",
                "fe80::1%eth0",
                "fe80::1%1",
                "::ffff:1.2.3",
                ":",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "\u0661.2.3.4",
                "2001:0db8:0001:0002:0003:0004:0005:0006:00000000000000000000"
            })
    void of_noAddress_isTheOneUnknownNetwork(String text) {
        assertThat(ClientNetwork.of(text)).isEqualTo(ClientNetwork.UNKNOWN);
        assertThat(ClientNetwork.of(text).key()).isEqualTo("unknown");
    }
}
