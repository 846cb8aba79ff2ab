package com.medspasync.functions.http.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's address in X-Forwarded-For. Each front end appends the address that it saw, so whoever sends the request
 * can write what it likes at the beginning of the header, but not at its end: entries are counted from there.
 */
final class ClientAddress {

    /** The longest spelling of an address: IPv6 with an IPv4 tail. */
    private static final int MAX_LENGTH = 45;

    private ClientAddress() {}

    /**
     * The entry that the outermost trusted front end appended, without its port, IPv6 in one spelling; null when there are fewer
     * entries than trusted front ends, or it is no address.
     *
     * @param hops how many trusted front ends append to the header, at least 1
     */
    static @Nullable String of(@Nullable String forwardedFor, int hops) {
        if (forwardedFor == null) {
            return null;
        }
        int end = forwardedFor.length();
        for (int hop = 1; hop < hops; hop++) {
            end = forwardedFor.lastIndexOf(',', end - 1);
            if (end < 0) {
                return null;
            }
        }
        int start = forwardedFor.lastIndexOf(',', end - 1) + 1;
        return address(forwardedFor.substring(start, end).strip());
    }

    private static @Nullable String address(String entry) {
        if (entry.startsWith("[")) {
            int close = entry.indexOf(']');
            return close < 0 || !isPort(entry, close + 1) ? null : v6(entry.substring(1, close));
        }
        int colon = entry.indexOf(':');
        if (colon != entry.lastIndexOf(':')) {
            return v6(entry);
        }
        if (colon < 0) {
            return isV4(entry) ? entry : null;
        }
        String host = entry.substring(0, colon);
        return isPort(entry, colon) && isV4(host) ? host : null;
    }

    /** Whether {@code text} ends at {@code at}, or goes on with a colon and a port. */
    private static boolean isPort(String text, int at) {
        if (at == text.length()) {
            return true;
        }
        return text.charAt(at) == ':'
                && text.length() - at <= 6
                && text.chars().skip(at + 1L).allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isV4(String text) {
        int parts = 0;
        int from = 0;
        while (from <= text.length()) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            if (!isByte(text, from, to)) {
                return false;
            }
            parts++;
            from = to + 1;
        }
        return parts == 4;
    }

    private static boolean isByte(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        return to > from && to - from <= 3 && value <= 255 && (to - from == 1 || text.charAt(from) != '0');
    }

    private static @Nullable String v6(String text) {
        boolean literal = text.length() <= MAX_LENGTH
                && text.indexOf(':') >= 0
                && text.chars().allMatch(c -> (c < 0x80 && Character.digit(c, 16) >= 0) || c == ':' || c == '.');
        if (!literal) {
            return null;
        }
        try {
            // With a colon in it this is parsed as a literal and never looked up.
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
