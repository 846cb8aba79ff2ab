package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final UUID REQUEST = UUID.fromString("4fd0a1b2-c3d4-4e5f-8a6b-7c8d9e0f1a2b");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void of_aCallersTrace_goesOnInItWithASpanOfOurOwn() {
        Trace trace = Trace.of(PARENT, null, null, REQUEST);

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.traceparent())
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .isNotEqualTo(PARENT);
        assertThat(trace.requestId()).isEqualTo(REQUEST);
    }

    @Test
    void of_aTraceThatIsNotSampled_staysSo() {
        assertThat(Trace.of("00-" + TRACE + "-00f067aa0ba902b7-00", null, null, REQUEST)
                        .traceparent())
                .endsWith("-00");
    }

    @Test
    void of_aLaterVersion_isReadAsFarAsItIsKnown() {
        assertThat(Trace.of("cc-" + TRACE + "-00f067aa0ba902b7-01-what-the-future-brings", null, null, REQUEST)
                        .traceId())
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz"
            })
    void of_aMalformedTraceparent_takesTheHostsOrBeginsOne(String malformed) {
        assertThat(Trace.of(malformed, PARENT, null, REQUEST).traceId()).isEqualTo(TRACE);
        assertThat(Trace.of(malformed, malformed, null, REQUEST).traceId())
                .isEqualTo("4fd0a1b2c3d44e5f8a6b7c8d9e0f1a2b");
    }

    @Test
    void of_aSaneRequestId_echoesItAndStillNamesTheRequestItself() {
        Trace trace = Trace.of(null, null, "web-42_a.b:c", REQUEST);

        assertThat(trace.echo()).isEqualTo("web-42_a.b:c");
        assertThat(trace.requestId()).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nSet-Cookie: x", "<script>", "ä", "${jndi:ldap://x}"})
    void of_aStrangeRequestId_answersOurs(String id) {
        assertThat(Trace.of(null, null, id, REQUEST).echo()).isEqualTo(REQUEST.toString());
        assertThat(Trace.of(null, null, "x".repeat(129), REQUEST).echo()).isEqualTo(REQUEST.toString());
    }
}
