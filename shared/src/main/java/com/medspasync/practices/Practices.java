package com.medspasync.practices;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import org.jspecify.annotations.Nullable;

/** The practices that the platform serves. Thread-safe. */
public final class Practices {

    private static final Sql CREATE = Sql.of("""
            with created as (
              insert into practices (id, name, address, phone, email, time_zone, tax_id, license_number)
              select :practice::uuid, :name, :place, :phone, :email, :time_zone, :tax_id, :license_number
              where not exists (select from retired_root_keys where version = :root_version)
              returning id)
            insert into practice_keys (practice_id, version, root_version, wrapped, accepted, indexed, index_bits)
            select id, :key_version, :root_version, :wrapped, :accepted, :indexed, :index_bits
            from created""");

    private static final Sql EXISTS =
            Sql.of("select exists (select from practices where id = :practice::uuid and deleted_at is null) as found");

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;

    public Practices(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
    }

    /**
     * Stores a practice and its first key, in one round trip.
     *
     * @param origin where the wish comes from, for the audit
     * @throws com.medspasync.database.ConstraintViolated when there is a practice of that id
     */
    public void create(NewPractice practice, Origin origin) {
        if (!createOnce(practice, origin)) {
            // The root's version was retired after this instance read it.
            keys.refreshRoot();
            if (!createOnce(practice, origin)) {
                throw new IllegalStateException("no version of the root key is accepted");
            }
        }
    }

    /** False when the version of the root key that it used is retired. */
    private boolean createOnce(NewPractice practice, Origin origin) {
        PracticeId id = practice.id();
        WrappedPracticeKey key = keys.createPracticeKey(id);
        DataKey fields = keys.purposeKey(id, key, Purpose.PRACTICE_FIELDS);
        return database.update(
                        Caller.platform(id, origin),
                        PracticeKeyStore.bind(CREATE.bind(), key)
                                .text("name", practice.name())
                                .text("place", practice.address())
                                .text(
                                        "phone",
                                        practice.phone() == null
                                                ? null
                                                : practice.phone().e164())
                                .text(
                                        "email",
                                        practice.email() == null
                                                ? null
                                                : practice.email().value())
                                .text("time_zone", practice.timeZone().getId())
                                .bytes("tax_id", encrypted(fields, id, "tax_id", practice.taxId()))
                                .bytes(
                                        "license_number",
                                        encrypted(fields, id, "license_number", practice.licenseNumber())))
                > 0;
    }

    /** Whether there is such a practice. */
    public boolean exists(PracticeId practice, Origin origin) {
        return database.one(Caller.platform(practice, origin), EXISTS.bind(), row -> row.bool("found"));
    }

    private byte @Nullable [] encrypted(DataKey key, PracticeId id, String column, @Nullable String value) {
        return value == null ? null : cipher.encrypt(key, new FieldContext(id, "practices", column, id.value()), value);
    }
}
