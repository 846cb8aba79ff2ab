package com.medspasync.identity;

import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.SessionEnded;
import com.medspasync.database.Sql;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.Examples.Audited;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.Refreshed.GoesOn;
import com.medspasync.identity.Refreshed.Raced;
import com.medspasync.identity.Refreshed.Refused;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final Examples EXAMPLES = new Examples();
    private static final Sql WORK = Sql.of("select current_setting('app.current_practice_id') as practice");

    private final Sessions sessions = EXAMPLES.identity.sessions();

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void request_inASession_isOneRoundTripAsWithoutOne() {
        Caller caller = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());
        try (WireCounter wire = WireCounter.before(EXAMPLES.embedded);
                PracticeDatabase counted = EXAMPLES.embedded.open(wire.settings(EmbeddedDatabase.APP))) {
            counted.ping();
            for (int run = 0; run < 10; run++) {
                assertThat(wire.during(() -> work(counted, caller)).count()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ended_at = now(), end_reason = 'REVOKED'",
                "expires_at = now() - interval '1 second'",
                "last_seen = now() - interval '16 minutes'"
            })
    void request_inASessionThatIsOver_isRefusedBeforeItRuns(String over) {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        Caller caller = entry.user().caller(origin());
        assertThat(work(caller)).isEqualTo(caller.practice().toString());
        EXAMPLES.executeSession(entry, over);

        assertThatThrownBy(() -> work(caller)).isInstanceOf(SessionEnded.class);
        assertThatThrownBy(() -> EXAMPLES.database.inTransaction(
                        caller, transaction -> transaction.one(WORK.bind(), row -> row.text("practice"))))
                .isInstanceOf(SessionEnded.class);
        assertThat(sessions.refresh(entry.refresh(), origin())).isEqualTo(new Refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"active = false", "deleted_at = now()", "role = 'MANAGER'"})
    void request_ofAUserWhoIsAnotherByNow_isRefused(String change) {
        Person person = EXAMPLES.user(Role.STAFF);
        Caller caller = EXAMPLES.entry(person).user().caller(origin());
        EXAMPLES.execute(person, change);

        assertThatThrownBy(() -> work(caller)).isInstanceOf(SessionEnded.class);
    }

    @Test
    void request_inASessionOfAnotherUserOrPractice_isRefused() {
        Caller one = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());
        Caller other = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());

        assertThatThrownBy(() -> work(new Caller(one.practice(), other.user(), Role.STAFF, one.session(), origin())))
                .isInstanceOf(SessionEnded.class);
        assertThatThrownBy(() -> work(new Caller(other.practice(), one.user(), Role.STAFF, one.session(), origin())))
                .isInstanceOf(SessionEnded.class);
        assertThatThrownBy(() -> work(new Caller(one.practice(), one.user(), Role.STAFF, UUID.randomUUID(), origin())))
                .isInstanceOf(SessionEnded.class);
    }

    @Test
    void request_ofAnOperatorInAPractice_runsThereUnderItsOwnSession() {
        Person operator = EXAMPLES.user(PracticeId.PLATFORM, Role.OPERATOR);
        Entry entry = EXAMPLES.entry(operator);
        PracticeId practice = EXAMPLES.practice("Glow");
        Caller acting = entry.user().caller(origin()).actingIn(practice);

        assertThat(work(acting)).isEqualTo(practice.toString());
        EXAMPLES.executeSession(entry, "ended_at = now(), end_reason = 'REVOKED'");
        assertThatThrownBy(() -> work(acting)).isInstanceOf(SessionEnded.class);
    }

    @Test
    void request_afterAMinuteWithoutOne_keepsTheSessionFromGoingIdle() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        EXAMPLES.executeSession(entry, "last_seen = now() - interval '14 minutes'");

        work(entry.user().caller(origin()));

        assertThat(text(entry, "now() - last_seen < interval '5 seconds'")).isEqualTo("true");
        EXAMPLES.executeSession(entry, "last_seen = now() - interval '30 seconds'");
        work(entry.user().caller(origin()));
        assertThat(text(entry, "now() - last_seen > interval '20 seconds'"))
                .as("no write with every request")
                .isEqualTo("true");
    }

    @Test
    void request_thatFindsTheSessionBeingRenewed_doesNotWait() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        EXAMPLES.executeSession(entry, "last_seen = now() - interval '5 minutes'");
        Caller caller = entry.user().caller(origin());
        try (var threads = Executors.newFixedThreadPool(1)) {
            String meanwhile = EXAMPLES.database.inTransaction(caller, transaction -> {
                transaction.one(WORK.bind(), row -> row.text("practice"));
                return finished(threads.submit(() -> work(caller)));
            });
            assertThat(meanwhile).isEqualTo(caller.practice().toString());
        }
    }

    @Test
    void refresh_goesOnWithAnotherToken_asTheUserIsByNow() {
        Person person = EXAMPLES.user(Role.STAFF);
        Entry entry = EXAMPLES.entry(person);
        EXAMPLES.execute(person, "role = 'MANAGER'");

        assertThat(sessions.refresh(entry.refresh(), origin())).isInstanceOfSatisfying(GoesOn.class, on -> {
            assertThat(on.entry().refresh().reveal())
                    .isNotEqualTo(entry.refresh().reveal());
            assertThat(on.entry().user().session()).isEqualTo(entry.user().session());
            assertThat(on.entry().user().role()).isEqualTo(Role.MANAGER);
            assertThat(on.entry().longest()).isBetween(Duration.ofHours(11), Duration.ofHours(12));
            assertThat(work(on.entry().user().caller(origin())))
                    .isEqualTo(person.practice().toString());
            assertThat(sessions.refresh(on.entry().refresh(), origin())).isInstanceOf(GoesOn.class);
        });
    }

    @Test
    void refresh_withAUsedToken_endsTheSessionForBoth() {
        Person person = EXAMPLES.user(Role.STAFF);
        Entry entry = EXAMPLES.entry(person);
        Entry next = goOn(entry);
        EXAMPLES.executeSession(entry, "refreshed_at = now() - interval '11 seconds'");

        assertThat(sessions.refresh(entry.refresh(), origin())).isEqualTo(new Refused());
        assertThat(sessions.refresh(next.refresh(), origin())).isEqualTo(new Refused());
        assertThatThrownBy(() -> work(next.user().caller(origin()))).isInstanceOf(SessionEnded.class);
        assertThat(text(entry, "end_reason")).isEqualTo("REUSED");
        assertThat(EXAMPLES.audit(person.practice(), "users"))
                .filteredOn(row -> row.action().equals("LOGOUT"))
                .singleElement()
                .satisfies(row -> assertThat(row.everything()).contains("REUSED"));
    }

    @Test
    void refresh_withTheTokenBeforeTheLast_endsTheSessionAtOnce() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        goOn(goOn(entry));

        assertThat(sessions.refresh(entry.refresh(), origin())).isEqualTo(new Refused());
        assertThat(text(entry, "end_reason")).isEqualTo("REUSED");
    }

    @Test
    void refresh_withAMadeUpSecret_endsNothing() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        RefreshToken guessed =
                RefreshToken.first(entry.user().practice(), entry.user().session(), EXAMPLES.random);

        assertThat(sessions.refresh(guessed, origin())).isEqualTo(new Refused());
        sessions.logOut(guessed, origin());
        assertThat(sessions.refresh(entry.refresh(), origin())).isInstanceOf(GoesOn.class);
    }

    @Test
    void refresh_manyTimesAtOnceWithOneToken_givesOneAnother() throws Exception {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        int callers = 16;
        List<Future<Refreshed>> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            CountDownLatch together = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                Sessions instance = i % 2 == 0
                        ? sessions
                        : EXAMPLES.identity(EXAMPLES.database).sessions();
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return instance.refresh(entry.refresh(), origin());
                }));
            }
        }

        List<Refreshed> all = outcomes.stream().map(Future::resultNow).toList();
        assertThat(all).filteredOn(GoesOn.class::isInstance).hasSize(1);
        assertThat(all).filteredOn(Raced.class::isInstance).hasSize(callers - 1);
        GoesOn winner = (GoesOn)
                all.stream().filter(GoesOn.class::isInstance).findFirst().orElseThrow();
        assertThat(sessions.refresh(winner.entry().refresh(), origin())).isInstanceOf(GoesOn.class);
    }

    @Test
    void end_ofAnotherUsersSession_isNone() {
        Caller one = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());
        Entry own = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));

        assertThat(sessions.end(one, own.user().session())).isFalse();
        assertThat(sessions.end(own.user().caller(origin()), own.user().session()))
                .isTrue();
        assertThatThrownBy(() -> work(own.user().caller(origin()))).isInstanceOf(SessionEnded.class);
    }

    @Test
    void endAll_ofAUser_endsEachAndRecordsIt() {
        Person person = EXAMPLES.user(Role.STAFF);
        Entry first = EXAMPLES.entry(person);
        Entry second = EXAMPLES.entry(person);
        Caller admin = EXAMPLES.entry(EXAMPLES.user(person.practice(), Role.ADMIN))
                .user()
                .caller(origin());
        assertThat(sessions.list(admin, person.id()))
                .extracting(Sessions.Session::id)
                .containsExactlyInAnyOrder(first.user().session(), second.user().session());

        assertThat(sessions.endAll(admin, person.id())).hasValue(2);

        assertThat(sessions.list(admin, person.id())).isEmpty();
        assertThat(sessions.endAll(admin, person.id())).hasValue(0);
        assertThat(EXAMPLES.audit(person.practice(), "users"))
                .filteredOn(row -> row.action().equals("LOGOUT"))
                .hasSize(2)
                .extracting(Audited::user)
                .containsOnly(admin.user());
    }

    @Test
    void logOut_withAnyTokenOfTheSession_endsIt() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));
        goOn(entry);

        sessions.logOut(entry.refresh(), origin());
        sessions.logOut(entry.refresh(), origin());

        assertThat(text(entry, "end_reason")).isEqualTo("LOGOUT");
        assertThatThrownBy(() -> work(entry.user().caller(origin()))).isInstanceOf(SessionEnded.class);
    }

    @Test
    void practice_thatAsksForShorterSessions_getsThem() {
        Person person = EXAMPLES.user(Role.STAFF);
        EXAMPLES.embedded.execute("update practices set session_idle_minutes = 5, session_hours = 2 where id = '"
                + person.practice() + "'");
        Entry entry = EXAMPLES.entry(person);

        assertThat(entry.longest()).isEqualTo(Duration.ofHours(2));
        EXAMPLES.executeSession(entry, "last_seen = now() - interval '6 minutes'");
        assertThatThrownBy(() -> work(entry.user().caller(origin()))).isInstanceOf(SessionEnded.class);
    }

    @Test
    void toString_ofTokens_hidesThem() {
        Entry entry = EXAMPLES.entry(EXAMPLES.user(Role.STAFF));

        assertThat(entry.toString())
                .doesNotContain(entry.refresh().reveal(), entry.token().token());
        assertThat(RefreshToken.parse(entry.refresh().reveal())).isPresent();
        assertThat(RefreshToken.parse(entry.refresh().reveal() + "A")).isEmpty();
    }

    private static String finished(Future<String> work) {
        try {
            return work.get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private Entry goOn(Entry entry) {
        if (sessions.refresh(entry.refresh(), origin()) instanceof GoesOn(Entry next)) {
            return next;
        }
        throw new AssertionError("the session does not go on");
    }

    private static String work(Caller caller) {
        return work(EXAMPLES.database, caller);
    }

    private static String work(PracticeDatabase database, Caller caller) {
        return database.one(caller, WORK.bind(), row -> row.text("practice"));
    }

    private static String text(Entry entry, String expression) {
        Sql sql = Sql.of("select (" + expression
                + ")::text as value from sessions where practice_id = :practice::uuid and id = :id::uuid");
        return EXAMPLES.database.one(
                Caller.platform(entry.user().practice(), origin()),
                sql.bind().uuid("id", entry.user().session()),
                row -> row.text("value"));
    }
}
