package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.Row;
import com.medspasync.input.Violation;
import com.medspasync.password.Password;
import com.medspasync.password.PasswordPolicy;
import com.medspasync.password.Passwords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a user may have the password that was chosen, and its hash. Thread-safe. */
final class NewPassword {

    /** What a query that serves {@link Held} selects of {@code u}, a row of users: the passwords that may not come back. */
    static final String HELD = """
            u.email, u.password,
              (select array_agg(h.password)
               from (
                 select password from password_history
                 where practice_id = u.practice_id and user_id = u.id
                 order by replaced_at desc
                 limit 4) h) as earlier""";

    /**
     * Common table expressions after one named {@code changed}, which gives the {@code id} of a user who has just been given
     * {@code :password}, and {@code replaced}, the one before: that is remembered, sessions but {@code :session} end, and so do the tokens that
     * would let somebody choose another.
     */
    static final String AFTERWARDS = """
            remembered as (
              insert into password_history (practice_id, user_id, password)
              select :practice::uuid, id, replaced from changed where replaced is not null),
            %s,
            spent as (
              update one_time_tokens t
              set used_at = now()
              from changed c
              where t.practice_id = :practice::uuid and t.user_id = c.id and t.used_at is null)""".formatted(SessionEnd.others("changed", "PASSWORD"));

    static final Duration WHEN_BUSY = Duration.ofSeconds(2);

    private final Passwords passwords;
    private final PasswordPolicy policy;

    /** What is known of the user. */
    record Held(EmailAddress email, @Nullable String password, List<String> earlier) {

        static Held of(Row row) {
            List<String> earlier = row.textsOrNull("earlier");
            return new Held(
                    new EmailAddress(row.text("email")),
                    row.textOrNull("password"),
                    earlier == null ? List.of() : earlier);
        }

        private List<String> all() {
            List<String> all = new ArrayList<>(earlier);
            if (password != null) {
                all.add(password);
            }
            return all;
        }

        @Override
        public String toString() {
            return "Held[hidden]";
        }
    }

    /** What was found. */
    sealed interface Verdict {

        /** The hash to store. */
        record Fit(String hash) implements Verdict {
            @Override
            public String toString() {
                return "Fit[hidden]";
            }
        }

        record Unfit(Violation violation) implements Verdict {}

        /** Too many passwords are being hashed; nothing was decided. */
        record Busy() implements Verdict {}
    }

    NewPassword(Passwords passwords, PasswordPolicy policy) {
        this.passwords = passwords;
        this.policy = policy;
    }

    /** Costs one bcrypt for each password that may not come back, five at most, and one more. */
    Verdict check(Password chosen, Held held) {
        Optional<Violation> violation = policy.violation(chosen, held.email());
        if (violation.isPresent()) {
            return new Verdict.Unfit(violation.get());
        }
        return switch (passwords.matchesAny(chosen, held.all())) {
            case BUSY -> new Verdict.Busy();
            case MATCHES -> new Verdict.Unfit(new Violation("", "reused", "must be none of your last five"));
            case DIFFERS ->
                passwords.hash(chosen).<Verdict>map(Verdict.Fit::new).orElseGet(Verdict.Busy::new);
        };
    }
}
