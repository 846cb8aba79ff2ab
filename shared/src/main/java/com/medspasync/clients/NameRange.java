package com.medspasync.clients;

/**
 * Which texts a search column may hold, from {@code low} to {@code high}, both included, compared byte by byte: comparisons of a
 * B-tree, which PostgreSQL knows to be leakproof and therefore uses an index for under row-level security, as it does not for LIKE.
 */
record NameRange(String low, String high) {

    /** Comes before every name. */
    static final String LOWEST = "";

    /** Comes after every name: no name holds the last code point of Unicode, which is no character. */
    static final String HIGHEST = Character.toString(Character.MAX_CODE_POINT);

    static final NameRange ANY = new NameRange(LOWEST, HIGHEST);

    static NameRange exactly(String text) {
        return new NameRange(text, text);
    }

    /** The text, alone or with further words after it. */
    static NameRange words(String text) {
        return new NameRange(text, text + " " + HIGHEST);
    }

    static NameRange beginningWith(String text) {
        return new NameRange(text, text + HIGHEST);
    }
}
