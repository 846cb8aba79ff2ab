package com.medspasync.idempotency;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores new records, at most once under an idempotency key. One round trip. Thread-safe. */
public final class Creator {

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final Idempotency idempotency;

    public Creator(PracticeDatabase database, KeyHierarchy keys, Idempotency idempotency) {
        this.database = database;
        this.keys = keys;
        this.idempotency = idempotency;
    }

    /**
     * The same insertion, for a request without an idempotency key and with one.
     *
     * @param plain has a claim that is always its own
     * @param once claims the key first
     */
    public record Statements(Sql plain, Sql once) {

        /**
         * Of records whose disclosure is not audited.
         *
         * @param insertion common table expressions that insert {@code from claim where mine}
         */
        public static Statements of(String insertion) {
            return of(insertion, "");
        }

        /** As {@link #of}, of records whose disclosure is audited: a repeat shows the record again, and so reads it. */
        public static Statements audited(String insertion) {
            return of(insertion, ",\n" + Claim.replayed());
        }

        private static Statements of(String insertion, String onRepeat) {
            String end = ",\n" + insertion + "\nselect mine, response from claim";
            return new Statements(
                    Sql.of("with claim as (select true as mine, ''::bytea as response)" + end),
                    Sql.of("with gate as (select),\n" + Claim.CTE + onRepeat + end));
        }
    }

    /**
     * A record that is to be, and how it is kept for repeats.
     *
     * @param made which record it is
     * @param bind binds the insertion's parameters
     * @param kept what repeats are given, for {@code read}
     * @param read gives the record of what was kept for the first request
     * @param refusal what to answer when the statement fails; empty to let the failure out
     */
    public record Wish<T>(
            Claim.Made made,
            T value,
            UnaryOperator<Query> bind,
            Function<T, byte[]> kept,
            Function<byte[], T> read,
            Function<DatabaseException, Optional<Creation<T>>> refusal) {}

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Outcome(boolean mine, byte[] response) {}

    /** Stores the record that {@code wish} describes; under {@code key} only if no request did before. */
    public <T> Creation<T> create(Caller caller, Statements statements, Wish<T> wish, @Nullable IdempotencyKey key) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            Optional<Outcome> outcome;
            try {
                outcome = database.first(
                        caller,
                        wish.bind().apply(query(caller, statements, wish, key)),
                        row -> new Outcome(row.bool("mine"), row.bytes("response")));
            } catch (DatabaseException failure) {
                if (key != null && failure instanceof DatabaseBusy busy && busy.ofLock()) {
                    return new Creation.InProgress<>();
                }
                return wish.refusal().apply(failure).orElseThrow(() -> failure);
            }
            if (outcome.isPresent()) {
                return read(caller, wish, key, outcome.get());
            }
            retired.lookAgain();
        }
    }

    private <T> Query query(Caller caller, Statements statements, Wish<T> wish, @Nullable IdempotencyKey key) {
        return key == null
                ? statements.plain().bind()
                : idempotency
                        .claim(caller, key, wish.made(), wish.kept().apply(wish.value()))
                        .bind(statements.once().bind());
    }

    private <T> Creation<T> read(Caller caller, Wish<T> wish, @Nullable IdempotencyKey key, Outcome outcome) {
        Verdict verdict = key == null
                ? new Verdict.First()
                : idempotency.verdict(caller, key, outcome.mine(), outcome.response());
        return switch (verdict) {
            case Verdict.First() -> new Creation.Created<>(wish.value());
            case Verdict.Repeat(byte[] answer) ->
                new Creation.Replayed<>(wish.read().apply(answer));
            case Verdict.Mismatch() -> new Creation.Mismatch<>();
        };
    }
}
