package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.CryptoException;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.SessionEnded;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.Examples.Enrolled;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.identity.LoginOutcome.SecondFactorNeeded;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
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

class SecondFactorTest {

    private static final Examples EXAMPLES = new Examples();

    private final SecondFactorLogins logins = EXAMPLES.identity.secondFactorLogins();

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void login_ofWhoHasAnAuthenticator_takesAPasswordAndACode() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);

        LoginOutcome first = EXAMPLES.login(user.person(), PASSWORD);
        assertThat(first).isInstanceOf(SecondFactorNeeded.class);
        assertThat(((SecondFactorNeeded) first).toString())
                .doesNotContain(((SecondFactorNeeded) first).ticket().reveal());

        assertThat(logins.login(
                        ((SecondFactorNeeded) first).ticket().reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isInstanceOfSatisfying(LoggedIn.class, in -> {
                    assertThat(in.entry().user().proof().secondFactor()).isTrue();
                    assertThat(in.entry().user().user()).isEqualTo(user.person().id());
                    assertThat(EXAMPLES.users
                                    .self(in.entry().user().caller(origin()))
                                    .secondFactor())
                            .isTrue();
                });
        assertThat(EXAMPLES.audit(user.person().practice(), "users"))
                .filteredOn(row -> row.action().equals("LOGIN"))
                .last()
                .satisfies(row -> assertThat(row.everything()).contains("\"secondFactor\": true"));
    }

    @Test
    void login_withATicketThatLedIn_isRefused() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        OneTimeToken ticket = EXAMPLES.ticket(user.person());

        assertThat(logins.login(ticket.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isInstanceOf(LoggedIn.class);
        assertThat(logins.login(ticket.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isEqualTo(new Refused());
    }

    @Test
    void login_withOneCodeTwice_isRefusedTheSecondTime() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        SecondFactor.Given code = EXAMPLES.nextCode(user.secret());

        assertThat(logins.login(EXAMPLES.ticket(user.person()).reveal(), code, origin()))
                .isInstanceOf(LoggedIn.class);
        assertThat(logins.login(EXAMPLES.ticket(user.person()).reveal(), code, origin()))
                .isEqualTo(new Refused());
        assertThat(outcomes(user.person())).endsWith("logged-in", "used-code");
    }

    @Test
    void login_manyAtOnceWithOneCode_letsOneIn() throws Exception {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        List<OneTimeToken> tickets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tickets.add(EXAMPLES.ticket(user.person()));
        }
        SecondFactor.Given code = EXAMPLES.nextCode(user.secret());

        assertThat(atOnce(tickets.stream()
                        .<Supplier<LoginOutcome>>map(ticket -> () -> logins.login(ticket.reveal(), code, origin()))
                        .toList()))
                .filteredOn(LoggedIn.class::isInstance)
                .hasSize(1);
    }

    @Test
    void login_manyAtOnceWithOneRecoveryCode_letsOneIn() throws Exception {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        List<OneTimeToken> tickets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tickets.add(EXAMPLES.ticket(user.person()));
        }
        SecondFactor.Given code = new SecondFactor.Given.Recovery(user.codes().get(0));

        assertThat(atOnce(tickets.stream()
                        .<Supplier<LoginOutcome>>map(ticket -> () -> logins.login(ticket.reveal(), code, origin()))
                        .toList()))
                .filteredOn(LoggedIn.class::isInstance)
                .hasSize(1);
    }

    @Test
    void login_withARecoveryCode_worksOnceForEachOfTen() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        assertThat(user.codes()).hasSize(10);
        for (RecoveryCode code : user.codes()) {
            assertThat(recover(user, code)).isInstanceOf(LoggedIn.class);
        }
        assertThat(recover(user, user.codes().get(3))).isEqualTo(new Refused());
        assertThat(recover(user, RecoveryCode.ten(EXAMPLES.random).get(0))).isEqualTo(new Refused());
    }

    @Test
    void login_withAWrongRecoveryCode_keepsTheTicketAndCounts() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        OneTimeToken ticket = EXAMPLES.ticket(user.person());

        assertThat(logins.login(
                        ticket.reveal(),
                        new SecondFactor.Given.Recovery(
                                RecoveryCode.ten(EXAMPLES.random).get(0)),
                        origin()))
                .isEqualTo(new Refused());
        assertThat(outcomes(user.person())).endsWith("wrong-code");
        assertThat(logins.login(ticket.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isInstanceOf(LoggedIn.class);
    }

    @Test
    void login_withTenThousandGuesses_isLockedAfterFive() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        OneTimeToken ticket = EXAMPLES.ticket(user.person());
        int in = 0;
        for (int guess = 0; guess < 10_000; guess++) {
            LoginOutcome outcome = logins.login(ticket.reveal(), code("%06d".formatted(guess * 100)), origin());
            in += outcome instanceof LoggedIn ? 1 : 0;
        }

        assertThat(in).isZero();
        List<String> outcomes = outcomes(user.person());
        assertThat(outcomes).filteredOn("wrong-code"::equals).hasSize(5);
        assertThat(outcomes).filteredOn("locked"::equals).hasSize(9_995);
        assertThat(logins.login(ticket.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .as("the right one, while the lock stands")
                .isEqualTo(new Refused());
    }

    @Test
    void login_rightPasswords_doNotForgiveWrongCodes() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        for (int i = 0; i < 5; i++) {
            logins.login(EXAMPLES.ticket(user.person()).reveal(), code("000000"), origin());
        }

        assertThat(EXAMPLES.login(user.person(), PASSWORD)).isEqualTo(new Refused());
    }

    @Test
    void login_withAnotherKindOfToken_isRefused() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        OneTimeToken reset = EXAMPLES.oneTimeTokens.create(
                Caller.platform(user.person().practice(), origin()),
                user.person().id(),
                OneTimeTokens.Purpose.PASSWORD_RESET,
                Duration.ofHours(1));

        assertThat(logins.login(reset.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.oneTimeTokens.redeem(
                        EXAMPLES.ticket(user.person()).reveal(), password("Kite-over-the-lake-7"), origin()))
                .as("a ticket chooses no password")
                .isEqualTo(new Redemption.Refused());
    }

    @Test
    void login_inBothHalves_isTwoRoundTripsEach() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        try (WireCounter wire = WireCounter.before(EXAMPLES.embedded);
                PracticeDatabase counted = EXAMPLES.embedded.open(wire.settings(EmbeddedDatabase.APP))) {
            Identity identity = EXAMPLES.identity(counted);
            counted.ping();
            List<LoginOutcome> first = new ArrayList<>();
            assertThat(wire.during(() -> first.add(
                                    identity.logins().login(user.person().email(), password(PASSWORD), origin())))
                            .count())
                    .isEqualTo(2);
            String ticket = ((SecondFactorNeeded) first.get(0)).ticket().reveal();
            SecondFactor.Given code = EXAMPLES.nextCode(user.secret());
            assertThat(wire.during(() -> identity.secondFactorLogins().login(ticket, code, origin()))
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void confirm_ofAWrongCode_leavesTheLoginAsItWas() {
        Person person = EXAMPLES.user(Role.STAFF);
        Caller caller = EXAMPLES.entry(person).user().caller(origin());
        assertThat(EXAMPLES.identity
                        .authenticators()
                        .confirm(caller, code("123456").code()))
                .as("nothing was begun")
                .isEmpty();
        assertThat(EXAMPLES.identity.authenticators().begin(caller)).isPresent();

        assertThat(EXAMPLES.identity
                        .authenticators()
                        .confirm(caller, code("123456").code()))
                .isEmpty();
        assertThat(EXAMPLES.login(person, PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void confirm_endsTheOtherSessionsAndProvesThisOne() {
        Person person = EXAMPLES.user(Role.STAFF);
        Caller other = EXAMPLES.entry(person).user().caller(origin());
        Caller caller = EXAMPLES.entry(person).user().caller(origin());
        TotpSecret secret =
                EXAMPLES.identity.authenticators().begin(caller).orElseThrow().secret();

        Authenticators.Confirmed confirmed = EXAMPLES.identity
                .authenticators()
                .confirm(caller, EXAMPLES.nextCode(secret).code())
                .orElseThrow();

        assertThat(((Verification.Verified)
                                EXAMPLES.tokens.verify(confirmed.token().token()))
                        .user()
                        .proof()
                        .secondFactor())
                .isTrue();
        assertThat(EXAMPLES.users.self(caller).secondFactor()).isTrue();
        assertThatThrownBy(() -> EXAMPLES.users.self(other)).isInstanceOf(SessionEnded.class);
        assertThat(EXAMPLES.audit(person.practice(), "users"))
                .filteredOn(row -> row.action().equals("LOGOUT"))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.everything()).contains("SECOND_FACTOR", String.valueOf(other.session())));
        assertThat(EXAMPLES.identity.authenticators().begin(caller))
                .as("a second one")
                .isEmpty();
    }

    @Test
    void secret_atRest_isSealedForItsUser() {
        Enrolled one = EXAMPLES.enrolled(Role.STAFF);
        Enrolled other = EXAMPLES.enrolled(Role.STAFF);
        EXAMPLES.embedded.execute("update users u set mfa_secret = o.mfa_secret from users o where u.id = '"
                + one.person().id() + "' and o.id = '" + other.person().id() + "'");

        assertThatThrownBy(() ->
                        logins.login(EXAMPLES.ticket(one.person()).reveal(), EXAMPLES.nextCode(one.secret()), origin()))
                .isInstanceOf(CryptoException.class);
    }

    @Test
    void remove_givesUpAuthenticatorAndCodes_unlessThePracticeAsksForThem() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        EXAMPLES.embedded.execute("update practices set second_factor_for = '{STAFF}' where id = '"
                + user.person().practice() + "'");
        assertThat(EXAMPLES.identity.authenticators().remove(user.caller())).isFalse();
        EXAMPLES.embedded.execute("update practices set second_factor_for = '{ADMIN}' where id = '"
                + user.person().practice() + "'");

        assertThat(EXAMPLES.identity.authenticators().remove(user.caller())).isTrue();

        assertThat(EXAMPLES.login(user.person(), PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(EXAMPLES.identity.authenticators().newCodes(user.caller())).isEmpty();
    }

    @Test
    void login_ofARoleThatNeedsASecondFactor_allowsNoMoreThanToSetItUp() {
        Person person = EXAMPLES.user(Role.MANAGER);
        EXAMPLES.embedded.execute(
                "update practices set second_factor_for = '{MANAGER}' where id = '" + person.practice() + "'");

        Entry entry = EXAMPLES.entry(person);

        assertThat(entry.user().enrolmentOnly()).isTrue();
        assertThat(EXAMPLES.identity.sessions().refresh(entry.refresh(), origin()))
                .isInstanceOfSatisfying(
                        Refreshed.GoesOn.class,
                        on -> assertThat(on.entry().user().enrolmentOnly()).isTrue());
        Caller caller = entry.user().caller(origin());
        assertThat(EXAMPLES.identity.stepUps().prove(caller, new StepUps.Evidence.Secret(password(PASSWORD))))
                .as("a proof is no second factor")
                .isInstanceOfSatisfying(
                        StepUps.Outcome.Proved.class,
                        proved -> assertThat(((Verification.Verified) EXAMPLES.tokens.verify(
                                                proved.token().token()))
                                        .user()
                                        .enrolmentOnly())
                                .isTrue());
        TotpSecret secret =
                EXAMPLES.identity.authenticators().begin(caller).orElseThrow().secret();
        AccessTokens.Issued full = EXAMPLES.identity
                .authenticators()
                .confirm(caller, EXAMPLES.nextCode(secret).code())
                .orElseThrow()
                .token();
        assertThat(((Verification.Verified) EXAMPLES.tokens.verify(full.token()))
                        .user()
                        .enrolmentOnly())
                .isFalse();
    }

    @Test
    void confirm_ofAnotherAuthenticatorInTheSameHalfMinute_works() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        assertThat(EXAMPLES.identity.authenticators().remove(user.caller())).isTrue();
        TotpSecret another = EXAMPLES.identity
                .authenticators()
                .begin(user.caller())
                .orElseThrow()
                .secret();

        assertThat(EXAMPLES.identity
                        .authenticators()
                        .confirm(user.caller(), Totp.code(another, Totp.step(EXAMPLES.clock.instant()))))
                .isPresent();
    }

    @Test
    void endAll_endsALoginThatIsHalfDone() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        OneTimeToken ticket = EXAMPLES.ticket(user.person());

        assertThat(EXAMPLES.identity
                        .sessions()
                        .endAll(
                                Caller.platform(user.person().practice(), origin()),
                                user.person().id()))
                .isPresent();

        assertThat(logins.login(ticket.reveal(), EXAMPLES.nextCode(user.secret()), origin()))
                .isEqualTo(new Refused());
    }

    @Test
    void newCodes_takeThePlaceOfTheOld() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        List<RecoveryCode> codes =
                EXAMPLES.identity.authenticators().newCodes(user.caller()).orElseThrow();

        assertThat(recover(user, user.codes().get(0))).isEqualTo(new Refused());
        assertThat(recover(user, codes.get(0))).isInstanceOf(LoggedIn.class);
    }

    private LoginOutcome recover(Enrolled user, RecoveryCode code) {
        return logins.login(EXAMPLES.ticket(user.person()).reveal(), new SecondFactor.Given.Recovery(code), origin());
    }

    private static SecondFactor.Given.Code code(String digits) {
        return switch (TotpCode.parse(digits)) {
            case Parsed.Valid<TotpCode>(TotpCode code) -> new SecondFactor.Given.Code(code);
            case Parsed.Invalid<TotpCode> invalid -> throw new AssertionError(invalid.violations());
        };
    }

    private static List<String> outcomes(Person person) {
        return EXAMPLES.audit(person.practice(), "users").stream()
                .filter(row -> row.action().startsWith("LOGIN"))
                .map(Examples.Audited::outcome)
                .toList();
    }

    private static List<LoginOutcome> atOnce(List<Supplier<LoginOutcome>> attempts) throws Exception {
        List<Future<LoginOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(attempts.size())) {
            CountDownLatch together = new CountDownLatch(attempts.size());
            for (Supplier<LoginOutcome> attempt : attempts) {
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return attempt.get();
                }));
            }
        }
        return outcomes.stream().map(Future::resultNow).toList();
    }
}
