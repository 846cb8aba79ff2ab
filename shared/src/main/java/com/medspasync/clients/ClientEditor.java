package com.medspasync.clients;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.input.Parsed;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes clients.
 *
 * <p>A change that encrypts needs the client's key before its one statement runs. The wrapped key comes from the cache. When it is
 * not there, or when the rest of the record has to be known (of a nested object, a part of which is changed; of last name and date of
 * birth, which are indexed together, when one is changed), a statement before fetches both.
 */
final class ClientEditor {

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final ClientCipher cipher;
    private final ClientIndexes indexes;
    private final WrappedKeyCache wrappedKeys;

    ClientEditor(
            PracticeDatabase database,
            KeyHierarchy keys,
            ClientCipher cipher,
            ClientIndexes indexes,
            WrappedKeyCache wrappedKeys) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.indexes = indexes;
        this.wrappedKeys = wrappedKeys;
    }

    Update<ClientView> update(Caller caller, UUID id, int version, ClientPatch patch, Instant now) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            Optional<Update<ClientView>> done = updateOnce(caller, id, version, patch, now);
            if (done.isPresent()) {
                return done.get();
            }
            wrappedKeys.forget(caller.practice(), id);
            retired.lookAgain();
        }
    }

    /** Empty when a key that it used has been retired meanwhile, or another has come to be used with it. */
    private Optional<Update<ClientView>> updateOnce(
            Caller caller, UUID id, int version, ClientPatch patch, Instant now) {
        Optional<WrappedKeys> known = wrappedKeys.find(caller.practice(), id);
        if (!patch.needsBase() && (known.isPresent() || !patch.encrypts())) {
            return run(caller, id, version, ClientChanges.of(patch, null), known.orElse(null), now);
        }
        Optional<ClientBase> found = ClientBase.fetch(database, caller, id);
        if (found.isEmpty()) {
            return Optional.of(new Update.Missing<>());
        }
        ClientBase base = found.get();
        if (base.row().keys().destroyed()) {
            return Optional.of(new Update.Shredded<>());
        }
        if (base.deleted()) {
            return Optional.of(new Update.Gone<>());
        }
        if (base.row().plain().version() != version) {
            return Optional.of(new Update.Stale<>());
        }
        wrappedKeys.keep(caller.practice(), id, base.row().keys());
        ClientChanges.Before before =
                new ClientChanges.Before(base.row().plain().lastName(), cipher.fields(caller.practice(), base.row()));
        Parsed<ClientChanges> changes = ClientChanges.of(patch, patch.needsBase() ? before : null);
        return run(caller, id, version, changes, base.row().keys(), now);
    }

    private Optional<Update<ClientView>> run(
            Caller caller,
            UUID id,
            int version,
            Parsed<ClientChanges> parsed,
            @Nullable WrappedKeys wrapped,
            Instant now) {
        ClientChanges changes;
        switch (parsed) {
            case Parsed.Invalid<ClientChanges>(var violations) -> {
                return Optional.of(new Update.Refused<>(violations));
            }
            case Parsed.Valid<ClientChanges>(ClientChanges valid) -> changes = valid;
        }
        DataKey key = changes.encrypts() && wrapped != null ? writingKey(caller, id, wrapped) : null;
        IndexSlots slots = indexes.of(caller.practice(), changes.normalForms());
        try {
            return Optional.ofNullable(
                    run(caller, new ClientUpdate(cipher, caller, id, version, changes, key, slots, now)));
        } catch (ConstraintViolated violated) {
            return Optional.of(new Update.Taken<>(ClientConstraints.takenField(violated)));
        }
    }

    /** Null when its keys are no longer the ones. */
    private @Nullable Update<ClientView> run(Caller caller, ClientUpdate update) {
        while (true) {
            ClientUpdate.Result result = database.one(caller, update.query(), ClientUpdate.Result::of);
            switch (result.outcome()) {
                case CHANGED -> {
                    return new Update.Updated<>(cipher.view(caller, keep(caller, result.changed())));
                }
                case MISSING -> {
                    return new Update.Missing<>();
                }
                case GONE -> {
                    return new Update.Gone<>();
                }
                case SHREDDED -> {
                    return new Update.Shredded<>();
                }
                case STALE -> {
                    return new Update.Stale<>();
                }
                case RETIRED -> {
                    return null;
                }
                // Versions only grow, so the next snapshot shows a newer one, a deletion, or that the other gave up.
                case RACED -> {}
            }
        }
    }

    private ClientRow keep(Caller caller, ClientRow row) {
        wrappedKeys.keep(caller.practice(), row.plain().id(), row.keys());
        return row;
    }

    /** The newest key that was accepted when it was read. */
    private DataKey writingKey(Caller caller, UUID id, WrappedKeys wrapped) {
        DataKeys clientKeys = cipher.keys(caller.practice(), id, wrapped);
        Integer accepted = wrapped.accepted();
        return accepted == null ? clientKeys.current() : clientKeys.version(accepted);
    }
}
