package com.medspasync.clients;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.idempotency.Verdict;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores new clients: the record, its key and the claim under the idempotency key in one statement, the audit by its trigger.
 * Everything the answer says is decided before, so that it can be encrypted for repeats beforehand.
 */
final class ClientCreator {

    /**
     * Whether the key that wraps the client's key may still be used, and its indexes are those in service. Without a row nothing below
     * does anything.
     */
    private static final String GATE = """
            with gate as materialized (
              select from practice_keys
              where practice_id = :practice::uuid and version = :practice_key_version and accepted
                and %s),
            """.formatted(IndexSlots.EXACT);

    private static final String INSERT = """
            ,
            created as (
              insert into clients (
                practice_id, id, first_name, last_name, email, phone, date_of_birth, ssn, address, emergency_contact,
                medical_history, notes, status, first_name_search, last_name_search, email_search, first_name_phonetic,
                last_name_phonetic, ssn_index_odd, ssn_index_even, dob_name_index_odd, dob_name_index_even, version, created_at,
                updated_at)
              select
                :practice::uuid, :id::uuid, :first_name, :last_name, :email, :phone, :date_of_birth, :ssn, :address_sealed,
                :emergency_contact, :medical_history, :notes, :status, :first_name_search, :last_name_search, :email_search,
                :first_name_phonetic, :last_name_phonetic, :ssn_index_odd, :ssn_index_even, :dob_name_index_odd,
                :dob_name_index_even, 1, :now::timestamptz, :now::timestamptz
              from claim
              where mine
              returning id),
            keyed as (
              insert into client_keys (practice_id, client_id, version, practice_key_version, wrapped)
              select :practice::uuid, id, :key_version, :practice_key_version, :wrapped
              from created),
            disclosed as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', 'clients', id, :address, :agent, :request::uuid, :purpose,
                :unmasked::jsonb
              from created
              where :purpose::text is not null)
            select mine, response from claim""";

    private static final Sql CREATE =
            Sql.of(GATE + "claim as (select true as mine, ''::bytea as response from gate)" + INSERT);

    private static final Sql CREATE_ONCE =
            Sql.of(GATE + Claim.CTE + ",\n" + Claim.replayed("coalesce(:unmasked::jsonb, '{}')") + INSERT);

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final ClientCipher cipher;
    private final ClientIndexes indexes;
    private final WrappedKeyCache wrappedKeys;
    private final Idempotency idempotency;

