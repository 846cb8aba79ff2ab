package com.medspasync.appointments;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.history.HistoryEntry;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Pages;
import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The appointments of a practice. Each method is one database round trip, its audit included; a booking with notes for a client that this process has not
 * seen lately takes one more, so does a change of notes, and so does finding out why something was refused.
 *
 * <p>No two appointments ever take the same time of one staff member, buffers included, whoever writes at once: the database excludes it.
 *
 * <p>What fails in the database or with the keys is thrown: {@link com.medspasync.database.DatabaseException},
 * {@link com.medspasync.crypto.CryptoException}. Thread-safe.
 */
public final class Appointments {

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final AppointmentBooker booker;
    private final AppointmentReader reader;
    private final AppointmentEditor editor;
    private final AppointmentRemover remover;
    private final AppointmentList list;
    private final AppointmentHistory history;

    /**
     * All practices' appointments.
     *
     * @param known keys of clients, shared with what else is encrypted under them
     * @param ids of new appointments; ascending in time, so that new rows lie together (UUID version 7)
     */
    public Appointments(
            PracticeDatabase database,
            KeyHierarchy keys,
            FieldCipher cipher,
            WrappedKeyCache known,
            Idempotency idempotency,
            Cursors cursors,
            Clock clock,
            Supplier<UUID> ids) {
        NotesCipher notes = new NotesCipher(database, keys, cipher, known);
        Objections objections = new Objections(database);
        this.clock = clock;
        this.ids = ids;
        this.booker = new AppointmentBooker(database, keys, notes, idempotency, objections);
        this.reader = new AppointmentReader(database, notes);
        this.editor = new AppointmentEditor(database, keys, notes, objections);
        this.remover = new AppointmentRemover(database, notes, objections);
        this.list = new AppointmentList(database, new Pages(cursors));
        this.history = new AppointmentHistory(database, notes, cursors);
    }

    /**
     * Books an appointment, if the staff member gives such services, works then and is free. A draft with a reason to override is let through
     * where only the rules forbid it; whether the caller may is for the caller's side to ask.
     *
     * @param key sent again under the same key within 24 hours, it gives the first answer again; null for none
     */
    public Booking book(Caller caller, AppointmentDraft draft, @Nullable IdempotencyKey key) {
        return booker.book(caller, ids.get(), draft, now(), key);
    }

    /** The appointment with the {@code related} records. */
    public Lookup<AppointmentView> findById(Caller caller, UUID id, Set<Related> related) {
        return reader.findById(caller, id, related);
    }

    /** One page of the appointments that are not deleted, in the order in which they begin, without notes. */
    public Listing<AppointmentView> findAll(Caller caller, AppointmentFilter filter) {
        return list.page(caller, filter);
    }

    /** The appointment changed, if it still has {@code version}: moved, confirmed, cancelled, paid, and so on. */
    public AppointmentChange change(Caller caller, UUID id, int version, AppointmentPatch patch) {
        return editor.change(caller, id, version, patch, now());
    }

    /** Deletes the appointment softly, if it still has {@code version}; again is {@code Deleted} too. The staff member's time is free. */
    public Deletion delete(Caller caller, UUID id, int version) {
        return remover.delete(caller, id, version, now());
    }

    /** Makes a deleted appointment be there again, if its time is free still; one that is not deleted is only read. */
    public AppointmentChange restore(Caller caller, UUID id) {
        return remover.restore(caller, id, now());
    }

    /**
     * The changes of an appointment, the newest first; also of a deleted one.
     *
     * @param top how many on a page, 1 to {@link com.medspasync.repository.Paging#MOST}
     * @param cursor where the page begins, as the page before said; null for the first
     */
    public Lookup<Listing<HistoryEntry>> history(Caller caller, UUID id, int top, @Nullable String cursor) {
        return history.page(caller, id, top, cursor);
    }

    /** As exact as the database keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
