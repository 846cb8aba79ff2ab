package com.medspasync.database;

/** What the statement found forbade what it had begun: it called {@code refuse()}, and nothing of it took effect. */
public final class StatementRefused extends DatabaseException {

    /** The SQLSTATE of {@code refuse}. */
    static final String STATE = "MS409";

    private static final long serialVersionUID = 1L;

    StatementRefused() {
        super("what the statement found forbids what it was to do", STATE);
    }
}
