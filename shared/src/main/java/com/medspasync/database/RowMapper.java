package com.medspasync.database;

/** Makes a value of one row. */
@FunctionalInterface
public interface RowMapper<T> {

    /** Reads what it needs from {@code row}, which is valid only during this call. */
    T map(Row row);
}
