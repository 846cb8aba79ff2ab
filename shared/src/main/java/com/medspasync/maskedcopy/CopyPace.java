package com.medspasync.maskedcopy;

import java.time.Duration;

/**
 * In what portions copies are made.
 *
 * @param batch how many rows are read at once, at least 1
 * @param block with how many bytes a block of a file takes no more rows, at least 1
 * @param turn how long one message is worked on, before the next one goes on
 */
public record CopyPace(int batch, int block, Duration turn) {

    /** With some MiB of memory, and turns that end well before a function's time does. */
    public static final CopyPace USUAL = new CopyPace(5_000, 4 << 20, Duration.ofMinutes(5));

    public CopyPace {
        if (batch < 1 || block < 1) {
            throw new IllegalArgumentException("a portion has something in it");
        }
    }
}
