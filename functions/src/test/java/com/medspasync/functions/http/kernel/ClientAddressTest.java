package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7|203.0.113.7",
                "203.0.113.7:54321|203.0.113.7",
                "  203.0.113.7:54321  |203.0.113.7",
                "[2001:db8::1]:443|2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]|2001:db8:0:0:0:0:0:1",
                "2001:DB8::1|2001:db8:0:0:0:0:0:1",
                "::1|0:0:0:0:0:0:0:1",
                "::ffff:203.0.113.7|203.0.113.7",
                "255.255.255.255:0|255.255.255.255"
            })
    void of_anEntry_stripsThePortAndSpellsTheAddressOneWay(String header, String address) {
        assertThat(ClientAddress.of(header, 1)).isEqualTo(address);
    }

    @Test
    void of_aForgedHeader_takesWhatTheTrustedFrontEndAppended() {
        assertThat(ClientAddress.of("10.0.0.1, 198.51.100.9, 203.0.113.7:1234", 1))
                .isEqualTo("203.0.113.7");
        assertThat(ClientAddress.of("10.0.0.1,198.51.100.9:80,203.0.113.7:1234", 2))
                .isEqualTo("198.51.100.9");
        assertThat(ClientAddress.of("10.0.0.1,198.51.100.9:80,203.0.113.7:1234", 3))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void of_fewerEntriesThanFrontEnds_isUnknown() {
        assertThat(ClientAddress.of("203.0.113.7", 2)).isNull();
        assertThat(ClientAddress.of(null, 1)).isNull();
        assertThat(ClientAddress.of("", 1)).isNull();
        assertThat(ClientAddress.of(",", 2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "localhost",
                "localhost:80",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "01.2.3.4",
                "1.2.3.4:port",
                "1.2.3.4:123456",
                "1.2.3.4 5.6.7.8",
                "[::1",
                "[::1]x",
                "[1.2.3.4]:80",
                "fe80::1%eth0",
                "12345::1",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "१.2.3.4",
                "::\u0661",
                "';drop table x;--:a:b"
            })
    void of_whatIsNoAddress_isUnknown(String header) {
        assertThat(ClientAddress.of(header, 1)).isNull();
    }
}
