package com.medspasync.clients;

import com.medspasync.contact.PersonName;
import com.medspasync.crypto.BlindIndex;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.job.JobStopped;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds clients' blind indexes under the new version of their practice's key, beside those under the old one; also those of deleted clients, who
 * may be restored. A client that is changed meanwhile has its indexes from that change.
 */
public final class ClientReindex implements Sweep {

    private static final Map<IndexSlot, Statements> STATEMENTS =
            Map.of(IndexSlot.ODD, Statements.of(IndexSlot.ODD), IndexSlot.EVEN, Statements.of(IndexSlot.EVEN));

    private record Statements(Sql left, Sql fill) {

        static Statements of(IndexSlot slot) {
            String ssn = slot.of(IndexedColumn.SSN);
            String birth = slot.of(IndexedColumn.BIRTH_AND_NAME);
            return new Statements(Sql.of("""
                            with few as materialized (
                              select id, last_name, ssn, date_of_birth
                              from clients c
                              where practice_id = :practice::uuid
                                and (ssn is not null and %s is null or date_of_birth is not null and %s is null)
                                and exists (
                                  select from client_keys k where k.practice_id = c.practice_id and k.client_id = c.id)
                              order by id
                              limit :most)
                            select few.*, keyring.*
                            from few
                            cross join lateral (
                              %s) keyring""".formatted(ssn, birth, WrappedKeys.select("few.id"))), Sql.of("""
                            with %1$s
                            update clients c
                            set %2$s = n.%2$s, %3$s = n.%3$s
                            from unnest(
                              :ids::uuid[], :last_names::text[], :ssns::bytea[], :births::bytea[], :ssn_indexes::bytea[],
                              :birth_indexes::bytea[]) as n (id, last_name, ssn, date_of_birth, %2$s, %3$s)
                            where exists (select from held) and c.practice_id = :practice::uuid and c.id = n.id
                              and c.last_name = n.last_name and c.ssn is not distinct from n.ssn
                              and c.date_of_birth is not distinct from n.date_of_birth""".formatted(
                            Turn.HELD, ssn, birth)));
        }
    }

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final ClientIndexes indexes;
    private final KeyHierarchy keys;

    /** @param database logged in for maintenance */
    public ClientReindex(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        this.database = database;
        this.cipher = new ClientCipher(keys, fields);
        this.indexes = new ClientIndexes(keys);
        this.keys = keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Unindexed(
            UUID id, String lastName, byte @Nullable [] ssn, byte @Nullable [] dateOfBirth, WrappedKeys keys) {

        static Unindexed of(Row row) {
            return new Unindexed(
                    row.uuid("id"),
                    row.text("last_name"),
                    row.bytesOrNull("ssn"),
                    row.bytesOrNull("date_of_birth"),
                    WrappedKeys.of(row));
        }
    }

    @Override
    public Batch next(Turn turn, int most) {
        requireNewVersion(turn);
        IndexSlot slot = IndexSlot.of(turn.to());
        Statements statements = Objects.requireNonNull(STATEMENTS.get(slot));
        List<Unindexed> left =
                database.list(turn.caller(), statements.left().bind().integer("most", most), Unindexed::of);
        return left.isEmpty() ? Batch.NOTHING : new Batch(left.size(), fill(turn, slot, statements, left));
    }

    private long fill(Turn turn, IndexSlot slot, Statements statements, List<Unindexed> clients) {
        try {
            return database.update(
                    turn.caller(),
                    turn.hold(filled(turn, slot, statements.fill().bind(), clients)));
        } catch (ConstraintViolated e) {
            if (clients.size() == 1) {
                throw new JobStopped("client " + clients.getFirst().id() + " of practice " + turn.practice()
                        + " has the Social Security number of another: correct one of them, and resume");
            }
            return clients.stream()
                    .mapToLong(client -> fill(turn, slot, statements, List.of(client)))
                    .sum();
        }
    }

    private Query filled(Turn turn, IndexSlot slot, Query query, List<Unindexed> clients) {
        List<IndexSlots> indexed = clients.stream()
                .map(client -> indexes.of(turn.practice(), normal(turn, client)))
                .toList();
        return query.uuids("ids", clients.stream().map(Unindexed::id).toList())
                .texts("last_names", clients.stream().map(Unindexed::lastName).toList())
                .bytesList("ssns", list(clients, Unindexed::ssn))
                .bytesList("births", list(clients, Unindexed::dateOfBirth))
                .bytesList("ssn_indexes", list(indexed, slots -> slots.of(IndexedColumn.SSN, slot)))
                .bytesList("birth_indexes", list(indexed, slots -> slots.of(IndexedColumn.BIRTH_AND_NAME, slot)));
    }

    private static <T> List<byte @Nullable []> list(List<T> from, Function<T, byte @Nullable []> value) {
        List<byte @Nullable []> values = new ArrayList<>();
        from.forEach(item -> values.add(value.apply(item)));
        return values;
    }

    /** Another worker may have made the new version, and this one have read the keys before. */
    private void requireNewVersion(Turn turn) {
        if (!knowsNewVersion(turn)) {
            keys.refresh(turn.practice());
            if (!knowsNewVersion(turn)) {
                throw new IllegalStateException("version " + turn.to() + " of the key is not known here yet");
            }
        }
    }

    private boolean knowsNewVersion(Turn turn) {
        BlindIndex index = IndexedColumn.SSN.index();
        return keys.indexKeys(turn.practice(), index.table(), index.column()).stream()
                .anyMatch(key -> key.version() == turn.to());
    }

    private Map<IndexedColumn, String> normal(Turn turn, Unindexed client) {
        DataKeys keys = cipher.keys(turn.practice(), client.id(), client.keys());
        Map<IndexedColumn, String> normal = new EnumMap<>(IndexedColumn.class);
        byte[] ssn = client.ssn();
        if (ssn != null) {
            Ssn number = new Ssn(cipher.open(turn.practice(), client.id(), keys, SealedColumn.SSN, ssn));
            normal.put(IndexedColumn.SSN, IndexedColumn.normal(number));
        }
        byte[] sealed = client.dateOfBirth();
        if (sealed != null) {
            DateOfBirth birth = ClientCipher.dateOfBirth(
                    cipher.open(turn.practice(), client.id(), keys, SealedColumn.DATE_OF_BIRTH, sealed));
            normal.put(IndexedColumn.BIRTH_AND_NAME, IndexedColumn.normal(birth, new PersonName(client.lastName())));
        }
        return normal;
    }
}
