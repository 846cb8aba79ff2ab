package com.medspasync.clients;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds clients by what is stored encrypted: looks their blind index up, decrypts the candidates, and shows those that are meant. A page
 * may so show fewer than it was asked for, and still have a next one. A candidate that
 * cannot be opened fails the search, unless its keys were destroyed.
 */
final class CandidateFinder {

    private static final String QUESTION = "clients found by index";

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final ClientCipher cipher;
    private final ClientIndexes indexes;
    private final Cursors cursors;

    CandidateFinder(
            PracticeDatabase database, KeyHierarchy keys, ClientCipher cipher, ClientIndexes indexes, Cursors cursors) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.indexes = indexes;
        this.cursors = cursors;
    }

    /** What is looked for, and in which column. */
    private record Target(
            IndexedColumn column, String normal, @Nullable String lastName) {

        /** Empty when the search is by nothing that is encrypted. */
        static Optional<Target> of(ClientSearch search) {
            Ssn ssn = search.ssn();
            ClientSearch.Birth birth = search.birth();
            if (ssn != null) {
                return Optional.of(new Target(IndexedColumn.SSN, IndexedColumn.normal(ssn), null));
            }
            if (birth != null) {
                return Optional.of(new Target(
                        IndexedColumn.BIRTH_AND_NAME,
                        IndexedColumn.normal(birth.dateOfBirth(), birth.lastName()),
                        birth.lastName().searchForm()));
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Target[" + column + "]";
        }
    }

    /** After which row a page begins. */
    private record Position(String key1, String key2, String id) {

        static final Position FIRST =
                new Position(NameRange.LOWEST, NameRange.LOWEST, "00000000-0000-0000-0000-000000000000");
    }

    /** A row whose index coincides. */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Candidate(ClientSummary summary, byte[] sealed, WrappedKeys keys, Position position) {

        static Candidate of(Row row) {
            return new Candidate(
                    ClientRow.summary(row),
                    row.bytes("sealed"),
                    WrappedKeys.of(row),
                    new Position(
                            row.text("key1"), row.text("key2"), row.uuid("id").toString()));
        }
    }

    /** Empty when the search is by nothing that is encrypted. */
    Optional<Listing<ClientSummary>> page(Caller caller, ClientSearch search) {
        return Target.of(search).map(target -> page(caller, search, target));
    }

    private Listing<ClientSummary> page(Caller caller, ClientSearch search, Target target) {
        String cursor = search.cursor();
        Optional<Position> after =
                cursor == null ? Optional.of(Position.FIRST) : open(caller.practice(), search, cursor);
        if (after.isEmpty()) {
            return new Listing.BadCursor<>();
        }
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            Optional<List<Candidate>> candidates = candidates(caller, search, target, after.get());
            if (candidates.isPresent()) {
                return shown(caller.practice(), search, target, candidates.get());
            }
            retired.lookAgain();
        }
    }

    /** Empty, and nothing done, when the versions that were looked for do not find every client any more. */
    private Optional<List<Candidate>> candidates(Caller caller, ClientSearch search, Target target, Position after) {
        List<Candidate> candidates = new ArrayList<>();
        List<Boolean> passed = database.list(caller, query(caller, search, target, after), row -> {
            if (row.uuidOrNull("id") != null) {
                candidates.add(Candidate.of(row));
            }
            return row.bool("passed");
        });
        return passed.getFirst() ? Optional.of(candidates) : Optional.empty();
    }

    private Query query(Caller caller, ClientSearch search, Target target, Position after) {
        IndexSlots slots = indexes.of(caller.practice(), Map.of(target.column(), target.normal()));
        Query query = switch (target.column()) {
            case SSN -> CandidateSql.BY_SSN.bind();
            case BIRTH_AND_NAME -> CandidateSql.BY_BIRTH_AND_NAME.bind().text("last_name", target.lastName());
        };
        return slots.bindVersions(slots.bind(query, target.column()))
                .text("after_key1", after.key1())
                .text("after_key2", after.key2())
                .text("after_id", after.id())
                .integer("top", search.top())
                .json("criteria", ClientList.criteria(search.criteria()))
                .json("unmasked", AuditedPage.unmasked(caller));
    }

    private Listing<ClientSummary> shown(
            PracticeId practice, ClientSearch search, Target target, List<Candidate> candidates) {
        List<ClientSummary> meant = candidates.stream()
                .limit(search.top())
                .filter(candidate -> isMeant(practice, target, candidate))
                .map(Candidate::summary)
                .toList();
        String next = candidates.size() > search.top()
                ? seal(practice, search, candidates.get(search.top() - 1).position())
                : null;
        return new Listing.Page<>(meant, next);
    }

    /** Opens the candidate. The comparison takes as long whatever it finds. */
    private boolean isMeant(PracticeId practice, Target target, Candidate candidate) {
        if (candidate.keys().destroyed()) {
            return false;
        }
        ClientSummary plain = candidate.summary();
        String text = cipher.open(
                practice,
                plain.id(),
                cipher.keys(practice, plain.id(), candidate.keys()),
                target.column().sealed(),
                candidate.sealed());
        String normal = switch (target.column()) {
            case SSN -> IndexedColumn.normal(new Ssn(text));
            case BIRTH_AND_NAME -> IndexedColumn.normal(ClientCipher.dateOfBirth(text), plain.lastName());
        };
        return MessageDigest.isEqual(
                normal.getBytes(StandardCharsets.UTF_8), target.normal().getBytes(StandardCharsets.UTF_8));
    }

    private String seal(PracticeId practice, ClientSearch search, Position position) {
        return cursors.seal(
                practice, QUESTION, List.of(search.fingerprint(), position.key1(), position.key2(), position.id()));
    }

    /** Empty when it is no cursor, or that of another search. */
    private Optional<Position> open(PracticeId practice, ClientSearch search, String cursor) {
        return cursors.open(practice, QUESTION, cursor)
                .filter(parts -> parts.get(0).equals(search.fingerprint()))
                .map(parts -> new Position(parts.get(1), parts.get(2), parts.get(3)));
    }
}
