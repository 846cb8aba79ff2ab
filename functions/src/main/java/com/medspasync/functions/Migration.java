package com.medspasync.functions;

import com.fasterxml.uuid.Generators;
import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.RootKeys;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.Migrated;
import com.medspasync.database.Migrator;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Seed;
import com.medspasync.identity.FirstOperator;
import com.medspasync.identity.OneTimeToken;
import com.medspasync.practices.PlatformPracticeKey;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeyRenewal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The composition root of what runs before the app: schema, partitions, the key root, a signing key, and the first operator.
 *
 * @param migrated what was left to do
 * @param operatorToken lets the first operator choose a password; empty when there was one. Shown once, stored nowhere
 */
public record Migration(Migrated migrated, Optional<OneTimeToken> operatorToken) {

    /**
     * Does all that is left to do; a second run changes nothing.
     *
     * @param login the owner, or an administrator who may act as the owner
     * @param passwords for the roles that are made, where roles log in by password
     * @param operator the first operator's e-mail address
     * @param progress told each step; no secret is among them
     */
    public static Migration run(
            DatabaseSettings login,
            Map<DatabaseRole, String> passwords,
            RootKeys roots,
            EmailAddress operator,
            Consumer<String> progress) {
        SecureRandom random = new SecureRandom();
        AtomicReference<@Nullable OneTimeToken> token = new AtomicReference<>();
        List<Seed> seeds = List.of(
                new Seed("key root", owner -> created(roots)),
                new Seed("signing key", owner -> renewal(owner, roots, random).run()),
                new Seed("platform's key", owner -> new PlatformPracticeKey(keys(owner, roots, random)).create(owner)),
                new Seed("first operator", owner -> {
                    token.set(new FirstOperator(operator, random).create(owner).orElse(null));
                    return token.get() != null;
                }));
        Migrated migrated = new Migrator(login, passwords, seeds, progress).run();
        return new Migration(migrated, Optional.ofNullable(token.get()));
    }

    private static boolean created(RootKeys roots) {
        boolean created = roots.createIfAbsent();
        // There before or not, that it can be read is what the next seed needs.
        roots.current();
        return created;
    }

    private static SigningKeyRenewal renewal(PracticeDatabase owner, RootKeys roots, SecureRandom random) {
        return new SigningKeyRenewal(
                owner,
                new SealedSigningKeys(
                        new Envelope(random), keys(owner, roots, random).platformKeys(PlatformPurpose.SIGNING_KEYS)),
                Clock.systemUTC());
    }

    private static KeyHierarchy keys(PracticeDatabase owner, RootKeys roots, SecureRandom random) {
        return new KeyHierarchy(
                roots,
                new PracticeKeyStore(owner, Generators.timeBasedEpochRandomGenerator()::generate),
                new Envelope(random),
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(1));
    }
}
