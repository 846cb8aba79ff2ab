package com.medspasync.bench;

import com.medspasync.clients.Platform;
import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.identity.Identity;
import com.medspasync.identity.Lockout;
import com.medspasync.identity.LoginOutcome;
import com.medspasync.identity.Logins;
import com.medspasync.identity.NetworkLimit;
import com.medspasync.input.Parsed;
import com.medspasync.notice.Notices;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.SigningKey;
import com.medspasync.token.TokenKeys;
import com.medspasync.token.TokenSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Whether the time of a refusal tells who exists: unknown addresses and wrong passwords by turns, in milliseconds, and their
 * ratio. Takes the number of tries, 30 unless told.
 */
public final class LoginBench {

    private static final EmailAddress KNOWN = new EmailAddress("known@bench.example");
    private static final Origin ORIGIN = new Origin("127.0.0.1", null, new UUID(0, 1));

    private LoginBench() {}

    public static void main(String[] args) {
        int tries = args.length == 0 ? 30 : Integer.parseInt(args[0]);
        try (EmbeddedDatabase embedded = EmbeddedDatabase.migrated()) {
            PracticeDatabase database = embedded.open(EmbeddedDatabase.APP);
            Passwords passwords = new Passwords(new SecureRandom());
            Caller platform = Caller.platform(PracticeId.PLATFORM, ORIGIN);
            Instant now = Clock.systemUTC().instant();
            TokenKeys keys = TokenBench.only(SigningKey.generate(now, now.plus(Duration.ofDays(1))));
            AccessTokens tokens = new AccessTokens(keys, TokenSettings.of("bench", "bench"), Clock.systemUTC());
            // Never locked: a locked user is refused by the same work, but this is about wrong passwords.
            Lockout never = new Lockout(Integer.MAX_VALUE, Duration.ofMinutes(1), Duration.ofMinutes(1));
            KeyHierarchy practiceKeys = Platform.on(embedded).newKeys();
            Identity identity = Identity.on(
                    database,
                    practiceKeys,
                    new FieldCipher(new Envelope(new SecureRandom())),
                    passwords,
                    tokens,
                    new Cursors(practiceKeys, new Envelope(new SecureRandom())),
                    new Notices((id, delay) -> {}, UUID::randomUUID),
                    new Identity.Limits(never, new NetworkLimit(Integer.MAX_VALUE, Duration.ofMinutes(1))),
                    new SecureRandom(),
                    Clock.systemUTC());
            identity.users().create(platform, KNOWN, Role.OPERATOR, password("Bench-Password-1"));
            measure(identity.logins(), tries);
        }
    }

    private static void measure(Logins logins, int tries) {
        double[] unknown = new double[tries];
        double[] wrong = new double[tries];
        for (int i = -3; i < tries; i++) {
            double first = refusal(logins, new EmailAddress("unknown" + i + "@bench.example"));
            double second = refusal(logins, KNOWN);
            if (i >= 0) {
                unknown[i] = first;
                wrong[i] = second;
            }
        }
        System.out.printf(
                "%d tries each: unknown address median %.1f ms, wrong password median %.1f ms, ratio of medians %.3f, of means %.3f%n",
                tries,
                median(unknown),
                median(wrong),
                median(unknown) / median(wrong),
                Arrays.stream(unknown).sum() / Arrays.stream(wrong).sum());
    }

    private static double refusal(Logins logins, EmailAddress email) {
        long start = System.nanoTime();
        if (!(logins.login(email, password("Bench-Password-2"), ORIGIN) instanceof LoginOutcome.Refused)) {
            throw new IllegalStateException("a login that must be refused was not");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static Password password(String text) {
        if (Password.typed(text) instanceof Parsed.Valid<Password>(Password password)) {
            return password;
        }
        throw new IllegalStateException("the bench's own password is refused");
    }
}
