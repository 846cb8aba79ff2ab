package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.masking.Visibility;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between appointments' notes and their ciphertexts, which are under the client's own key. Thread-safe. */
final class NotesCipher {

    static final String TABLE = "appointments";
    static final String COLUMN = "notes";

    private static final Sql KEYS = Sql.of("""
            with %s
            select * from keyring""".formatted(WrappedKeys.CTE));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final WrappedKeyCache known;

    NotesCipher(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher, WrappedKeyCache known) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.known = known;
    }

    /**
     * The newest key of a client that was accepted when it was read; a client that this process has not seen lately takes a round trip. Empty when
     * the client has none: there is no such client, or its keys were destroyed.
     */
    Optional<DataKey> writingKey(Caller caller, UUID client) {
        WrappedKeys wrapped = known.find(caller.practice(), client).orElseGet(() -> {
            WrappedKeys read = database.one(caller, KEYS.bind().uuid("id", client), WrappedKeys::of);
            keep(caller.practice(), client, read);
            return read;
        });
        Integer accepted = wrapped.accepted();
        return accepted == null
                ? Optional.empty()
                : Optional.of(open(caller.practice(), client, wrapped).version(accepted));
    }

    /** Remembers a client's keys that came along with a row. */
    void keep(PracticeId practice, UUID client, WrappedKeys wrapped) {
        if (wrapped.accepted() != null) {
            known.keep(practice, client, wrapped);
        }
    }

    /** Forgets a client's keys, which have proved to be out of date. */
    void forget(PracticeId practice, UUID client) {
        known.forget(practice, client);
    }

    byte[] seal(PracticeId practice, UUID appointment, DataKey key, String notes) {
        return cipher.encrypt(key, context(practice, appointment), notes);
    }

    String open(PracticeId practice, UUID appointment, DataKeys clientKeys, byte[] sealed) {
        return cipher.decryptText(clientKeys, context(practice, appointment), sealed);
    }

    DataKeys open(PracticeId practice, UUID client, WrappedKeys wrapped) {
        return keys.openClientKeys(practice, client, wrapped.packed());
    }

    /** What {@code caller} sees of a row; notes of a client whose keys were destroyed nobody sees. */
    AppointmentView view(
            Caller caller, Appointment appointment, byte @Nullable [] sealed, WrappedKeys wrapped, Expanded expanded) {
        keep(caller.practice(), appointment.client(), wrapped);
        if (wrapped.destroyed() || !sees(caller, appointment.client())) {
            return withoutNotes(appointment, expanded);
        }
        String notes = sealed == null
                ? null
                : open(
                        caller.practice(),
                        appointment.id(),
                        open(caller.practice(), appointment.client(), wrapped),
                        sealed);
        return new AppointmentView(appointment, notes, List.of(), expanded);
    }

    /** As {@link #view}, of notes that are not encrypted: of an appointment that was written this moment. */
    AppointmentView viewOfPlain(Caller caller, Appointment appointment, @Nullable String notes) {
        return sees(caller, appointment.client())
                ? new AppointmentView(appointment, notes, List.of(), Expanded.NONE)
                : withoutNotes(appointment, Expanded.NONE);
    }

    /** Whether {@code caller} sees what is noted about clients in general: who does not would take away what they cannot read. */
    static boolean sees(Caller caller) {
        return Sight.of(caller).of(ClientField.NOTES) == Visibility.FULL;
    }

    /** Whether {@code caller} sees what is noted about a client. Notes are free text: there is no masked form. */
    static boolean sees(Caller caller, UUID client) {
        return Sight.of(caller, client).of(ClientField.NOTES) == Visibility.FULL;
    }

    private static AppointmentView withoutNotes(Appointment appointment, Expanded expanded) {
        return new AppointmentView(appointment, null, List.of(ClientField.NOTES), expanded);
    }

    private static FieldContext context(PracticeId practice, UUID appointment) {
        return new FieldContext(practice, TABLE, COLUMN, appointment);
    }
}
