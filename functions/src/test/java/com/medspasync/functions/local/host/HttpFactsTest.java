package com.medspasync.functions.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the Functions host and its Java worker make of requests and answers. */
class HttpFactsTest {

    private static final LocalHost HOST =
            LocalHost.serving(FunctionCatalogue.of(SampleFunctions.class)).start();

    private static final String ID = "0190a3c4-0000-7000-8000-00000000000a";

    private final Http http = new Http(HOST);

    @AfterAll
    static void stop() {
        HOST.close();
    }

    @Test
    void route_withPrefix_reachesItsFunction() {
        assertThat(http.get("/api/echo").body()).isEqualTo("GET|none|{}|Echo");
        assertThat(http.get("/API/Echo/").body()).isEqualTo("GET|none|{}|Echo");
    }

    @Test
    void route_withoutPrefix_is404AndEmpty() {
        assertEmpty(http.get("/echo"), 404);
        assertEmpty(http.get("/api/nothing"), 404);
        assertEmpty(http.get("/"), 404);
    }

    @Test
    void method_thatNoFunctionOfTheRouteAccepts_is404AndEmpty() {
        assertThat(http.get("/api/only-get").body()).isEqualTo("got");
        assertEmpty(http.send("POST", "/api/only-get"), 404);
        assertEmpty(http.send("OPTIONS", "/api/only-get"), 404);
    }

    @Test
    void head_whereGetIsServed_hasTheLengthAndNoBody() {
        HttpResponse<String> answer = http.send("HEAD", "/api/only-get");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length")).hasValue("3");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void function_withoutMethods_acceptsAll() {
        assertThat(http.send("DELETE", "/api/echo").body()).startsWith("DELETE|");
        assertThat(http.send("PATCH", "/api/echo", "text/plain", "x".getBytes(UTF_8))
                        .body())
                .isEqualTo("PATCH|[x]|{}|Echo");
    }

    @Test
    void guidConstraint_decidesBetweenRoutes() {
        assertThat(http.get("/api/items/" + ID).body()).isEqualTo("item " + ID);
        assertThat(http.get("/api/items/smith").body()).isEqualTo("named smith");
    }

    @Test
    void competingRoutes_areTriedByFunctionName_notByPrecision() {
        assertThat(http.get("/api/items/special").body()).isEqualTo("named special");
    }

    @Test
    void catchAll_takesTheRestOfThePath() {
        assertThat(http.get("/api/rest/a/b%20c/d").body()).isEqualTo("rest a/b c/d");
    }

    @Test
    void pathParameter_isDecoded_butKeepsAnEscapedSlash() {
        assertThat(http.get("/api/items/M%C3%BCller%2FX").body()).isEqualTo("named Müller%2FX");
    }

    @Test
    void bindingName_thatTheRequestLacks_fails() {
        assertEmpty(http.get("/api/rest"), 500);
    }

    @Test
    void query_isDecoded_repeatedNamesJoined_andEmptyValuesVanish() {
        assertThat(http.get("/api/echo?b=1%2B1&empty=&flag&a=x+y&b=2").body())
                .isEqualTo("GET|none|{a=x y, b=1+1,2}|Echo");
    }

    @Test
    void headers_arriveInLowerCase_inAnOrdinaryMap() {
        HttpResponse<String> answer = http.send(http.request("/api/headers")
                .header("X-Trace-Thing", "1")
                .header("X-Trace-Thing", "2")
                .header("Accept", "text/html")
                .build());

        assertThat(answer.body()).contains("x-trace-thing=1,2").endsWith("|null");
    }

    @Test
    void forwardedFor_getsTheClientAppended_withItsPort() {
        assertThat(http.get("/api/headers").body()).containsPattern("x-forwarded-for=127\\.0\\.0\\.1:\\d+[,}]");
        HttpResponse<String> forged = http.send(http.request("/api/headers")
                .header("X-Forwarded-For", "10.9.8.7")
                .build());
        assertThat(forged.body()).containsPattern("x-forwarded-for=10\\.9\\.8\\.7, 127\\.0\\.0\\.1:\\d+[,}]");
    }

    @Test
    void responseHeader_setTwice_keepsTheLast() {
        HttpResponse<String> answer = http.get("/api/headers");

        assertThat(answer.headers().allValues("set-cookie")).containsExactly("second=2");
        assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
    }

    @Test
    void body_ofText_isDecodedAsUtf8_withReplacementForWhatIsNot() {
        byte[] bad = {'"', (byte) 0xC3, (byte) 0x28, '"'};

        assertThat(http.send("POST", "/api/echo", "application/json", bad).body())
                .isEqualTo("POST|[\"\uFFFD(\"]|{}|Echo");
    }

    @Test
    void body_whoseLengthIsNotStated_arrivesEmpty() {
        HttpRequest chunked = http.request("/api/echo")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream("lost".getBytes(UTF_8))))
                .build();

        assertThat(http.send(chunked).body()).isEqualTo("POST|none|{}|Echo");
    }

    @Test
    void body_ofOctets_bindsToBytes() {
        byte[] octets = new byte[300];
        IntStream.range(0, octets.length).forEach(i -> octets[i] = (byte) i);
        HttpRequest request = http.request("/api/binary")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                .build();

        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.body()).isEqualTo(octets);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    }

    @Test
    void body_ofJson_doesNotBindToBytes_norOctetsToText() {
        assertEmpty(http.send("POST", "/api/binary", "application/json", "{}".getBytes(UTF_8)), 500);
        assertEmpty(http.send("POST", "/api/echo", "application/octet-stream", new byte[] {1}), 500);
        assertEmpty(http.send("POST", "/api/echo", "multipart/form-data; boundary=x", new byte[] {1}), 500);
    }

    @Test
    void body_thatDoesNotBind_isLoggedInOneLineWithoutAStack() {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public void publish(LogRecord message) {
                records.add(message);
            }
        };
        Logger log = Logger.getLogger(Invocations.class.getName());
        log.addHandler(handler);
        try {
            http.send("POST", "/api/echo", "multipart/form-data; boundary=x", "secret".getBytes(UTF_8));
        } finally {
            log.removeHandler(handler);
        }
        assertThat(records).hasSize(1).allSatisfy(message -> {
            assertThat(message.getMessage()).contains("Echo").doesNotContain("secret");
            assertThat(message.getThrown()).isNull();
        });
    }

    @Test
    void exception_thatLeavesAFunction_is500AndEmpty() {
        assertEmpty(http.get("/api/throws"), 500);
        assertEmpty(http.get("/api/throws-error"), 500);
    }

    @Test
    void uri_isWhatTheClientWrote() {
        assertThat(http.get("/api/url?a=b%20c").body())
                .isEqualTo("http://localhost:" + HOST.url().getPort() + "/api/url?a=b%20c");
    }

    @Test
    void status_withoutContent_carriesNoLength() {
        HttpResponse<String> answer = http.get("/api/status/204");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("content-length")).isEmpty();
    }

    @Test
    void text_withoutContentType_isPlainUtf8() {
        assertThat(http.get("/api/echo").headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    }

    private static void assertEmpty(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }
}
