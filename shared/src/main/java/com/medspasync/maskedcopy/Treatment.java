package com.medspasync.maskedcopy;

/** What becomes of a column in a copy. Every column of every table has one: {@link CopiedTable}. */
sealed interface Treatment {

    /** It stays: a state, an amount, a number of minutes or of changes, which says nothing of whom it is about. */
    record Kept(Type type) implements Treatment {}

    /** The id of an entity, and in its place the same other one throughout the copy. */
    record Pseudonym(Entity entity) implements Treatment {}

    /** An instant, moved with everything of the same client; of what is no client's, with everything of the practice. */
    record Shifted() implements Treatment {}

    /** The encrypted date of birth, moved as {@link Shifted}. The one value that is decrypted. */
    record ShiftedBirth() implements Treatment {}

    /** Made up. Of the value only whether there is one leaves the database; of who it belongs to, the id, or another one that is named. */
    record MadeUp(Invention invention) implements Treatment {}

    /**
     * Free text, made up. Of the value only its length leaves the database.
     *
     * @param encrypted whether that is the length of a ciphertext
     * @param most how many characters it may have
     */
    record MadeUpLines(boolean encrypted, int most) implements Treatment {}

    /** A word of the practice's own that rows are grouped by: the same made-up one for the same. */
    record MadeUpWord() implements Treatment {}

    /** A list of words: as many others. */
    record MadeUpList() implements Treatment {}

    /** JSON, of which those parts stay that {@link KeptJson} knows. */
    record Parts(KeptJson kept) implements Treatment {}

    /** A time zone that millions live in; others say too much of where the practice is. */
    record TimeZone() implements Treatment {}

    /** It is not in the copy: a secret, or what is computed from other columns and is computed again when the copy is loaded. */
    record Dropped() implements Treatment {}

    /** How a value that stays is read and written. */
    enum Type {
        /** One of a closed list that the table's CHECK holds. */
        CHOICE,
        INTEGER,
        AMOUNT,
        BOOLEAN
    }

    /** What can be made up. */
    enum Invention {
        FIRST_NAME,
        LAST_NAME,
        PRACTICE_NAME,
        SERVICE_NAME,
        CLIENT_EMAIL,
        USER_EMAIL,
        PRACTICE_EMAIL,
        PHONE,
        SSN,
        TAX_ID,
        LICENSE,
        ADDRESS_LINE,
        ADDRESS,
        EMERGENCY_CONTACT
    }
}
