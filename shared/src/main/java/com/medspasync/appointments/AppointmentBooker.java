package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.StatementRefused;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.idempotency.Verdict;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Books appointments, in one statement where nothing stands in the way, or somebody has the time already. Why else a booking was refused a second statement
 * finds out.
 */
final class AppointmentBooker {

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final NotesCipher notes;
    private final Idempotency idempotency;
    private final Objections objections;

    AppointmentBooker(
            PracticeDatabase database,
            KeyHierarchy keys,
            NotesCipher notes,
            Idempotency idempotency,
            Objections objections) {
        this.database = database;
        this.keys = keys;
        this.notes = notes;
        this.idempotency = idempotency;
        this.objections = objections;
    }

    Booking book(Caller caller, UUID id, AppointmentDraft draft, Instant now, @Nullable IdempotencyKey key) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        for (int tries = 1; ; tries++) {
            DataKey sealing = null;
            if (draft.notes() != null) {
                sealing = notes.writingKey(caller, draft.client()).orElse(null);
                if (sealing == null) {
                    return refused(objections.to(caller, id, draft)).orElseGet(() -> unknown("clientId"));
                }
            }
            try {
                Claim claim = key == null ? null : claim(caller, key, id, draft, now);
                Optional<AppointmentInsertion.Outcome> outcome = database.first(
                        caller,
                        AppointmentInsertion.query(caller, id, draft, now, claim, notes, sealing),
                        AppointmentInsertion.Outcome::of);
                if (outcome.isPresent()) {
                    return switch (outcome.get()) {
                        case AppointmentInsertion.Outcome.Taken(Clash clash) -> new Booking.Taken(clash);
                        case AppointmentInsertion.Outcome.Claimed claimed -> read(caller, id, draft, now, key, claimed);
                    };
                }
                notes.forget(caller.practice(), draft.client());
                retired.lookAgain();
            } catch (StatementRefused refused) {
                Optional<Booking> reason = refused(objections.to(caller, id, draft));
                if (reason.isPresent()) {
                    return reason.get();
                }
                Objections.requireReason(tries);
            } catch (DatabaseBusy busy) {
                if (key != null && busy.ofLock()) {
                    return new Booking.InProgress();
                }
                throw busy;
            }
        }
    }

    private Claim claim(Caller caller, IdempotencyKey key, UUID id, AppointmentDraft draft, Instant now) {
        return idempotency.claim(
                caller,
                key,
                new Claim.Made("appointments", id),
                AppointmentJson.of(id, draft, now).write());
    }

    private static Optional<Booking> refused(Objections.Found found) {
        if (!found.violations().isEmpty()) {
            return Optional.of(new Booking.Refused(found.violations()));
        }
        return Optional.ofNullable(found.clash()).map(Booking.Taken::new);
    }

    private static Booking unknown(String field) {
        return new Booking.Refused(List.of(Objections.unknown(field)));
    }

    private Booking read(
            Caller caller,
            UUID id,
            AppointmentDraft draft,
            Instant now,
            @Nullable IdempotencyKey key,
            AppointmentInsertion.Outcome.Claimed outcome) {
        Verdict verdict = key == null
                ? new Verdict.First()
                : idempotency.verdict(caller, key, outcome.mine(), outcome.response());
        return switch (verdict) {
            case Verdict.First() -> {
                AppointmentJson booked = AppointmentJson.of(id, draft, now);
                yield new Booking.Booked(
                        notes.viewOfPlain(caller, booked.appointment(outcome.decided()), draft.notes()));
            }
            case Verdict.Repeat(byte[] answer) -> {
                AppointmentJson booked = AppointmentJson.read(answer);
                yield new Booking.Replayed(
                        notes.viewOfPlain(caller, booked.appointment(outcome.decided()), booked.notes()));
            }
            case Verdict.Mismatch() -> new Booking.Mismatch();
        };
    }
}
