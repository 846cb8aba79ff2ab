package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes appointments: in one statement, but for notes. Their key is the client's, whom a patch does not name: a statement before finds out who it is,
 * and brings the key along.
 */
final class AppointmentEditor {

    static final String NO_OVERLAP = "staff_bookings_no_overlap";

    private static final Sql CLIENT = Sql.of("""
            select a.client_id
            from staff_bookings b
            join appointments a on a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = b.starts_at
            where b.practice_id = :practice::uuid and b.appointment_id = :id::uuid""");

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final NotesCipher notes;
    private final Objections objections;

    AppointmentEditor(PracticeDatabase database, KeyHierarchy keys, NotesCipher notes, Objections objections) {
        this.database = database;
        this.keys = keys;
        this.notes = notes;
        this.objections = objections;
    }

    AppointmentChange change(Caller caller, UUID id, int version, AppointmentPatch patch, Instant now) {
        if (patch.notes().isChange() && !NotesCipher.sees(caller)) {
            return new AppointmentChange.Forbidden("Notes are changed by those who see them.");
        }
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            if (patch.notes().valueOrNull() == null) {
                return Objects.requireNonNull(change(caller, id, version, patch, null, now));
            }
            Optional<UUID> client = database.first(caller, CLIENT.bind().uuid("id", id), row -> row.uuid("client_id"));
            if (client.isEmpty()) {
                return new AppointmentChange.Missing();
            }
            Optional<DataKey> sealing = notes.writingKey(caller, client.get());
            if (sealing.isEmpty()) {
                return new AppointmentChange.Refused(List.of(Objections.unknown("clientId")));
            }
            AppointmentChange change = change(caller, id, version, patch, sealing.get(), now);
            if (change != null) {
                return change;
            }
            notes.forget(caller.practice(), client.get());
            retired.lookAgain();
        }
    }

    /** Null when the key is no longer the one. */
    private @Nullable AppointmentChange change(
            Caller caller, UUID id, int version, AppointmentPatch patch, @Nullable DataKey sealing, Instant now) {
        for (int tries = 1; ; tries++) {
            AppointmentUpdate.Result result;
            try {
                result = database.one(
                        caller,
                        AppointmentUpdate.query(caller, id, version, patch, notes, sealing, now),
                        AppointmentUpdate.Result::of);
            } catch (ConstraintViolated violated) {
                if (!violated.constraint().equals(NO_OVERLAP)) {
                    throw violated;
                }
                Optional<AppointmentChange> reason = reason(objections.to(caller, id, patch));
                if (reason.isPresent()) {
                    return reason.get();
                }
                Objections.requireReason(tries);
                continue;
            }
            switch (result.outcome()) {
                case CHANGED -> {
                    return new AppointmentChange.Changed(
                            notes.view(caller, result.changed(), result.notes(), result.keys(), Expanded.NONE));
                }
                case MISSING -> {
                    return new AppointmentChange.Missing();
                }
                case GONE -> {
                    return new AppointmentChange.Gone();
                }
                case STALE -> {
                    return new AppointmentChange.Stale();
                }
                case RETIRED -> {
                    return null;
                }
                case REFUSED -> {
                    Optional<AppointmentChange> reason = reason(objections.to(caller, id, patch));
                    if (reason.isPresent()) {
                        return reason.get();
                    }
                    Objections.requireReason(tries);
                }
                // Versions only grow, so the next snapshot shows a newer one, a deletion, or that the other gave up.
                case RACED -> {}
            }
        }
    }

    /** Empty when nothing stands in the way any more. */
    static Optional<AppointmentChange> reason(Objections.Found found) {
        if (!found.violations().isEmpty()) {
            return Optional.of(new AppointmentChange.Refused(found.violations()));
        }
        if (found.forbidden() != null) {
            return Optional.of(new AppointmentChange.Forbidden(found.forbidden()));
        }
        return Optional.ofNullable(found.clash()).map(AppointmentChange.Taken::new);
    }
}
