package com.medspasync.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose attempts count together: an IPv4 address, or the /64 that an IPv6 address lies in, because a single line gets at least that much (RFC 6177)
 * and its owner can take another address of it with every attempt. An IPv4-mapped IPv6 address is the IPv4 address. What comes from no
 * known address counts together as one.
 *
 * @param key an IPv4 address such as {@code 203.0.113.7}, an IPv6 prefix such as {@code 2001:db8:0:0::/64}, or {@code unknown}
 */
public record ClientNetwork(String key) {

    /** Where the address was not told, or is none. */
    public static final ClientNetwork UNKNOWN = new ClientNetwork("unknown");

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

    /** Only what is made of these, with a colon, is read as a literal by the JDK, and never looked up in the DNS. No zones. */
    private static final Pattern V6_CHARACTERS = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** The network of {@code address}. Asks nobody. */
    public static ClientNetwork of(@Nullable String address) {
        if (address == null) {
            return UNKNOWN;
        }
        if (V4.matcher(address).matches()) {
            return new ClientNetwork(address);
        }
        return V6_CHARACTERS.matcher(address).matches() ? ofV6(address) : UNKNOWN;
    }

    private static ClientNetwork ofV6(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            if (!(address instanceof Inet6Address v6)) {
                return new ClientNetwork(address.getHostAddress());
            }
            byte[] bytes = v6.getAddress();
            return new ClientNetwork(
                    "%x:%x:%x:%x::/64".formatted(group(bytes, 0), group(bytes, 2), group(bytes, 4), group(bytes, 6)));
        } catch (UnknownHostException _notAnAddress) {
            return UNKNOWN;
        }
    }

    private static int group(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]);
    }
}
