package com.medspasync.identity;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import java.time.Clock;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether what a user gives is their second factor. Thread-safe. */
public final class SecondFactor {

    /**
     * A common table expression that finds the recovery code of the user {@code :id}, if that is what was given, as {@code code}. Of two
     * that bring it at once, one waits here and finds it used.
     */
    static final String CODE = """
            code as materialized (
              select user_id
              from recovery_codes
              where practice_id = :practice::uuid and user_id = :id::uuid and code_hash = :code_hash and used_at is null
                and replaced_at is null
              for update)""";

    /** What a statement asks of {@code u}, the row of the user: that the code counts. */
    static final String COUNTS = "(u.mfa_last_step < :step or exists (select from code))";

    /** A common table expression that uses the recovery code up when the one named {@code entered} has a row. */
    static final String USED = """
            used_code as (
              update recovery_codes
              set used_at = now()
              where practice_id = :practice::uuid and user_id = :id::uuid and code_hash = :code_hash
                and exists (select from entered))""";

    /** A common table expression after one named {@code changed}: the recovery codes of the user whose {@code id} that has count no more. */
    static final String CODES_REPLACED = """
            replaced as (
              update recovery_codes r
              set replaced_at = now()
              from changed c
              where r.practice_id = :practice::uuid and r.user_id = c.id and r.replaced_at is null)""";

    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final Clock clock;

    /** What a user gives. */
    public sealed interface Given {

        /** What the authenticator shows. */
        record Code(TotpCode code) implements Given {}

        /** One of the codes for when the authenticator is lost. */
        record Recovery(RecoveryCode code) implements Given {}
    }

    /** What is kept of a user's authenticator. */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    record Stored(byte @Nullable [] secret, long lastStep) {

        /** Reads {@code mfa_secret} and {@code mfa_last_step}. */
        static Stored of(Row row) {
            return new Stored(row.bytesOrNull("mfa_secret"), row.bigint("mfa_last_step"));
        }
    }

    /** What was found. */
    sealed interface Verdict {

        /** A code that no authenticator of the user shows now. */
        record Wrong() implements Verdict {}

        /** A code that let somebody in before. */
        record Used() implements Verdict {}

        /**
         * Right, as far as it can be told before the statement that uses it up.
         *
         * @param step the time step of a code; null for a recovery code
         * @param codeHash of a recovery code; null for a code
         */
        @SuppressWarnings("ArrayRecordComponent") // bound at once, never compared
        record Right(@Nullable Long step, byte @Nullable [] codeHash) implements Verdict {

            /** What it was when the statement does not take it: a code that was used at the same moment, or a guess at a recovery code. */
            Attempts.Failure failure() {
                return step == null ? Attempts.Failure.WRONG_CODE : Attempts.Failure.USED_CODE;
            }

            /** Binds {@code :step} and {@code :code_hash}. */
            Query bind(Query query) {
                return query.bigint("step", step).bytes("code_hash", codeHash);
            }
        }
    }

    public SecondFactor(KeyHierarchy keys, FieldCipher cipher, Clock clock) {
        this.keys = keys;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Looks at what was given; a recovery code is looked at by the statement alone. */
    Verdict check(PracticeId practice, UUID user, Stored stored, Given given) {
        return switch (given) {
            case Given.Recovery(RecoveryCode code) -> new Verdict.Right(null, code.hash(practice, user));
            case Given.Code(TotpCode code) -> check(practice, user, stored, code);
        };
    }

    private Verdict check(PracticeId practice, UUID user, Stored stored, TotpCode code) {
        byte[] sealed = stored.secret();
        if (sealed == null) {
            return new Verdict.Wrong();
        }
        TotpSecret secret = open(practice, user, sealed);
        OptionalLong step = Totp.accept(secret, code, clock.instant(), stored.lastStep());
        if (step.isPresent()) {
            return new Verdict.Right(step.getAsLong(), null);
        }
        boolean used = Totp.accept(secret, code, clock.instant(), -1).isPresent();
        return used ? new Verdict.Used() : new Verdict.Wrong();
    }

    private TotpSecret open(PracticeId practice, UUID user, byte[] sealed) {
        byte[] bytes = cipher.decrypt(keys.purposeKeys(practice, Purpose.USER_SECRETS), place(practice, user), sealed);
        try {
            return TotpSecret.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A new secret of a user, sealed, to be stored under the practice key's version that the envelope names. */
    byte[] seal(PracticeId practice, UUID user, TotpSecret secret) {
        byte[] bytes = secret.bytes();
        try {
            return cipher.encrypt(keys.purposeKey(practice, Purpose.USER_SECRETS), place(practice, user), bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static FieldContext place(PracticeId practice, UUID user) {
        return new FieldContext(practice, "users", "mfa_secret", user);
    }
}
