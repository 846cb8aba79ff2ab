package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The platform answers browsers' preflights itself, and no function hears of them. */
class CorsTest {

    private static final String ALLOWED = "https://app.example.com";

    private static final LocalHost HOST = LocalHost.serving(FunctionCatalogue.of(SampleFunctions.class))
            .cors(new Cors(Set.of(ALLOWED), true))
            .start();

    private final Http http = new Http(HOST);

    @AfterAll
    static void stop() {
        HOST.close();
    }

    @Test
    void preflight_fromAnAllowedOrigin_isAnsweredByTheHost() {
        String answer = preflight(ALLOWED);

        assertThat(answer)
                .startsWith("HTTP/1.1 204 ")
                .contains("access-control-allow-origin: " + ALLOWED + "\r\n")
                .contains("access-control-allow-credentials: true\r\n")
                .contains("access-control-allow-methods: PATCH\r\n")
                .contains("access-control-allow-headers: if-match,content-type\r\n")
                .contains("vary: Origin\r\n");
    }

    @Test
    void preflight_fromAnotherOrigin_allowsNothing() {
        assertThat(preflight("https://evil.example"))
                .startsWith("HTTP/1.1 204 ")
                .doesNotContain("access-control-");
    }

    @Test
    void request_fromAnAllowedOrigin_mayBeRead() {
        var answer =
                http.send(http.request("/api/echo").header("Origin", ALLOWED).build());

        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue(ALLOWED);
        assertThat(answer.headers().firstValue("vary")).hasValue("Origin");
    }

    @Test
    void request_fromAnotherOrigin_runsButMayNotBeRead() {
        var answer = http.send(http.request("/api/echo")
                .header("Origin", "https://evil.example")
                .build());

        assertThat(answer.body()).isEqualTo("GET|none|{}|Echo");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void options_withoutPreflightHeaders_reachesTheFunction() {
        assertThat(http.send("OPTIONS", "/api/echo").body()).startsWith("OPTIONS|");
    }

    @Test
    void everyOrigin_isRefused() {
        assertThatThrownBy(() -> new Cors(Set.of("*"), true)).isInstanceOf(IllegalArgumentException.class);
    }

    private String preflight(String origin) {
        return http.raw("OPTIONS /api/echo HTTP/1.1\r\nHost: a\r\nOrigin: " + origin
                + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: if-match,content-type\r\n"
                + "Connection: close\r\n\r\n");
    }
}
