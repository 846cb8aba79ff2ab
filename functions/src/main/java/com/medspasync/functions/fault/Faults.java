package com.medspasync.functions.fault;

import org.jspecify.annotations.Nullable;

/** Describes what went wrong by classes and places: messages of exceptions may quote what they were about. */
public final class Faults {

    private static final int MAX_CAUSES = 6;
    private static final int MAX_FRAMES = 30;

    private Faults() {}

    /** The classes of {@code failure} and of its causes, and where each was thrown. */
    public static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable current = failure;
        for (int i = 0; current != null && i < MAX_CAUSES; i++) {
            text.append(i == 0 ? "\n" : "\ncaused by ")
                    .append(current.getClass().getName());
            StackTraceElement[] frames = current.getStackTrace();
            for (int f = 0; f < frames.length && f < MAX_FRAMES; f++) {
                text.append("\n    at ").append(frames[f]);
            }
            current = current.getCause();
        }
        return text.toString();
    }
}
