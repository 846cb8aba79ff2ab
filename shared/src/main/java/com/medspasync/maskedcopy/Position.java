package com.medspasync.maskedcopy;

import java.util.UUID;

/**
 * Up to where a table is read.
 *
 * @param place in the order of the copy
 * @param after the last row's id
 */
record Position(long place, UUID after) {

    /** Before the first row. */
    static final Position START = new Position(Long.MIN_VALUE, new UUID(0, 0));
}
