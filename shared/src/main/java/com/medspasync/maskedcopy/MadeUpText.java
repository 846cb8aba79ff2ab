package com.medspasync.maskedcopy;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Text that says nothing, in place of text that may say anything: no pattern finds all that a person writes into a note. */
final class MadeUpText {

    private static final List<String> WORDS = List.of(
            "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua enim minim veniam quis nostrud"
                    .split(" ", -1));

    /** Lengths are rounded up to this: the exact one would tell a text from others. */
    private static final int STEP = 32;

    private static final int WORDS_OF_A_SENTENCE = 9;

    private MadeUpText() {}

    /**
     * A text of about the length of another.
     *
     * @param length of the other, in bytes of UTF-8
     * @param most how many characters it may have
     */
    static String of(long length, int most, RandomGenerator random) {
        int size = (int) Math.min(most, Math.max(1, (length + STEP - 1) / STEP) * STEP);
        StringBuilder text = new StringBuilder(size + STEP);
        for (int word = 0; text.length() < size; word++) {
            boolean first = word % WORDS_OF_A_SENTENCE == 0;
            String next = WORDS.get(random.nextInt(WORDS.size()));
            if (word > 0) {
                text.append(first ? ". " : " ");
            }
            text.append(first ? next.substring(0, 1).toUpperCase(Locale.ROOT) + next.substring(1) : next);
        }
        text.setLength(size - 1);
        // A text neither begins nor ends with white space where it is read again.
        return text.toString().stripTrailing() + ".";
    }
}
