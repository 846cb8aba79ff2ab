package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Change;
import com.medspasync.input.Json;
import com.medspasync.input.Violation;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Update;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a practice is called, where it is, and how it works. Each method is one database round trip. Reads are not audited: a practice's
 * own record tells of no person. Its numbers are stored encrypted and shown to its administrators alone.
 *
 * <p>A caller finds the practice that it belongs to, or as an operator acts in, and no other; the platform's own is none. The version is
 * that of the access policy too. Thread-safe.
 */
public final class PracticeSettings {

    /** The session is asked for by the statement: so there is one, also where another practice is named. */
    private static final Sql FIND = Sql.of("""
            select %s
            from practices
            where id = :practice::uuid and id = :id::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is null""".formatted(PracticeRow.COLUMNS));

    private static final Sql CHANGE = Sql.of("""
            with target as materialized (
              select version
              from practices
              where id = :practice::uuid and id = :id::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is null),
            key_in_use as materialized (
              select :key_version is null or exists (
                select from practice_keys
                where practice_id = :practice::uuid and version = :key_version and accepted) as accepted),
            changed as (
              update practices
              set name = coalesce(:name, name), address = case when :set_place then :place else address end,
                phone = case when :set_phone then :phone else phone end, email = case when :set_email then :email else email end,
                tax_id = case when :set_tax_id then :tax_id else tax_id end,
                license_number = case when :set_license_number then :license_number else license_number end,
                time_zone = coalesce(:time_zone, time_zone),
                opening_hours = case when :set_opening_hours then :opening_hours::jsonb else opening_hours end,
                slot_minutes = coalesce(:slot_minutes, slot_minutes),
                late_cancellation_hours = coalesce(:late_hours, late_cancellation_hours),
                reminder_hours = case when :set_reminder_hours then :reminder_hours else reminder_hours end,
                version = version + 1, updated_at = now()
              where id = :practice::uuid and id = :id::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is null and version = :version
                and (select accepted from key_in_use)
              returning %s)
            select
              case
                when changed.id is not null then 'DONE'
                when target.version is null then 'MISSING'
                when target.version <> :version then 'STALE'
                when not key_in_use.accepted then 'RETIRED'
                else 'RACED'
              end as outcome,
              changed.*
            from key_in_use
            left join target on true
            left join changed on true""".formatted(PracticeRow.COLUMNS));

    /** What PostgreSQL says to a time zone that it does not know: invalid_parameter_value. */
    private static final String UNKNOWN_ZONE = "22023";

    /** RACED: somebody changed the practice between the statement's snapshot and its update, and another run sees what they did. */
    private enum Outcome {
        DONE,
        MISSING,
        STALE,
        RETIRED,
        RACED
    }

    private record Result(Outcome outcome, @Nullable PracticeRow row) {

        static Result of(Row row) {
            Outcome outcome = Outcome.valueOf(row.text("outcome"));
            return new Result(outcome, outcome == Outcome.DONE ? PracticeRow.of(row) : null);
        }
    }

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final PracticeNumbers numbers;

    public PracticeSettings(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher) {
        this.database = database;
        this.keys = keys;
        this.numbers = new PracticeNumbers(keys, cipher);
    }

    /** The practice, if it is the caller's and is not closed. */
    public Lookup<Practice> find(Caller caller, UUID id) {
        return database.first(caller, FIND.bind().uuid("id", id), PracticeRow::of)
                .map(row -> shown(caller, row))
                .<Lookup<Practice>>map(Lookup.Found::new)
                .orElseGet(Lookup.Missing::new);
    }

    /**
     * Changes the practice, if it still has {@code version}.
     *
     * @throws com.medspasync.crypto.CryptoException when a number is to be encrypted and the keys cannot be had
     */
    public Update<Practice> update(Caller caller, UUID id, int version, PracticePatch patch) {
        // Nobody's keys are asked for before it is known that the practice is the caller's.
        boolean own = caller.practice().value().equals(id) && !caller.practice().isPlatform();
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            DataKey key = own && patch.encrypts() ? keys.purposeKey(caller.practice(), Purpose.PRACTICE_FIELDS) : null;
            Result result;
            try {
                result = database.one(caller, query(caller.practice(), id, version, patch, key), Result::of);
            } catch (DatabaseException failure) {
                if (patch.timeZone() != null && failure.sqlState().equals(UNKNOWN_ZONE)) {
                    return new Update.Refused<>(List.of(new Violation(
                            "/timeZone", "choice", "must be the name of an IANA time zone that the database knows")));
                }
                throw failure;
            }
            Optional<Update<Practice>> done = outcome(caller, result);
            if (done.isPresent()) {
                return done.get();
            }
            if (result.outcome() == Outcome.RETIRED) {
                retired.lookAgain();
            }
        }
    }

    private Optional<Update<Practice>> outcome(Caller caller, Result result) {
        PracticeRow row = result.row();
        return switch (result.outcome()) {
            case DONE -> Optional.ofNullable(row).map(changed -> new Update.Updated<>(shown(caller, changed)));
            case MISSING -> Optional.of(new Update.Missing<>());
            case STALE -> Optional.of(new Update.Stale<>());
            case RETIRED, RACED -> Optional.empty();
        };
    }

    private Practice shown(Caller caller, PracticeRow row) {
        return caller.role() == Role.ADMIN ? row.opened(numbers) : row.withoutNumbers();
    }

    private Query query(PracticeId practice, UUID id, int version, PracticePatch patch, @Nullable DataKey key) {
        WeekHours hours = patch.openingHours().valueOrNull();
        ZoneId zone = patch.timeZone();
        Query query = CHANGE.bind()
                .uuid("id", id)
                .integer("version", version)
                .integer("key_version", key == null ? null : key.version())
                .text("name", patch.name())
                .bool("set_place", patch.address().isChange())
                .text("place", patch.address().valueOrNull())
                .bool("set_phone", patch.phone().isChange())
                .text("phone", patch.phone().map(PhoneNumber::e164).valueOrNull())
                .bool("set_email", patch.email().isChange())
                .text("email", patch.email().map(EmailAddress::value).valueOrNull())
                .text("time_zone", zone == null ? null : zone.getId())
                .bool("set_opening_hours", patch.openingHours().isChange())
                .json("opening_hours", hours == null ? null : Json.write(hours.json()))
                .integer("slot_minutes", patch.slotMinutes())
                .integer("late_hours", patch.lateCancellationHours())
                .bool("set_reminder_hours", patch.reminderHours().isChange())
                .integer("reminder_hours", patch.reminderHours().valueOrNull());
        bind(query, practice, PracticeNumbers.TAX_ID, patch.taxId(), key);
        return bind(query, practice, PracticeNumbers.LICENSE_NUMBER, patch.licenseNumber(), key);
    }

    /** Without a key nothing is encrypted: the practice is another then, and the statement changes nothing. */
    private Query bind(Query query, PracticeId practice, String column, Change<String> change, @Nullable DataKey key) {
        return query.bool("set_" + column, change.isChange())
                .bytes(column, key == null ? null : numbers.sealed(key, practice, column, change.valueOrNull()));
    }
}
