package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Attempts.Failure;
import com.medspasync.identity.Redemption.Busy;
import com.medspasync.identity.Redemption.Redeemed;
import com.medspasync.identity.Redemption.Refused;
import com.medspasync.identity.Redemption.Unfit;
import com.medspasync.input.Violation;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;

/** Lets users who are logged in, and know their password, have another one. Two round trips. Thread-safe. */
public final class PasswordChanges {

    private static final Sql LOOK_UP = Sql.of("""
            select coalesce(u.locked_until > now(), false) as locked, %s
            from users u
            where u.practice_id = :practice::uuid and u.id = :user::uuid""".formatted(NewPassword.HELD));

    private static final Sql CHANGE = Sql.of("""
            with changed as (
              update users
              set password = :password, login_attempts = 0, version = version + 1, updated_at = now()
              where practice_id = :practice::uuid and id = :user::uuid and password = :replaced
                and (locked_until is null or locked_until <= now())
              returning id, :replaced::text as replaced),
            %s
            select exists (select from changed) as changed""".formatted(NewPassword.AFTERWARDS));

    private final PracticeDatabase database;
    private final Passwords passwords;
    private final NewPassword newPassword;
    private final Attempts attempts;

    private record Stored(boolean locked, NewPassword.Held held) {
        static Stored of(Row row) {
            return new Stored(row.bool("locked"), NewPassword.Held.of(row));
        }
    }

    PasswordChanges(PracticeDatabase database, Passwords passwords, NewPassword newPassword, Attempts attempts) {
        this.database = database;
        this.passwords = passwords;
        this.newPassword = newPassword;
        this.attempts = attempts;
    }

    /** Has {@code chosen} count from now on; all other sessions of the user end. A wrong {@code present} counts towards the lock. */
    public Redemption change(Caller caller, Password present, Password chosen) {
        Stored stored = database.one(caller, LOOK_UP.bind(), Stored::of);
        if (stored.locked()) {
            return refuse(caller, Failure.LOCKED);
        }
        return switch (passwords.check(present, stored.held().password())) {
            case BUSY -> new Busy(NewPassword.WHEN_BUSY);
            case DIFFERS -> refuse(caller, Failure.WRONG_PASSWORD);
            case MATCHES ->
                switch (newPassword.check(chosen, stored.held())) {
                    case NewPassword.Verdict.Busy busy -> new Busy(NewPassword.WHEN_BUSY);
                    case NewPassword.Verdict.Unfit(Violation violation) -> new Unfit(violation);
                    case NewPassword.Verdict.Fit(String hash) -> change(caller, stored, hash);
                };
        };
    }

    private Redemption change(Caller caller, Stored stored, String hash) {
        boolean changed = database.one(
                caller,
                CHANGE.bind()
                        .text("password", hash)
                        .text("replaced", stored.held().password())
                        .uuid("session", caller.session()),
                row -> row.bool("changed"));
        return changed ? new Redeemed() : refuse(caller, Failure.CHANGED_MEANWHILE);
    }

    private Redemption refuse(Caller caller, Failure failure) {
        attempts.refuse(caller, caller.user(), failure);
        return new Refused();
    }
}
