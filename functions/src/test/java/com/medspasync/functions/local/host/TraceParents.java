package com.medspasync.functions.local.host;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host's own span in a trace: under the caller's when the request names one. */
final class TraceParents {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final HexFormat HEX = HexFormat.of();

    private TraceParents() {}

    /** A traceparent (W3C Trace Context) with a new span id, in the trace that {@code incoming} names or in a new one. */
    static String child(@Nullable String incoming) {
        return incoming != null && FORM.matcher(incoming).matches()
                ? "00-" + incoming.substring(3, 35) + "-" + id() + "-" + incoming.substring(53)
                : "00-" + id() + id() + "-" + id() + "-00";
    }

    private static String id() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
