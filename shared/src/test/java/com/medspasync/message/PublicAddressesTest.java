package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private static final URI HOOK = URI.create("https://hook.example/in");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::10.0.0.1",
                "100::1",
                "2001::1",
                "2001:0:102:304::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressOutsideOfTheInternet_isRefusedBeforeAnythingIsConnectedTo(String address) throws IOException {
        InetAddress forbidden = InetAddress.getByName(address);
        assertThat(PublicAddresses.contain(forbidden)).isFalse();
        refuses(forbidden);
        // One good address beside it does not help.
        refuses(InetAddress.getByName("93.184.216.34"), forbidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0",
                        "126.255.255.255", "128.0.0.1",
                "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
                        "192.167.255.255", "192.169.0.0",
                "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888", "2003::1",
                        "2606:4700:4700::1111", "2a00::1",
                "3ffe::1"
            })
    void addressOfTheInternet_isAllowed(String address) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void nameWithoutAddresses_isRefused() {
        refuses();
    }

    /** The rule for a developer's machine is the other way round. */
    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "10.0.0.1", "0.0.0.0"})
    void toThisMachine_refusesWhatIsElsewhere(String address) {
        Assertions.assertThatThrownBy(() ->
                        Poster.toThisMachine().post(URI.create("http://" + address + ":9/"), Map.of(), new byte[0]))
                .isInstanceOf(Poster.Forbidden.class);
    }

    private static void refuses(InetAddress... addresses) {
        AtomicInteger lookups = new AtomicInteger();
        Poster poster = new Poster(
                host -> {
                    lookups.incrementAndGet();
                    return addresses;
                },
                PublicAddresses::contain,
                null,
                Duration.ofSeconds(3),
                Duration.ofSeconds(5));
        Assertions.assertThatThrownBy(() -> poster.post(HOOK, Map.of(), new byte[0]))
                .isInstanceOf(Poster.Forbidden.class);
        assertThat(lookups).hasValue(1);
    }
}
