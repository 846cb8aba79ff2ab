package com.medspasync.database;

/** The statement would have broken a constraint, and changed nothing. */
public final class ConstraintViolated extends DatabaseException {

    private static final long serialVersionUID = 1L;

    private final String constraint;

    ConstraintViolated(String message, String sqlState, String constraint) {
        super(message, sqlState);
        this.constraint = constraint;
    }

    /**
     * The constraint's name; {@code table.column} for a NOT NULL that has no name, and {@code table.partition} for a row that no partition of the
     * table takes.
     */
    public String constraint() {
        return constraint;
    }
}