    ClientCreator(
            PracticeDatabase database,
            KeyHierarchy keys,
            ClientCipher cipher,
            ClientIndexes indexes,
            WrappedKeyCache wrappedKeys,
            Idempotency idempotency) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.indexes = indexes;
        this.wrappedKeys = wrappedKeys;
        this.idempotency = idempotency;
    }

    /** What the statement says of the claim; {@code mine} is always true without an idempotency key. */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Outcome(boolean mine, byte[] response) {}

    Creation<ClientView> create(Caller caller, Client client, @Nullable IdempotencyKey key) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            NewClientKey clientKey = keys.createClientKey(caller.practice(), client.id());
            Optional<Outcome> outcome;
            try {
                outcome = database.first(
                        caller,
                        query(caller, client, clientKey, key),
                        row -> new Outcome(row.bool("mine"), row.bytes("response")));
            } catch (ConstraintViolated violated) {
                return new Creation.Taken<>(ClientConstraints.takenField(violated));
            } catch (DatabaseBusy busy) {
                if (key != null && busy.ofLock()) {
                    return new Creation.InProgress<>();
                }
                throw busy;
            }
            if (outcome.isPresent()) {
                return read(caller, client, clientKey, key, outcome.get());
            }
            retired.lookAgain();
        }
    }

    private Creation<ClientView> read(
            Caller caller, Client client, NewClientKey clientKey, @Nullable IdempotencyKey key, Outcome outcome) {
        Verdict verdict = key == null
                ? new Verdict.First()
                : idempotency.verdict(caller, key, outcome.mine(), outcome.response());
        return switch (verdict) {
            case Verdict.First() -> {
                wrappedKeys.keep(caller.practice(), client.id(), packed(clientKey));
                yield new Creation.Created<>(new ClientViews(caller).of(client));
            }
            case Verdict.Repeat(byte[] answer) ->
                new Creation.Replayed<>(new ClientViews(caller).of(ClientJson.read(answer)));
            case Verdict.Mismatch() -> new Creation.Mismatch<>();
        };
    }

    private static @Nullable String unmasked(Caller caller) {
        return Sight.of(caller).unmasked(ClientField.all());
    }

    private Query query(Caller caller, Client client, NewClientKey clientKey, @Nullable IdempotencyKey key) {
        Query query = key == null
                ? CREATE.bind()
                : idempotency
                        .claim(caller, key, new Claim.Made("clients", client.id()), ClientJson.write(client))
                        .bind(CREATE_ONCE.bind());
        bindFields(query, caller.practice(), client, clientKey);
        return indexes.of(caller.practice(), normalForms(client))
                .bind(query)
                .integer("key_version", clientKey.key().version())
                .integer("practice_key_version", clientKey.practiceKeyVersion())
                .bytes("wrapped", clientKey.wrapped())
                .instant("now", client.createdAt())
                .json("unmasked", unmasked(caller));
    }

    private void bindFields(Query query, PracticeId practice, Client client, NewClientKey clientKey) {
        Seal seal = (column, text) -> cipher.seal(practice, client.id(), clientKey.key(), column, text);
        query.uuid("id", client.id())
                .text("first_name", client.firstName().value())
                .text("first_name_search", client.firstName().searchForm())
                .text("first_name_phonetic", SearchColumns.sound(client.firstName()))
                .text("last_name", client.lastName().value())
                .text("last_name_search", client.lastName().searchForm())
                .text("last_name_phonetic", SearchColumns.sound(client.lastName()))
                .text("email", client.email().value())
                .text("email_search", client.email().searchForm())
                .text("phone", client.phone() == null ? null : client.phone().e164())
                .bytes("date_of_birth", seal.of(SealedColumn.DATE_OF_BIRTH, ClientCipher.text(client.dateOfBirth())))
                .bytes("ssn", seal.of(SealedColumn.SSN, ClientCipher.text(client.ssn())))
                .bytes("address_sealed", seal.of(SealedColumn.ADDRESS, ClientCipher.text(client.address())))
                .bytes(
                        "emergency_contact",
                        seal.of(SealedColumn.EMERGENCY_CONTACT, ClientCipher.text(client.emergencyContact())))
                .bytes("medical_history", seal.of(SealedColumn.MEDICAL_HISTORY, client.medicalHistory()))
                .text("status", client.status().name())
                .bytes("notes", seal.of(SealedColumn.NOTES, client.notes()));
    }

    private static Map<IndexedColumn, String> normalForms(Client client) {
        Map<IndexedColumn, String> normal = new EnumMap<>(IndexedColumn.class);
        if (client.ssn() != null) {
            normal.put(IndexedColumn.SSN, IndexedColumn.normal(client.ssn()));
        }
        if (client.dateOfBirth() != null) {
            normal.put(IndexedColumn.BIRTH_AND_NAME, IndexedColumn.normal(client.dateOfBirth(), client.lastName()));
        }
        return normal;
    }

    /** Encrypts one column of the client at hand. */
    private interface Seal {
        byte @Nullable [] of(SealedColumn column, @Nullable String text);
    }

    private static WrappedKeys packed(NewClientKey key) {
        int version = key.key().version();
        byte[] packed = ByteBuffer.allocate(Integer.BYTES + key.wrapped().length)
                .putInt(version)
                .put(key.wrapped())
                .array();
        return new WrappedKeys(packed, version, false);
    }
}
