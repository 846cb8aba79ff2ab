package com.medspasync.functions.http.kernel;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in answers, logs and the audit.
 *
 * @param traceId W3C trace id, 32 hexadecimal digits: the caller's where it sent one, so that its trace and ours are one
 * @param traceparent what the answer carries: that trace, and a span of our own (W3C Trace Context, section 3.2)
 * @param requestId made here and never taken from outside, for the audit and idempotency rest on its being unique
 * @param echo the answer's x-request-id: the caller's where it is sane, else {@code requestId}
 */
record Trace(String traceId, String traceparent, UUID requestId, String echo) {

    private static final int VERSION_00_LENGTH = 55;

    /**
     * @param traceparent the caller's header
     * @param fallback what the Functions host says, which is used where the caller said nothing valid
     * @param requestId unique and random: the ids of a new trace and of the span are taken from its bits
     */
    static Trace of(@Nullable String traceparent, @Nullable String fallback, @Nullable String echo, UUID requestId) {
        String parent = traceparent != null && isValid(traceparent) ? traceparent : null;
        if (parent == null && fallback != null && isValid(fallback)) {
            parent = fallback;
        }
        String traceId = parent == null
                ? hex(requestId.getMostSignificantBits()) + hex(requestId.getLeastSignificantBits())
                : parent.substring(3, 35);
        boolean sampled = parent == null || (Character.digit(parent.charAt(54), 16) & 1) == 1;
        // The two halves are mixed because each has fixed bits, the version and the variant.
        String span = hex(requestId.getMostSignificantBits() ^ Long.reverse(requestId.getLeastSignificantBits()));
        return new Trace(
                traceId,
                "00-" + traceId + "-" + span + (sampled ? "-01" : "-00"),
                requestId,
                echo != null && isSane(echo) ? echo : requestId.toString());
    }

    private static boolean isValid(String text) {
        if (text.length() < VERSION_00_LENGTH) {
            return false;
        }
        boolean shape = isHex(text, 0, 2)
                && text.charAt(2) == '-'
                && isHex(text, 3, 35)
                && text.charAt(35) == '-'
                && isHex(text, 36, 52)
                && text.charAt(52) == '-'
                && isHex(text, 53, 55);
        boolean length = text.startsWith("00")
                ? text.length() == VERSION_00_LENGTH
                : text.length() == VERSION_00_LENGTH || text.charAt(VERSION_00_LENGTH) == '-';
        return shape && length && !text.startsWith("ff") && !isZero(text, 3, 35) && !isZero(text, 36, 52);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /** Short and of characters that mean nothing to a log, a shell or a page. */
    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > 128) {
            return false;
        }
        return id.chars().allMatch(c -> (c < 0x80 && Character.isLetterOrDigit(c)) || "-_.:".indexOf(c) >= 0);
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
