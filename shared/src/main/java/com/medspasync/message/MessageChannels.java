package com.medspasync.message;

import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which way the messages of a practice take: its own channel, or else the platform's. Thread-safe. */
public final class MessageChannels {

    private final PracticeChannels own;
    private final @Nullable MessageChannel platform;
    private final Clock clock;

    /** @param platform for practices that have none of their own; null when there is none */
    public MessageChannels(PracticeChannels own, @Nullable MessageChannel platform, Clock clock) {
        this.own = own;
        this.platform = platform;
        this.clock = clock;
    }

    /** The one for messages of the caller's practice; empty when nobody has said where to send them. */
    public Optional<MessageChannel> of(Caller caller) {
        return own.open(caller, clock).or(() -> Optional.ofNullable(platform));
    }
}
