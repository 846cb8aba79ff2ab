package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.DataKey;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Change;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement that changes a client, if it still has the version named, with its parameters and its outcome. */
final class ClientUpdate {

    /** What became of one run of the statement. */
    enum Outcome {
        CHANGED,
        MISSING,
        GONE,
        /** Its keys were destroyed. */
        SHREDDED,
        STALE,
        /** The key that encrypted is no longer accepted, or the versions that indexes are kept under are other ones. */
        RETIRED,
        /** Somebody changed the record between the statement's snapshot and its update: another run sees what they did. */
        RACED
    }

    /** @param row the record as it is now; null unless it was changed */
    record Result(Outcome outcome, @Nullable ClientRow row) {

        /** The record that was changed. */
        ClientRow changed() {
            return Objects.requireNonNull(row);
        }

        static Result of(Row row) {
            Outcome outcome = Outcome.valueOf(row.text("outcome"));
            return new Result(outcome, outcome == Outcome.CHANGED ? ClientRow.of(row) : null);
        }
    }

    /**
     * A change of nothing that is audited leaves no row by the trigger; the record it answers with is disclosed all the same, so the
     * row is written here. The trigger's row of any other change knows no purpose: what was shown for one has a row of its own.
     */
    static final Sql SQL = Sql.of("""
            with target as materialized (
              select deleted_at, %1$s
              from clients
              where practice_id = :practice::uuid and id = :id::uuid),
            %2$s,
            key_in_use as materialized (
              select (:key_version is null or exists (
                select from client_keys
                where practice_id = :practice::uuid and client_id = :id::uuid and version = :key_version and accepted))
                and %3$s as accepted),
            changed as (
              update clients set
                first_name = case when :set_first_name then :first_name else first_name end,
                first_name_search = case when :set_first_name then :first_name_search else first_name_search end,
                first_name_phonetic = case when :set_first_name then :first_name_phonetic else first_name_phonetic end,
                last_name = case when :set_last_name then :last_name else last_name end,
                last_name_search = case when :set_last_name then :last_name_search else last_name_search end,
                last_name_phonetic = case when :set_last_name then :last_name_phonetic else last_name_phonetic end,
                email = case when :set_email then :email else email end,
                email_search = case when :set_email then :email_search else email_search end,
                phone = case when :set_phone then :phone else phone end,
                status = case when :set_status then :status else status end,
                date_of_birth = case when :set_date_of_birth then :date_of_birth else date_of_birth end,
                ssn = case when :set_ssn then :ssn else ssn end,
                address = case when :set_address then :address_sealed else address end,
                emergency_contact = case when :set_emergency_contact then :emergency_contact else emergency_contact end,
                medical_history = case when :set_medical_history then :medical_history else medical_history end,
                notes = case when :set_notes then :notes else notes end,
                ssn_index_odd = case when :set_ssn_index then :ssn_index_odd else ssn_index_odd end,
                ssn_index_even = case when :set_ssn_index then :ssn_index_even else ssn_index_even end,
                dob_name_index_odd = case when :set_dob_name_index then :dob_name_index_odd else dob_name_index_odd end,
                dob_name_index_even = case when :set_dob_name_index then :dob_name_index_even else dob_name_index_even end,
                version = version + 1,
                updated_at = :now::timestamptz
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
                and (select accepted from key_in_use) and not (select keys_destroyed from keyring)
              returning %1$s),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, case when same then 'UPDATE' else 'READ' end, 'clients', c.id, :address, :agent,
                :request::uuid, :purpose, :unmasked::jsonb
              from changed c
              cross join target t
              cross join lateral (
                select (t.first_name, t.last_name, t.email, t.phone, t.status, t.date_of_birth, t.ssn, t.address,
                  t.emergency_contact, t.medical_history, t.notes) is not distinct from (c.first_name, c.last_name, c.email,
                  c.phone, c.status, c.date_of_birth, c.ssn, c.address, c.emergency_contact, c.medical_history, c.notes) as same
              ) comparison
              where same or :purpose::text is not null)
            select
              case
                when changed.id is not null then 'CHANGED'
                when target.id is null then 'MISSING'
                when keyring.keys_destroyed then 'SHREDDED'
                when target.deleted_at is not null then 'GONE'
                when target.version <> :version then 'STALE'
                when not key_in_use.accepted then 'RETIRED'
                else 'RACED'
              end as outcome,
              changed.*, keyring.*
            from keyring
            cross join key_in_use
            left join target on true
            left join changed on true""".formatted(ClientRow.COLUMNS, WrappedKeys.CTE, IndexSlots.EXACT));

    private final ClientCipher cipher;
    private final Caller caller;
    private final UUID id;
    private final int version;
    private final ClientChanges changes;
    private final @Nullable DataKey key;
    private final IndexSlots slots;
    private final Instant now;

    /**
     * One change of one client.
     *
     * @param key encrypts; null when nothing is to be encrypted
     * @param slots the indexes of {@code changes}
     */
    ClientUpdate(
            ClientCipher cipher,
            Caller caller,
            UUID id,
            int version,
            ClientChanges changes,
            @Nullable DataKey key,
            IndexSlots slots,
            Instant now) {
        this.cipher = cipher;
        this.caller = caller;
        this.id = id;
        this.version = version;
        this.changes = changes;
        this.key = key;
        this.slots = slots;
        this.now = now;
    }

    /** With fresh ciphertexts each time. */
    Query query() {
        Change<EmailAddress> email = changes.email();
        Query query = SQL.bind()
                .uuid("id", id)
                .integer("version", version)
                .integer("key_version", key == null ? null : key.version())
                .instant("now", now)
                .json("unmasked", Sight.of(caller).unmasked(ClientField.all()))
                .text("email_search", email.map(EmailAddress::searchForm).valueOrNull());
        bindName(query, "first_name", changes.firstName());
        bindName(query, "last_name", changes.lastName());
        bindText(query, "email", email.map(EmailAddress::value));
        bindText(query, "phone", changes.phone().map(PhoneNumber::e164));
        bindText(query, "status", changes.status().map(ClientStatus::name));
        changes.sealed().forEach((column, change) -> bindSealed(query, column, change));
        changes.indexed().forEach((column, change) -> query.bool("set_" + column.column(), change.isChange()));
        return slots.bind(query);
    }

    private static void bindName(Query query, String column, Change<PersonName> change) {
        PersonName name = change.valueOrNull();
        bindText(query, column, change.map(PersonName::value))
                .text(column + "_search", name == null ? null : name.searchForm())
                .text(column + "_phonetic", name == null ? null : SearchColumns.sound(name));
    }

    private static Query bindText(Query query, String column, Change<String> change) {
        return query.bool("set_" + column, change.isChange()).text(column, change.valueOrNull());
    }

    private void bindSealed(Query query, SealedColumn column, Change<String> change) {
        String text = change.valueOrNull();
        if (text != null && key == null) {
            throw new IllegalStateException("a change that encrypts needs a key");
        }
        byte[] sealed = text == null || key == null ? null : cipher.seal(caller.practice(), id, key, column, text);
        // :address is the caller's network address.
        String parameter = column == SealedColumn.ADDRESS ? "address_sealed" : column.column();
        query.bool("set_" + column.column(), change.isChange()).bytes(parameter, sealed);
    }
}
