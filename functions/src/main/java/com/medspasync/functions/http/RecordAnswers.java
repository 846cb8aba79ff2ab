package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers to each outcome of a {@link com.medspasync.repository.Repository}, told of records of one kind. Thread-safe.
 *
 * @param noun what one record is called, such as {@code service}
 * @param taken what is said when another record has the value of a field, which is named by JSON Pointer
 * @param body the record as the API shows it, with its ETag where it stands in a list
 */
record RecordAnswers<T>(
        String noun, Function<String, String> taken, Function<T, UUID> id, ToIntFunction<T> version, Body<T> body) {

    private static final Duration IN_PROGRESS_RETRY = Duration.ofSeconds(2);

    /** Writes a record. */
    interface Body<T> {

        /**
         * What stands in the answer.
         *
         * @param etag null where a header has it
         */
        Object of(T value, @Nullable String etag);
    }

    /** @param nextLink null on the last page */
    private record Page(List<Object> value, @Nullable String nextLink) {}

    /** The key that {@code exchange} brings for {@code operation}, such as {@code POST /services}. */
    static Optional<IdempotencyKey> key(Exchange exchange, String operation) {
        return exchange.idempotencyKey().map(key -> IdempotencyKey.of(key, operation, exchange.text()));
    }

    Answer listed(Exchange exchange, Listing<T> listing) {
        return switch (listing) {
            case Listing.Page<T>(List<T> items, String next) ->
                Answer.ok(new Page(
                        items.stream()
                                .map(item -> body.of(item, "\"" + version.applyAsInt(item) + "\""))
                                .toList(),
                        next == null ? null : exchange.nextLink(next)));
            case Listing.BadCursor<T>() ->
                Answer.invalid(
                        List.of(new Violation("cursor", "cursor", "must come from a page of this same question")));
        };
    }

    Answer created(Exchange exchange, Creation<T> creation) {
        return switch (creation) {
            case Creation.Created<T>(T value) -> created(exchange, value);
            case Creation.Replayed<T>(T value) -> created(exchange, value).header("Idempotent-Replayed", "true");
            case Creation.Mismatch<T>() ->
                Answer.problem(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key came with another request in the last 24 hours.");
            case Creation.InProgress<T>() ->
                Answer.problem(ProblemType.CONFLICT, "The first request with this Idempotency-Key is still running.")
                        .retryAfter(IN_PROGRESS_RETRY);
            case Creation.Taken<T>(String field) -> conflict(field);
            case Creation.Refused<T>(List<Violation> violations) -> Answer.invalid(violations);
        };
    }

    Answer found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(T value) -> shown(value);
            case Lookup.Missing<T>() -> missing();
            case Lookup.Gone<T>() -> gone();
            case Lookup.Shredded<T>() -> missing();
        };
    }

    Answer changed(Update<T> update) {
        return switch (update) {
            case Update.Updated<T>(T value) -> shown(value);
            case Update.Stale<T>() -> stale();
            case Update.Missing<T>() -> missing();
            case Update.Gone<T>() -> gone();
            case Update.Shredded<T>() -> missing();
            case Update.Taken<T>(String field) -> conflict(field);
            case Update.Booked<T>(long upcoming) -> booked(upcoming);
            case Update.Refused<T>(List<Violation> violations) -> Answer.invalid(violations);
        };
    }

    Answer deleted(Deletion deletion) {
        return switch (deletion) {
            case Deletion.Deleted() -> Answer.noContent();
            case Deletion.Stale() -> stale();
            case Deletion.Missing() -> missing();
            case Deletion.Booked(long upcoming) -> booked(upcoming);
        };
    }

    Answer restored(Restoration<T> restoration) {
        return switch (restoration) {
            case Restoration.Restored<T>(T value) -> shown(value);
            case Restoration.Missing<T>() -> missing();
            case Restoration.Shredded<T>() -> missing();
            case Restoration.Taken<T>(String field) -> conflict(field);
        };
    }

    Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "There is no such " + noun + ".");
    }

    /** 409: appointments that are yet to come stand in the way. */
    static Answer booked(long upcoming) {
        return Answer.problem(
                        ProblemType.CONFLICT,
                        "Appointments that are yet to come stand on it. Move or cancel them first.")
                .extension("upcomingAppointments", upcoming);
    }

    private Answer shown(T value) {
        return Answer.ok(body.of(value, null)).etag(version.applyAsInt(value));
    }

    private Answer created(Exchange exchange, T value) {
        return Answer.created(exchange.child(id.apply(value)), body.of(value, null))
                .etag(version.applyAsInt(value));
    }

    private Answer gone() {
        return Answer.problem(ProblemType.GONE, "The " + noun + " is deleted. POST to its /restore brings it back.");
    }

    private Answer stale() {
        return Answer.problem(ProblemType.STALE, "Somebody else changed the " + noun + ". Read it again.");
    }

    private Answer conflict(String field) {
        return Answer.problem(ProblemType.CONFLICT, taken.apply(field)).extension("field", field);
    }
}
