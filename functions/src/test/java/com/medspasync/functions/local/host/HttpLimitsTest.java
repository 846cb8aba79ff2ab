package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the host refuses before any function sees it, and how it treats connections. */
class HttpLimitsTest {

    private static final LocalHost HOST = LocalHost.serving(FunctionCatalogue.of(SampleFunctions.class))
            .settings(Map.of("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "1000"))
            .start();

    private final Http http = new Http(HOST);

    @AfterAll
    static void stop() {
        HOST.close();
    }

    @Test
    void body_overTheLimit_is413() {
        assertThat(http.send("POST", "/api/echo", "text/plain", new byte[1000]).statusCode())
                .isEqualTo(200);
        assertThat(http.send("POST", "/api/echo", "text/plain", new byte[1001]).statusCode())
                .isEqualTo(413);
    }

    @Test
    void chunkedBody_overTheLimit_is413() {
        String chunk = "3e8\r\n" + "x".repeat(1000) + "\r\n";

        assertThat(http.raw("POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void requestLine_overTheLimit_is414() {
        assertThat(http.raw("GET /api/echo?" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void headers_overTheLimit_are431() {
        assertThat(http.raw("GET /api/echo HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void request_withoutHost_is400() {
        assertThat(http.raw("GET /api/echo HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void nonsense_is400() {
        assertThat(http.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() {
        String first = "GET /api/items/first HTTP/1.1\r\nHost: a\r\n\r\n";
        String last = "GET /api/items/last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        assertThat(http.raw(first + first + last)).containsSubsequence("named first", "named first", "named last");
    }

    @Test
    void expectContinue_isAnsweredBeforeTheBody() {
        String answer =
                http.raw("POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n"
                        + "Expect: 100-continue\r\nConnection: close\r\n\r\nhi");

        assertThat(answer).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 200 ").endsWith("POST|[hi]|{}|Echo");
    }
}
