package com.medspasync.database;

/**
 * The caller's session has ended, the role it was issued for is another by now, or the leave it makes use of is over. The statement did
 * not run.
 */
public final class SessionEnded extends DatabaseException {

    /** The SQLSTATE of {@code require_session}. */
    static final String STATE = "MS401";

    private static final long serialVersionUID = 1L;

    SessionEnded() {
        super("the caller's session has ended", STATE);
    }
}
