package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.identity.Entry;
import com.medspasync.identity.RefreshToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The refresh token as a browser keeps it: out of reach of scripts, over TLS alone, for this host alone ({@code __Host-}: no other host of
 * the domain can plant one), and sent with no request that another site begins.
 *
 * <p>Whatever a cookie proves, any page that gets a browser to send a request would prove as well. So besides SameSite=Strict a request
 * that brings the cookie has to have a header that no form can set and for which a script of another origin needs a preflight, and
 * what the browser says of its origin has to be ours (OWASP, Cross-Site Request Forgery Prevention).
 */
final class RefreshCookie {

    private static final String NAME = "__Host-refresh";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";
    private static final String PROTECTION = "x-csrf-protection";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "same-site");

    private final Set<String> origins;

    /** @param origins whose pages may call the API with credentials */
    RefreshCookie(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** {@code answer} with the cookie that {@code entry} is given, for as long as its session may last. */
    static Answer set(Answer answer, Entry entry) {
        return answer.header(
                "Set-Cookie",
                NAME + "=" + entry.refresh().reveal() + ATTRIBUTES + "; Max-Age="
                        + entry.longest().toSeconds());
    }

    /** {@code answer} that has the browser forget the cookie. */
    static Answer clear(Answer answer) {
        return answer.header("Set-Cookie", NAME + "=" + ATTRIBUTES + "; Max-Age=0");
    }

    /**
     * The token that the request brings; empty where it brings none, or more than one. What another site's page may have sent ends with an
     * answer that says so.
     */
    Optional<RefreshToken> read(Exchange exchange) {
        requireOwnPage(exchange);
        List<String> found = exchange.header("cookie").stream()
                .flatMap(header -> List.of(header.split(";")).stream())
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NAME + "="))
                .map(cookie -> cookie.substring(NAME.length() + 1))
                .toList();
        return found.size() == 1 ? RefreshToken.parse(found.get(0)) : Optional.empty();
    }

    private void requireOwnPage(Exchange exchange) {
        if (!exchange.header(PROTECTION).equals(Optional.of("1"))) {
            throw exchange.invalid("X-CSRF-Protection", "required", "must be 1 in a request that brings a cookie");
        }
        boolean ownSite =
                exchange.header("sec-fetch-site").map(OWN_SITES::contains).orElse(true);
        boolean ownOrigin = exchange.header("origin")
                .map(origin -> origins.contains(origin) || isHost(origin, exchange))
                .orElse(true);
        if (!ownSite || !ownOrigin) {
            throw exchange.forbidden("This is not done from another site's page.");
        }
    }

    /** Whether a page of this very host asks, such as the reference. */
    private static boolean isHost(String origin, Exchange exchange) {
        String host = exchange.header("host").orElse("");
        return origin.equals("https://" + host) || origin.equals("http://" + host);
    }
}
