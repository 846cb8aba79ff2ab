package com.medspasync.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.Verification.Reason;
import com.medspasync.token.Verification.Rejected;
import com.medspasync.token.Verification.Verified;
import com.nimbusds.jose.jwk.JWK;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    private static final TokenSettings SETTINGS = TokenSettings.of("https://medspasync.example", "medspasync-api");
    private static final Authenticated USER = new Authenticated(
            new PracticeId(UUID.randomUUID()),
            UUID.randomUUID(),
            Role.STAFF,
            UUID.randomUUID(),
            new Authenticated.Proof(Instant.EPOCH, false),
            false,
            null);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated();
    private final PracticeDatabase owner = embedded.open(EmbeddedDatabase.OWNER);
    private final PracticeDatabase app = embedded.open(EmbeddedDatabase.APP);
    // The database tells its own time, so the clock starts at it.
    private final MovableClock clock =
            new MovableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));

    private final Path directory;
    private SealedSigningKeys sealed;

    SigningKeysTest(@TempDir Path directory) {
        this.directory = directory;
        this.sealed = sealedUnder(directory.resolve("root.keys"));
    }

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void run_byEightMigratorsAtOnce_makesOneKey() throws Exception {
        int migrators = 8;
        List<Future<Boolean>> made = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(migrators)) {
            CountDownLatch together = new CountDownLatch(migrators);
            for (int i = 0; i < migrators; i++) {
                PracticeDatabase own =
                        embedded.open(embedded.settings(EmbeddedDatabase.OWNER).withPoolSize(1));
                made.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return new SigningKeyRenewal(own, sealed, clock).run();
                }));
            }
        }

        assertThat(made.stream().filter(Future::resultNow)).hasSize(1);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void run_whileAKeyHasHalfItsLife_makesNone() {
        assertThat(renew()).isTrue();
        assertThat(renew()).isFalse();
        clock.forward(Duration.ofDays(182));
        assertThat(renew()).isFalse();
        clock.forward(Duration.ofDays(1));
        assertThat(renew()).isTrue();
        assertThat(stored()).hasSize(2);
    }

    @Test
    void verify_aTokenOfAnotherInstance_isAccepted() {
        renew();
        AccessTokens first = instance();
        AccessTokens second = instance();

        assertThat(second.verify(first.issue(USER).token()))
                .isInstanceOfSatisfying(
                        Verified.class, verified -> assertThat(verified.user()).isEqualTo(USER));
    }

    @Test
    void renewal_overlaps_theOldKeySignsUntilTheNewOneBegins() {
        renew();
        AccessTokens running = instance();
        String old = kid(running, running.issue(USER).token());
        clock.forward(Duration.ofDays(183));
        renew();
        String before = running.issue(USER).token();
        assertThat(kid(running, before)).isEqualTo(old);

        clock.forward(SigningKeyRenewal.NOTICE);
        String after = running.issue(USER).token();

        assertThat(kid(running, after)).isNotEqualTo(old);
        assertThat(kid(instance(), after)).isNotEqualTo(old);
        clock.forward(Duration.ofMinutes(-50));
        assertThat(kid(instance(), before)).as("signed by the old key").isEqualTo(old);
    }

    @Test
    void published_aKey_hasItsPublicMembersAndNoOthers() throws Exception {
        renew();
        SigningKeys keys = new SigningKeys(app, sealed, SETTINGS, clock);
        JWK published = keys.published().getKeys().getFirst();

        assertThat(keys.published().getKeys()).hasSize(1);
        assertThat(published.toJSONObject()).containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg");
        assertThat(published.toJSONObject())
                .containsEntry("kty", "EC")
                .containsEntry("crv", "P-256")
                .containsEntry("use", "sig")
                .containsEntry("alg", "ES256");
        assertThat(published.getKeyID()).isEqualTo(published.computeThumbprint().toString());
    }

    @Test
    void published_duringAnOverlap_areBothKeysUntilTheOldOneEnds() {
        renew();
        SigningKeys running = new SigningKeys(app, sealed, SETTINGS, clock);
        String old = running.current().kid();
        clock.forward(Duration.ofDays(183));
        renew();
        // Half the notice: the running instance has read the new key, which does not sign yet.
        clock.forward(SigningKeyRenewal.NOTICE.dividedBy(2));
        assertThat(running.current().kid()).isEqualTo(old);
        assertThat(kids(running)).hasSize(2).first().isEqualTo(old);

        clock.forward(SigningKeyRenewal.NOTICE);
        String fresh = running.current().kid();
        assertThat(kids(running)).containsExactly(old, fresh);

        clock.forward(SigningKeyRenewal.LIFE.minusDays(183).minus(SigningKeyRenewal.NOTICE));
        assertThat(kids(running)).containsExactly(fresh);
    }

    private static List<String> kids(SigningKeys keys) {
        return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
    }

    @Test
    void verify_anUnknownKey_looksAgainButNotMoreThanOnceASecond() {
        renew();
        AccessTokens running = instance();
        running.issue(USER);
        SigningKey fresh = SigningKey.generate(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        String invented = new AccessTokens(new HeldKeys(fresh), SETTINGS, clock)
                .issue(USER)
                .token();
        assertThat(running.verify(invented)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));

        insert(fresh, sealed.seal(fresh), SealedSigningKeys.publicJwk(fresh));
        assertThat(running.verify(invented)).as("within the pause").isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
        clock.forward(Duration.ofSeconds(1));
        assertThat(running.verify(invented)).isInstanceOf(Verified.class);
    }

    @Test
    void verify_byAKeyThatWasDeleted_endsWithinTheTimeToLive() {
        renew();
        AccessTokens running = instance();
        String token = running.issue(USER).token();
        assertThat(running.verify(token)).isInstanceOf(Verified.class);
        embedded.execute("delete from signing_keys");
        assertThat(running.verify(token)).isInstanceOf(Verified.class);

        clock.forward(SigningKeys.TIME_TO_LIVE);
        assertThat(running.verify(token)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void verify_aKeyPutThereWithoutTheRoot_isNotUsed() {
        renew();
        SigningKey forged = SigningKey.generate(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        String jwk = SealedSigningKeys.publicJwk(forged);
        byte[] someoneElses = stored().getFirst();
        insert(forged, someoneElses, jwk);
        SigningKey second = SigningKey.generate(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        insert(second, new byte[100], SealedSigningKeys.publicJwk(second));
        SigningKey third = SigningKey.generate(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        insert(third, sealedUnder(directory.resolve("other.keys")).seal(third), SealedSigningKeys.publicJwk(third));
        SigningKey fourth = SigningKey.generate(clock.instant(), clock.instant().plus(Duration.ofDays(1)));
        insert(fourth, sealed.seal(fourth), jwk);

        AccessTokens running = instance();
        for (SigningKey key : List.of(forged, second, third, fourth)) {
            String token = new AccessTokens(new HeldKeys(key), SETTINGS, clock)
                    .issue(USER)
                    .token();
            assertThat(running.verify(token)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
        }
        assertThat(running.verify(running.issue(USER).token())).isInstanceOf(Verified.class);
    }

    @Test
    void run_whenNoKeyOpens_makesOneThatSignsAtOnce() {
        renew();
        sealed = sealedUnder(directory.resolve("new-root.keys"));

        assertThat(renew()).isTrue();
        assertThat(instance().verify(instance().issue(USER).token())).isInstanceOf(Verified.class);
    }

    @Test
    void issue_withoutAnyKey_saysWhatToDo() {
        assertThatThrownBy(() -> instance().issue(USER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run the migrator");
    }

    @Test
    void issue_afterTheMigratorCameLate_worksWithinASecond() {
        AccessTokens running = instance();
        assertThatThrownBy(() -> running.issue(USER)).isInstanceOf(IllegalStateException.class);
        renew();
        clock.forward(Duration.ofSeconds(1));

        assertThat(running.verify(running.issue(USER).token())).isInstanceOf(Verified.class);
    }

    @Test
    void run_asTheApplication_isRefused() {
        assertThatThrownBy(() -> new SigningKeyRenewal(app, sealed, clock).run())
                .isInstanceOf(DatabaseException.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void load_tenTimesOnOneConnection_readsTheKeys() {
        renew();
        try (PracticeDatabase one =
                embedded.open(embedded.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            for (int i = 0; i < 10; i++) {
                assertThat(new SigningKeys(one, sealed, SETTINGS, clock)
                                .current()
                                .kid())
                        .hasSize(43);
            }
        }
        try (PracticeDatabase one =
                embedded.open(embedded.settings(EmbeddedDatabase.OWNER).withPoolSize(1))) {
            for (int i = 0; i < 10; i++) {
                clock.forward(Duration.ofDays(183));
                assertThat(new SigningKeyRenewal(one, sealed, clock).run()).isTrue();
            }
        }
    }

    @Test
    void verify_whileTheDatabaseIsDown_serves() throws Exception {
        try (EmbeddedDatabase own = EmbeddedDatabase.migratedWithOwnServer()) {
            new SigningKeyRenewal(own.open(EmbeddedDatabase.OWNER), sealed, clock).run();
            AccessTokens running = new AccessTokens(
                    new SigningKeys(own.open(EmbeddedDatabase.APP), sealed, SETTINGS, clock), SETTINGS, clock);
            String token = running.issue(USER).token();
            own.stop();

            clock.forward(SigningKeys.TIME_TO_LIVE.minusSeconds(1));
            assertThat(running.verify(token)).isInstanceOf(Verified.class);
            assertThat(running.verify(running.issue(USER).token())).isInstanceOf(Verified.class);
        }
    }

    private boolean renew() {
        return new SigningKeyRenewal(owner, sealed, clock).run();
    }

    /** One instance of the platform: nothing is shared but database and key root. */
    private AccessTokens instance() {
        return new AccessTokens(new SigningKeys(app, sealed, SETTINGS, clock), SETTINGS, clock);
    }

    private static String kid(AccessTokens tokens, String token) {
        return ((Verified) tokens.verify(token)).kid();
    }

    static SealedSigningKeys sealedUnder(Path file) {
        SecureRandom random = new SecureRandom();
        LocalRootKeys roots = new LocalRootKeys(file, Map.of(), random, Clock.systemUTC());
        roots.createIfAbsent();
        Envelope envelope = new Envelope(random);
        KeyHierarchy hierarchy = new KeyHierarchy(
                roots, practice -> List.of(), envelope, random, Clock.systemUTC(), Duration.ofMinutes(5));
        return new SealedSigningKeys(envelope, hierarchy.platformKeys(PlatformPurpose.SIGNING_KEYS));
    }

    private List<byte[]> stored() {
        return app.list(
                Caller.anonymous(new Origin(null, null, UUID.randomUUID())),
                Sql.of("select wrapped_private from signing_keys").bind(),
                row -> row.bytes("wrapped_private"));
    }

    private void insert(SigningKey key, byte[] wrapped, String jwk) {
        owner.update(
                Caller.anonymous(new Origin(null, null, UUID.randomUUID())),
                Sql.of("""
                        insert into signing_keys (kid, public_jwk, root_version, wrapped_private, not_before, expires_at)
                        values (:kid, :jwk, 1, :wrapped, now() - interval '1 minute', now() + interval '1 day')""").bind().text("kid", key.kid()).text("jwk", jwk).bytes("wrapped", wrapped));
    }
}
