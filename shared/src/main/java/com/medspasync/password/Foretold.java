package com.medspasync.password;

import java.util.List;

/**
 * Characters of a password that add nothing, because those before them foretell them: repetitions, and runs along the alphabet, the digits or the keys
 * of a keyboard. Texts are in lower case; a character outside the BMP counts as two.
 */
final class Foretold {

    /** Along each of these people run, in both directions: the alphabet, the digits, and the rows and columns of Latin keyboards. */
    private static final List<String> LINES = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "0123456789",
            "1234567890-=",
            "!@#$%^&*()_+",
            "qwertyuiop[]",
            "qwertzuiop",
            "azertyuiop",
            "asdfghjkl;'",
            "qsdfghjklm",
            "zxcvbnm,./",
            "yxcvbnm",
            "wxcvbn",
            "1qaz",
            "2wsx",
            "3edc",
            "4rfv",
            "5tgb",
            "6yhn",
            "7ujm",
            "8ik,",
            "9ol.",
            "0p;/");

    private Foretold() {}

    /** The length of what {@code text} repeats twice or more, the last time perhaps cut off; that of {@code text} where it repeats nothing. */
    static int period(String text) {
        for (int period = 1; period <= text.length() / 2; period++) {
            if (text.regionMatches(0, text, period, text.length() - period)) {
                return period;
            }
        }
        return text.length();
    }

    /** How many characters are neither the one before once more nor the third or later of a run. */
    static int surprises(String text) {
        int surprises = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean again = i > 0 && text.charAt(i) == text.charAt(i - 1);
            if (!again && !goesOn(text, i)) {
                surprises++;
            }
        }
        return surprises;
    }

    /** Whether the characters before and at {@code i} are three neighbours in one line, in one direction. */
    private static boolean goesOn(String text, int i) {
        if (i < 2) {
            return false;
        }
        String run = text.substring(i - 2, i + 1);
        String back = new StringBuilder(run).reverse().toString();
        return LINES.stream().anyMatch(line -> line.contains(run) || line.contains(back));
    }
}
