package com.medspasync.repository;

/** How many records a page shows. */
public final class Paging {

    /** What a page shows when nothing else is asked for. */
    public static final int USUAL = 50;

    /** The most that may be asked for. */
    public static final int MOST = 100;

    private Paging() {}

    /**
     * Refuses any other number.
     *
     * @throws IllegalArgumentException unless {@code top} is 1 to {@link #MOST}
     */
    public static void requireTop(int top) {
        if (top < 1 || top > MOST) {
            throw new IllegalArgumentException("a page shows 1 to " + MOST + " records");
        }
    }
}
