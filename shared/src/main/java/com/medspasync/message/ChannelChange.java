package com.medspasync.message;

import org.jspecify.annotations.Nullable;

/** What became of setting a practice's channel. */
public sealed interface ChannelChange {

    /** There was none, and now it is there. The secret is shown here and nowhere else. */
    record Created(PracticeChannel channel, WebhookSecret secret) implements ChannelChange {}

    /**
     * It is changed.
     *
     * @param secret the new one, shown here and nowhere else; null when it has kept the old one
     */
    record Changed(PracticeChannel channel, @Nullable WebhookSecret secret) implements ChannelChange {}

    /** There is one, and it was not said which version of it is to be changed. */
    record VersionMissing() implements ChannelChange {}

    /** Somebody else changed it first, or there is none any more. */
    record Stale() implements ChannelChange {}
}
