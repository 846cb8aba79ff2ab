package com.medspasync.crypto;

/**
 * How many bits of a blind index are kept, for how many rows.
 *
 * <p>How it works. Of {@code R} rows with different values, {@code C = R / 2^b} are expected to share an index of {@code b} bits. The
 * plan is CipherSweet's (https://ciphersweet.paragonie.com/node.js/blind-index-planning): {@code 2 <= C <= sqrt(R)}. With fewer
 * coincidences than two, a row's index nearly identifies its value: whoever reads the table learns which rows are equal. With more
 * than the square root, a search decrypts more rows than it need, for nothing. Both bounds are compared exactly, in whole numbers.
 *
 * @param rows how many are expected
 * @param bits how many are kept
 */
public record BlindIndexPlan(long rows, int bits) {

    /** The fewest clients that a practice's indexes are planned for: practices begin with none, and grow. */
    private static final long FEWEST_CLIENTS = 2_000;

    private static final int MOST_BITS = 61;

    /** @throws IllegalArgumentException when so many bits tell too much of so many rows, or too few bits find too many; it says which */
    public BlindIndexPlan {
        if (bits < 1 || bits > MOST_BITS) {
            throw new IllegalArgumentException("a plan is for 1 to " + MOST_BITS + " bits, not " + bits);
        }
        if (rows < 1L << (bits + 1)) {
            throw new IllegalArgumentException(
                    "%d bits over %d rows are above the leakage bound: fewer than 2 rows are expected to share an index, so equal indexes tell of equal values"
                            .formatted(bits, rows));
        }
        if (2 * bits < Long.SIZE - 1 && rows > 1L << (2 * bits)) {
            throw new IllegalArgumentException(
                    "%d bits over %d rows are too few: more than the square root of the rows are expected to share an index, and each search decrypts them"
                            .formatted(bits, rows));
        }
    }

    /**
     * The plan with the most bits, and so the fewest rows to decrypt, that stays within the leakage bound.
     *
     * @throws IllegalArgumentException when none does: for fewer than 4 rows, and for 5 to 7
     */
    public static BlindIndexPlan forRows(long rows) {
        if (rows < 4) {
            throw new IllegalArgumentException(
                    "an index over " + rows + " rows tells too much with any number of bits");
        }
        return new BlindIndexPlan(rows, Long.SIZE - 2 - Long.numberOfLeadingZeros(rows));
    }

    /**
     * The plan for a practice's clients: for as many as it has, and for 2,000 while it has fewer. Until it has 1,024, coincidences are
     * rarer than the leakage bound asks.
     */
    public static BlindIndexPlan forPractice(long clients) {
        return forRows(Math.max(clients, FEWEST_CLIENTS));
    }

    /** How many rows are expected to share an index. */
    public double coincidences() {
        return (double) rows / (1L << bits);
    }
}
