package com.medspasync.appointments;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one appointment. */
final class AppointmentReader {

    /** The audit rows, of the appointment and of the client whose it is, are written by the statement that reads. */
    static final Sql FIND = Sql.of("""
            with %s,
            keyring as materialized (
              %s),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', 'appointments', id, :address, :agent, :request::uuid, :purpose,
                :unmasked::jsonb
              from found
              where deleted_at is null
              returning id),
            subject as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select :practice::uuid, found.client_id, audit.id from found cross join audit)
            select found.*, keyring.*, %s
            from found
            cross join keyring
            %s""".formatted(
                    Appointment.byId("found"),
                    WrappedKeys.select("(select client_id from found)"),
                    Expanded.COLUMNS,
                    Expanded.joined("found")));

    private final PracticeDatabase database;
    private final NotesCipher cipher;

    AppointmentReader(PracticeDatabase database, NotesCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Hit(
            Appointment appointment, byte @Nullable [] notes, boolean deleted, WrappedKeys keys, Expanded expanded) {

        static Hit of(Row row, Set<Related> related, Caller caller) {
            Appointment appointment = Appointment.of(row);
            return new Hit(
                    appointment,
                    row.bytesOrNull("notes"),
                    row.instantOrNull("deleted_at") != null,
                    WrappedKeys.of(row),
                    Expanded.of(row, appointment, related, caller));
        }
    }

    Lookup<AppointmentView> findById(Caller caller, UUID id, Set<Related> related) {
        Optional<Hit> hit = database.first(
                caller,
                Expanded.bind(FIND.bind(), related).uuid("id", id).json("unmasked", unmasked(caller, related)),
                row -> Hit.of(row, related, caller));
        if (hit.isEmpty()) {
            return new Lookup.Missing<>();
        }
        Hit found = hit.get();
        return found.deleted()
                ? new Lookup.Gone<>()
                : new Lookup.Found<>(
                        cipher.view(caller, found.appointment(), found.notes(), found.keys(), found.expanded()));
    }

    /** The audit's details that say which of the client's fields are shown {@code caller} only for its purpose. */
    static @Nullable String unmasked(Caller caller, Set<Related> related) {
        EnumSet<ClientField> shown = EnumSet.of(ClientField.NOTES);
        if (related.contains(Related.CLIENT)) {
            shown.addAll(ClientField.listed());
        }
        return Sight.of(caller).unmasked(shown);
    }
}
