package com.medspasync.repository;

import com.medspasync.database.Row;
import com.medspasync.database.RowMapper;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a statement that changes one record says became of it, in a column {@code outcome}; where it is {@link #BOOKED}, {@code upcoming} has the number. What
 * is read here is empty when the statement has to run again.
 */
public enum Outcome {
    /** As it was asked for; the columns of the record are there. */
    DONE,
    MISSING,
    GONE,
    STALE,
    /** Appointments that are yet to come stand on the record. */
    BOOKED,
    /** Somebody changed the record between the statement's snapshot and its update: another run sees what they did. */
    RACED;

    /** The end of a change. */
    public static <T> Optional<Update<T>> update(Row row, RowMapper<T> record) {
        return switch (of(row)) {
            case DONE -> Optional.of(new Update.Updated<>(record.map(row)));
            case MISSING -> Optional.of(new Update.Missing<>());
            case GONE -> Optional.of(new Update.Gone<>());
            case STALE -> Optional.of(new Update.Stale<>());
            case BOOKED -> Optional.of(new Update.Booked<>(row.bigint("upcoming")));
            case RACED -> Optional.empty();
        };
    }

    /** The end of a deletion, which does not tell one that was deleted before. */
    public static Optional<Deletion> deletion(Row row) {
        return switch (of(row)) {
            case DONE, GONE -> Optional.of(new Deletion.Deleted());
            case MISSING -> Optional.of(new Deletion.Missing());
            case STALE -> Optional.of(new Deletion.Stale());
            case BOOKED -> Optional.of(new Deletion.Booked(row.bigint("upcoming")));
            case RACED -> Optional.empty();
        };
    }

    /** The end of a restoration: whoever restores names no version. */
    public static <T> Optional<Restoration<T>> restoration(Row row, RowMapper<T> record) {
        return switch (of(row)) {
            case DONE -> Optional.of(new Restoration.Restored<>(record.map(row)));
            case MISSING -> Optional.of(new Restoration.Missing<>());
            case GONE, STALE, BOOKED, RACED -> Optional.empty();
        };
    }

    /** Runs {@code attempt} until it has an end. Versions only grow, so that the next run sees a newer one, a deletion, or that the other gave up. */
    public static <R> R settled(Supplier<Optional<R>> attempt) {
        Optional<R> end;
        do {
            end = attempt.get();
        } while (end.isEmpty());
        return end.get();
    }

    private static Outcome of(Row row) {
        return valueOf(row.text("outcome"));
    }
}
