package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.Examples.Audited;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.LoginOutcome.Busy;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LoginsTest {

    private static final Examples EXAMPLES = new Examples();

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void login_withTheRightPassword_givesATokenOfThatUser() {
        Person user = EXAMPLES.user(Role.PRACTITIONER);

        assertThat(EXAMPLES.login(user, PASSWORD)).isInstanceOfSatisfying(LoggedIn.class, login -> {
            assertThat(login.practiceName()).isEqualTo("Glow");
            assertThat(login.entry().user().practice()).isEqualTo(user.practice());
            assertThat(login.entry().user().user()).isEqualTo(user.id());
            assertThat(login.entry().user().role()).isEqualTo(Role.PRACTITIONER);
            assertThat(EXAMPLES.tokens.verify(login.entry().token().token()))
                    .isInstanceOfSatisfying(
                            Verification.Verified.class,
                            verified -> assertThat(verified.user())
                                    .isEqualTo(login.entry().user()));
        });
        assertThat(column(user, "last_login > now() - interval '1 minute'")).isEqualTo("true");
    }

    @Test
    void login_ofAnOperator_hasThatRoleInThePlatformPractice() {
        Person operator = EXAMPLES.user(PracticeId.PLATFORM, Role.OPERATOR);

        assertThat(EXAMPLES.login(operator, PASSWORD)).isInstanceOfSatisfying(LoggedIn.class, login -> {
            assertThat(login.entry().user().role()).isEqualTo(Role.OPERATOR);
            assertThat(login.entry().user().practice()).isEqualTo(PracticeId.PLATFORM);
        });
    }

    @Test
    void login_withTheAddressInAnotherCase_isTheSameUser() {
        Person user = EXAMPLES.user(Role.STAFF);
        String shouted = user.email().value().replace("user", "USER").replace("glow", "Glow");

        assertThat(EXAMPLES.logins.login(email(shouted), password(PASSWORD), origin()))
                .isInstanceOf(LoggedIn.class);
    }

    @Test
    void login_whateverIsWrong_isAnsweredAlike() {
        Person inactive = EXAMPLES.user(Role.STAFF);
        execute(inactive, "active = false");
        Person removed = EXAMPLES.user(Role.STAFF);
        execute(removed, "deleted_at = now()");
        Person locked = EXAMPLES.user(Role.STAFF);
        execute(locked, "locked_until = now() + interval '1 minute'");
        Person unset = EXAMPLES.user(Role.STAFF);
        execute(unset, "password = null");
        Person closedPractice = EXAMPLES.user(Role.STAFF);
        EXAMPLES.embedded.execute(
                "update practices set deleted_at = now() where id = '" + closedPractice.practice() + "'");
        long before = EXAMPLES.passwords.computations();

        assertThat(EXAMPLES.login(inactive, PASSWORD)).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(removed, PASSWORD)).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(locked, PASSWORD)).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(unset, PASSWORD)).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(closedPractice, PASSWORD)).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(EXAMPLES.user(Role.STAFF), "Demo-Password-2")).isEqualTo(new Refused());
        assertThat(EXAMPLES.logins.login(email("nobody@glow.example"), password(PASSWORD), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.passwords.computations() - before)
                .as("one bcrypt each, and one for the user made on the way")
                .isEqualTo(8);
    }

    @Test
    void login_whateverComesOfIt_isOneBcryptAndTwoRoundTrips() {
        Person user = EXAMPLES.user(Role.STAFF);
        try (WireCounter wire = WireCounter.before(EXAMPLES.embedded);
                PracticeDatabase counted = EXAMPLES.embedded.open(wire.settings(EmbeddedDatabase.APP))) {
            Logins logins = EXAMPLES.identity(counted).logins();
            counted.ping();
            long before = EXAMPLES.passwords.computations();

            assertThat(trips(wire, logins, user.email(), PASSWORD)).isEqualTo(2);
            assertThat(trips(wire, logins, user.email(), "Demo-Password-2")).isEqualTo(2);
            assertThat(trips(wire, logins, email("nobody@glow.example"), PASSWORD))
                    .isEqualTo(2);
            execute(user, "locked_until = now() + interval '1 minute'");
            assertThat(trips(wire, logins, user.email(), PASSWORD)).isEqualTo(2);
            assertThat(EXAMPLES.passwords.computations() - before).isEqualTo(4);
        }
    }

    private static long trips(WireCounter wire, Logins logins, EmailAddress email, String password) {
        return wire.during(() -> logins.login(email, password(password), origin()))
                .count();
    }

    @Test
    void login_thatSucceeds_isAuditedAsItsUser() {
        Person user = EXAMPLES.user(Role.MANAGER);
        Origin origin = origin();
        EXAMPLES.logins.login(user.email(), password(PASSWORD), origin);

        assertThat(logins(user.practice())).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("LOGIN");
            assertThat(row.outcome()).isEqualTo("logged-in");
            assertThat(row.user()).isEqualTo(user.id());
            assertThat(row.record()).isEqualTo(user.id());
            assertThat(row.address()).isEqualTo(origin.address());
            assertThat(row.agent()).isEqualTo(origin.userAgent());
            assertThat(row.request()).isEqualTo(origin.requestId());
        });
    }

    @Test
    void login_thatFails_isAuditedAsNobodysAboutThatUser() {
        Person user = EXAMPLES.user(Role.MANAGER);
        EXAMPLES.login(user, "Demo-Password-2");

        assertThat(logins(user.practice())).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("LOGIN_FAILED");
            assertThat(row.outcome()).isEqualTo("wrong-password");
            assertThat(row.user()).isNull();
            assertThat(row.record()).isEqualTo(user.id());
        });
    }

    @Test
    void login_ofAnUnknownAddress_isAuditedByThePlatformWithoutTheAddress() {
        Origin origin = origin();
        EXAMPLES.logins.login(email("stranger@elsewhere.example"), password("Their-Password-1"), origin);

        List<Audited> rows = logins(PracticeId.PLATFORM).stream()
                .filter(row -> origin.requestId().equals(row.request()))
                .toList();
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("LOGIN_FAILED");
            assertThat(row.outcome()).isEqualTo("unknown-user");
            assertThat(row.record()).isNull();
            assertThat(row.everything()).doesNotContain("stranger", "elsewhere", "Their");
        });
    }

    @Test
    void login_afterFiveWrongPasswords_isLockedEvenForTheRightOne() {
        Person user = EXAMPLES.user(Role.STAFF);
        for (int i = 0; i < 5; i++) {
            EXAMPLES.login(user, "Demo-Password-2");
        }

        assertThat(EXAMPLES.login(user, PASSWORD)).isEqualTo(new Refused());
        assertThat(lockSeconds(user)).isBetween(50, 60);
        assertThat(column(user, "login_attempts"))
                .as("the last one fell into the lock")
                .isEqualTo("5");
        assertThat(logins(user.practice()))
                .extracting(Audited::action, Audited::outcome)
                .containsExactly(
                        tuple("LOGIN_FAILED", "wrong-password"),
                        tuple("LOGIN_FAILED", "wrong-password"),
                        tuple("LOGIN_FAILED", "wrong-password"),
                        tuple("LOGIN_FAILED", "wrong-password"),
                        tuple("LOCKED", ""),
                        tuple("LOGIN_FAILED", "wrong-password"),
                        tuple("LOGIN_FAILED", "locked"));
    }

    @Test
    void login_wrongAfterALockEnded_locksForTwiceAsLongUpToAnHour() {
        Person user = EXAMPLES.user(Role.STAFF);
        execute(user, "login_attempts = 4");
        List<Integer> minutes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            EXAMPLES.login(user, "Demo-Password-2");
            minutes.add(Math.round(lockSeconds(user) / 60f));
            execute(user, "locked_until = now() - interval '1 second'");
        }

        assertThat(minutes).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
    }

    @Test
    void login_rightAfterALockEnded_clearsIt() {
        Person user = EXAMPLES.user(Role.STAFF);
        execute(user, "login_attempts = 7, locked_until = now() - interval '1 second'");

        assertThat(EXAMPLES.login(user, PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(column(user, "login_attempts || ':' || (locked_until is null)"))
                .isEqualTo("0:true");
    }

    @Test
    void login_aThousandthWrongPassword_overflowsNothing() {
        Person user = EXAMPLES.user(Role.STAFF);
        execute(user, "login_attempts = 2147483000");
        EXAMPLES.login(user, "Demo-Password-2");

        assertThat(lockSeconds(user)).isBetween(3590, 3600);
    }

    @Test
    void login_manyWrongAtOnce_countsEachUntilTheLock() throws Exception {
        Person user = EXAMPLES.user(Role.STAFF);
        List<Future<LoginOutcome>> outcomes = atOnce(16, () -> EXAMPLES.login(user, "Demo-Password-2"));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.resultNow()).isEqualTo(new Refused()));
        assertThat(column(user, "login_attempts")).isEqualTo("5");
        assertThat(logins(user.practice()).stream().filter(row -> row.action().equals("LOCKED")))
                .hasSize(1);
    }

    @Test
    void login_lockedWhileThePasswordIsVerified_isRefused() throws Exception {
        // The bcrypt takes a quarter of a second, in which another attempt locks the user.
        Person user = EXAMPLES.user(Role.STAFF);
        Passwords slow = new Passwords(EXAMPLES.random);
        slowDown(user, slow);
        Logins logins = EXAMPLES.identity(slow).logins();
        long before = slow.computations();
        try (var threads = Executors.newFixedThreadPool(1)) {
            Future<LoginOutcome> login = threads.submit(() -> logins.login(user.email(), password(PASSWORD), origin()));
            while (slow.computations() == before) {
                Thread.onSpinWait();
            }
            execute(user, "locked_until = now() + interval '1 minute'");

            assertThat(login.get()).isEqualTo(new Refused());
        }
        assertThat(logins(user.practice()))
                .extracting(Audited::action, Audited::outcome)
                .containsExactly(tuple("LOGIN_FAILED", "changed-meanwhile"));
    }

    @Test
    void login_withMoreThanCanBeVerified_isBusyAndDecidesNothing() throws Exception {
        Person user = EXAMPLES.user(Role.STAFF);
        Passwords one = new Passwords(Passwords.COST, 1, Duration.ofMillis(1), EXAMPLES.random);
        slowDown(user, one);
        Logins logins = EXAMPLES.identity(one).logins();
        List<Future<LoginOutcome>> outcomes =
                atOnce(6, () -> logins.login(user.email(), password("Demo-Password-2"), origin()));

        long busy = outcomes.stream()
                .filter(outcome -> outcome.resultNow() instanceof Busy)
                .count();
        assertThat(busy).isPositive();
        assertThat(column(user, "login_attempts")).isEqualTo(String.valueOf(6 - busy));
    }

    @Test
    void login_tenTimesOnOneConnection_keepsItsPractice() {
        Person user = EXAMPLES.user(Role.STAFF);
        try (PracticeDatabase one = EXAMPLES.embedded.open(
                EXAMPLES.embedded.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            Lockout lenient = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1));
            Logins logins = EXAMPLES.identity(
                            one, EXAMPLES.passwords, new Identity.Limits(lenient, Examples.LIMITS.network()))
                    .logins();
            for (int i = 0; i < 10; i++) {
                assertThat(logins.login(user.email(), password("Demo-Password-2"), origin()))
                        .isEqualTo(new Refused());
                assertThat(column(user, "login_attempts")).isEqualTo("1");
                assertThat(logins.login(user.email(), password(PASSWORD), origin()))
                        .isInstanceOf(LoggedIn.class);
                assertThat(logins.login(email("nobody@glow.example"), password(PASSWORD), origin()))
                        .isEqualTo(new Refused());
            }
        }
        assertThat(logins(user.practice())).hasSize(20);
    }

    @Test
    void toString_ofALogin_hidesTheToken() {
        LoggedIn login = (LoggedIn) EXAMPLES.login(EXAMPLES.user(Role.STAFF), PASSWORD);

        assertThat(login.toString()).doesNotContain(login.entry().token().token());
    }

    private static List<Future<LoginOutcome>> atOnce(int callers, Supplier<LoginOutcome> attempt) {
        List<Future<LoginOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            CountDownLatch together = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return attempt.get();
                }));
            }
        }
        return outcomes;
    }

    /** Gives the user a hash of the cost that production has, a quarter of a second of work. */
    private static void slowDown(Person user, Passwords passwords) {
        execute(user, "password = '" + passwords.hash(password(PASSWORD)).orElseThrow() + "'");
    }

    /** What the audit says about logins; changes of the users' rows are their own entries. */
    private static List<Audited> logins(PracticeId practice) {
        return EXAMPLES.audit(practice, "users").stream()
                .filter(row -> row.action().startsWith("LO"))
                .toList();
    }

    private static int lockSeconds(Person user) {
        return (int) Math.round(Double.parseDouble(column(user, "extract(epoch from locked_until - now())")));
    }

    private static String column(Person user, String expression) {
        Sql sql = Sql.of("select (" + expression
                + ")::text as value from users where practice_id = :practice::uuid and id = :id::uuid");
        return EXAMPLES.database.one(
                Caller.platform(user.practice(), origin()), sql.bind().uuid("id", user.id()), row -> row.text("value"));
    }

    private static void execute(Person user, String assignments) {
        EXAMPLES.embedded.execute("update users set " + assignments + " where id = '" + user.id() + "'");
    }
}
