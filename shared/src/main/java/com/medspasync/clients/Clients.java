package com.medspasync.clients;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.history.HistoryEntry;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Repository;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a practice. Each method is one database round trip, its audit included; only a change that encrypts a field of a
 * client that this process has not seen lately, or that needs to know the rest of the record (a part of a nested object; the last
 * name without the date of birth, or that without a name), takes one more.
 *
 * <p>What is answered is masked for the caller ({@link com.medspasync.masking.Visibilities}); no method gives a caller more.
 *
 * <p>What fails in the database or with the keys is thrown: {@link com.medspasync.database.DatabaseException},
 * {@link com.medspasync.crypto.CryptoException}. Thread-safe.
 */
public final class Clients
        implements Repository<ClientView, ClientSummaryView, ClientDraft, ClientPatch, ClientFilter> {

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ClientReader reader;
    private final ClientCreator creator;
    private final ClientEditor editor;
    private final ClientRemover remover;
    private final ClientList list;
    private final ClientFinder finder;
    private final CandidateFinder candidates;
    private final ClientHistory history;

    /**
     * The repository of all practices' clients.
     *
     * @param wrappedKeys of clients, shared with what else is encrypted under them
     * @param ids of new clients; ascending in time, so that new rows lie together (UUID version 7)
     */
    public Clients(
            PracticeDatabase database,
            KeyHierarchy keys,
            FieldCipher fieldCipher,
            WrappedKeyCache wrappedKeys,
            Idempotency idempotency,
            Cursors cursors,
            Clock clock,
            Supplier<UUID> ids) {
        ClientCipher cipher = new ClientCipher(keys, fieldCipher);
        ClientIndexes indexes = new ClientIndexes(keys);
        this.clock = clock;
        this.ids = ids;
        this.reader = new ClientReader(database, cipher, wrappedKeys);
        this.creator = new ClientCreator(database, keys, cipher, indexes, wrappedKeys, idempotency);
        this.editor = new ClientEditor(database, keys, cipher, indexes, wrappedKeys);
        this.remover = new ClientRemover(database, cipher, wrappedKeys);
        this.list = new ClientList(database, cursors);
        this.finder = new ClientFinder(database, cursors);
        this.candidates = new CandidateFinder(database, keys, cipher, indexes, cursors);
        this.history = new ClientHistory(database, cipher, cursors);
    }

    @Override
    public Lookup<ClientView> findById(Caller caller, UUID id) {
        return reader.findById(caller, id);
    }

    /** As {@link #findById(Caller, UUID)}, with what another feature has {@code alongside}. */
    public <T> Lookup<Alongside.Accompanied<T>> findById(Caller caller, UUID id, Alongside<T> alongside) {
        return reader.findById(caller, id, alongside);
    }

    @Override
    public Listing<ClientSummaryView> findAll(Caller caller, ClientFilter filter) {
        return list.page(caller, filter).map(new ClientViews(caller)::of);
    }

    /**
     * One page of the clients that {@code search} describes, deleted ones left out. By what is stored encrypted, a page may show
     * fewer than it was asked for and still have a next one.
     */
    public Listing<ClientSummaryView> search(Caller caller, ClientSearch search) {
        Listing<ClientSummary> page = candidates.page(caller, search).orElseGet(() -> finder.page(caller, search));
        return page.map(new ClientViews(caller)::of);
    }

    @Override
    public Creation<ClientView> create(Caller caller, ClientDraft draft) {
        return creator.create(caller, newClient(draft), null);
    }

    /** As {@link #create(Caller, ClientDraft)}; sent again under the same key within 24 hours, it gives the first answer again. */
    public Creation<ClientView> create(Caller caller, ClientDraft draft, IdempotencyKey key) {
        return creator.create(caller, newClient(draft), key);
    }

    @Override
    public Update<ClientView> update(Caller caller, UUID id, int version, ClientPatch patch) {
        return editor.update(caller, id, version, patch, now());
    }

    /**
     * The record replaced by what {@code draft} says, if it still has {@code version}. What the draft leaves out is emptied, apart from
     * the fields that the caller's role does not see in full: those stay, because whoever sends back what it was shown cannot send
     * them.
     */
    public Update<ClientView> replace(Caller caller, UUID id, int version, ClientDraft draft) {
        return editor.update(caller, id, version, ClientPatch.to(draft, caller.role()), now());
    }

    @Override
    public Deletion delete(Caller caller, UUID id, int version) {
        return remover.delete(caller, id, version, now());
    }

    /** Makes a deleted client be there again; one that is not deleted is only read. */
    public Restoration<ClientView> restore(Caller caller, UUID id) {
        return remover.restore(caller, id, now());
    }

    /**
     * The changes of a client, the newest first, as far as the caller sees the fields; also of a deleted one. Who has no permission for
     * it sees which encrypted fields changed, and not their values.
     *
     * @param top how many on a page, 1 to {@link com.medspasync.repository.Paging#MOST}
     * @param cursor where the page begins, as the page before said; null for the first
     */
    public Lookup<Listing<HistoryEntry>> history(Caller caller, UUID id, int top, @Nullable String cursor) {
        return history.page(caller, id, top, cursor);
    }

    @Override
    public long count(Caller caller, ClientFilter filter) {
        return list.count(caller, filter);
    }

    private Client newClient(ClientDraft draft) {
        return Client.of(ids.get(), draft, now());
    }

    /** As exact as the database keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
