package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.Optional;

/** The practices that the platform serves. Thread-safe. */
public final class Practices {

    private static final Sql CREATE = Sql.of("""
            with created as (
              insert into practices (id, name, address, phone, email, time_zone, tax_id, license_number)
              select :practice::uuid, :name, :place, :phone, :email, :time_zone, :tax_id, :license_number
              where not exists (select from retired_root_keys where version = :root_version)
              returning %1$s),
            keyed as (
              insert into practice_keys (practice_id, version, root_version, wrapped, accepted, indexed, index_bits)
              select id, :key_version, :root_version, :wrapped, :accepted, :indexed, :index_bits
              from created)
            select %1$s from created""".formatted(PracticeRow.COLUMNS));

    private static final Sql EXISTS =
            Sql.of("select exists (select from practices where id = :practice::uuid and deleted_at is null) as found");

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final PracticeNumbers numbers;

    public Practices(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher) {
        this.database = database;
        this.keys = keys;
        this.numbers = new PracticeNumbers(keys, cipher);
    }

    /**
     * Stores a practice and its first key, in one round trip.
     *
     * @param origin where the wish comes from, for the audit
     * @throws com.medspasync.database.ConstraintViolated when there is a practice of that id
     */
    public void create(NewPractice practice, Origin origin) {
        create(Caller.platform(practice.id(), origin), practice);
    }

    /** As {@link #create(NewPractice, Origin)}, by {@code caller}, who acts in the practice that is to be. */
    PracticeRow create(Caller caller, NewPractice practice) {
        return createOnce(caller, practice).orElseGet(() -> {
            // The root's version was retired after this instance read it.
            keys.refreshRoot();
            return createOnce(caller, practice)
                    .orElseThrow(() -> new IllegalStateException("no version of the root key is accepted"));
        });
    }

    /** Empty when the version of the root key that it used is retired. */
    private Optional<PracticeRow> createOnce(Caller caller, NewPractice practice) {
        PracticeId id = practice.id();
        WrappedPracticeKey key = keys.createPracticeKey(id);
        DataKey fields = keys.purposeKey(id, key, Purpose.PRACTICE_FIELDS);
        PhoneNumber phone = practice.phone();
        EmailAddress email = practice.email();
        return database.first(
                caller,
                PracticeKeyStore.bind(CREATE.bind(), key)
                        .text("name", practice.name())
                        .text("place", practice.address())
                        .text("phone", phone == null ? null : phone.e164())
                        .text("email", email == null ? null : email.value())
                        .text("time_zone", practice.timeZone().getId())
                        .bytes("tax_id", numbers.sealed(fields, id, PracticeNumbers.TAX_ID, practice.taxId()))
                        .bytes(
                                "license_number",
                                numbers.sealed(fields, id, PracticeNumbers.LICENSE_NUMBER, practice.licenseNumber())),
                PracticeRow::of);
    }

    /** Whether there is such a practice. */
    public boolean exists(PracticeId practice, Origin origin) {
        return database.one(Caller.platform(practice, origin), EXISTS.bind(), row -> row.bool("found"));
    }
}
