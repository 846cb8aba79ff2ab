package com.medspasync.functions.http.kernel;

import com.medspasync.tenant.Origin;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every {@link Resource} shares. Immutable and thread-safe.
 *
 * @param settings what operators set
 * @param tokens who sends a request
 * @param requestIds a new random UUID with each call
 * @param clock tells how long ago somebody was proved
 * @param open whether requests are let through: a kernel that is not open answers all of them with 503
 */
public record Kernel(Settings settings, AccessTokens tokens, Supplier<UUID> requestIds, Clock clock, boolean open) {

    /**
     * What operators set.
     *
     * @param corsOrigins the origins whose pages may call the API with credentials, such as {@code https://app.example.com}
     * @param trustedHops how many entries, from the end of X-Forwarded-For, trusted front ends appended; at least 1
     */
    public record Settings(List<String> corsOrigins, int trustedHops) {
        public Settings {
            corsOrigins = List.copyOf(corsOrigins);
            if (trustedHops < 1) {
                throw new IllegalArgumentException("at least one front end is trusted: the one that wrote the header");
            }
            if (corsOrigins.contains("*")) {
                throw new IllegalArgumentException("CORS origins are named one by one");
            }
        }
    }

    /** The kernel of a working app. */
    public Kernel(Settings settings, AccessTokens tokens, Clock clock) {
        this(settings, tokens, UUID::randomUUID, clock, true);
    }

    /** A kernel for an app that could not be built: every request gets 503, and no handler runs. */
    public static Kernel closed() {
        return new Kernel(
                new Settings(List.of(), 1),
                (String token, Origin origin) -> new AccessTokens.Verification.Rejected("closed"),
                UUID::randomUUID,
                Clock.systemUTC(),
                false);
    }
}
