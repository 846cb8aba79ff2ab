package com.medspasync.maskedcopy;

import java.util.SplittableRandom;

/**
 * Nine digits of the form of a Social Security number that nobody has or can have: the area is 900 to 999, which the Social Security
 * Administration never assigns (POMS RM 10201.035), and the group 01 to 49, which the Internal Revenue Service has never used for a taxpayer's
 * number with such a beginning (Publication 1915). Each is given out once. What the platform itself takes for one is the loader's to make of it.
 */
final class UnissuedNumbers {

    private static final long AREAS = 100;
    private static final long GROUPS = 49;
    private static final long SERIALS = 9_999;
    private static final long ALL = AREAS * GROUPS * SERIALS;

    /** Prime, and no divisor of how many there are: multiples of it go through all before one comes again. */
    private static final long STRIDE = 19_999_999;

    private final long start;

    UnissuedNumbers(long seed) {
        this.start = new SplittableRandom(seed).nextLong(ALL);
    }

    /**
     * One of them.
     *
     * @param ordinal from 0; two of them give the same number only from 49 million on
     */
    String ssn(long ordinal) {
        long place = (start + ordinal % ALL * STRIDE) % ALL;
        long serial = 1 + place % SERIALS;
        long group = 1 + place / SERIALS % GROUPS;
        long area = 900 + place / SERIALS / GROUPS;
        return "%03d%02d%04d".formatted(area, group, serial);
    }
}
