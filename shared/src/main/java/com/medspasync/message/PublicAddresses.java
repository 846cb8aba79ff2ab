package com.medspasync.message;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the open Internet from all others: those of this machine, of private networks and of the platform's own surroundings, where whoever
 * chooses a webhook's URL has no business.
 *
 * <p>From the IANA special-purpose registries (RFC 6890), whatever is not globally reachable. Of IPv6 only what is given out as global unicast counts, and
 * thereof nothing that has an IPv4 address inside: mapped ones, NAT64 (RFC 6052) and Teredo lie outside, 6to4 is listed.
 */
final class PublicAddresses {

    private static final List<Range> NOT_PUBLIC_4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            // The host's own services on Azure, metadata and wire server; the latter has an address that looks public.
            "169.254.0.0/16",
            "168.63.129.16/32",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private static final Range GLOBAL_UNICAST_6 = Range.of("2000::/3");

    private static final List<Range> NOT_PUBLIC_6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    /** Whether a connection to {@code address} may lead to nobody but the Internet. */
    static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(address))
                : GLOBAL_UNICAST_6.contains(address)
                        && NOT_PUBLIC_6.stream().noneMatch(range -> range.contains(address));
    }

    private static List<Range> ranges(String... notations) {
        return Stream.of(notations).map(Range::of).toList();
    }

    /** The addresses whose first {@code length} bits are those of {@code prefix}. */
    private record Range(BigInteger prefix, int shift) {

        /** In the notation of RFC 4632 and RFC 4291, section 2.3. */
        static Range of(String notation) {
            int slash = notation.indexOf('/');
            try {
                byte[] base =
                        InetAddress.getByName(notation.substring(0, slash)).getAddress();
                int shift = base.length * 8 - Integer.parseInt(notation.substring(slash + 1));
                return new Range(new BigInteger(1, base).shiftRight(shift), shift);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(notation, e);
            }
        }

        boolean contains(InetAddress address) {
            return new BigInteger(1, address.getAddress()).shiftRight(shift).equals(prefix);
        }
    }
}
