package com.medspasync.functions.local.host;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** A client as Azure's front end writes it in X-Forwarded-For: with its port, an IPv6 address in brackets. */
final class HostAndPort {

    private HostAndPort() {}

    static String of(InetSocketAddress client) {
        String address = client.getAddress().getHostAddress();
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        return (client.getAddress() instanceof Inet6Address ? "[" + bare + "]" : bare) + ":" + client.getPort();
    }
}
