package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.identity.Examples.Enrolled;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.identity.LoginOutcome.Throttled;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What adds up from one network, whoever it is about; each test has a network of its own. */
class NetworkLimitTest {

    private static final Examples EXAMPLES = new Examples();
    private static final Identity LIMITED = EXAMPLES.identity(
            EXAMPLES.database,
            EXAMPLES.passwords,
            new Identity.Limits(Lockout.standard(), new NetworkLimit(3, Duration.ofMinutes(5))));

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void login_afterTheLimit_isThrottledWithoutABcryptEvenForTheRightPassword() {
        Person user = EXAMPLES.user(Role.STAFF);
        for (int i = 0; i < 3; i++) {
            assertThat(guess("198.51.100.1")).isEqualTo(new Refused());
        }
        long before = EXAMPLES.passwords.computations();

        assertThat(LIMITED.logins().login(user.email(), password(PASSWORD), from("198.51.100.1")))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled -> assertThat(throttled.retryAfter())
                                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
        assertThat(EXAMPLES.passwords.computations()).isEqualTo(before);
        assertThat(LIMITED.logins().login(user.email(), password(PASSWORD), from("198.51.100.2")))
                .as("from another network")
                .isInstanceOf(LoggedIn.class);
    }

    @Test
    void login_thatSucceeds_countsForNothing() {
        Person user = EXAMPLES.user(Role.STAFF);
        for (int i = 0; i < 8; i++) {
            assertThat(LIMITED.logins().login(user.email(), password(PASSWORD), from("198.51.100.3")))
                    .isInstanceOf(LoggedIn.class);
        }
    }

    @Test
    void login_thatIsBusy_countsForNothing() throws Exception {
        Person user = EXAMPLES.user(Role.STAFF);
        Passwords none = new Passwords(12, 1, Duration.ofMillis(1), EXAMPLES.random);
        Logins busy = EXAMPLES.identity(
                        EXAMPLES.database,
                        none,
                        new Identity.Limits(Lockout.standard(), new NetworkLimit(3, Duration.ofMinutes(5))))
                .logins();
        try (var threads = Executors.newFixedThreadPool(1)) {
            Future<?> hashing = threads.submit(() -> none.hash(password(PASSWORD)));
            int seen = 0;
            while (!hashing.isDone()) {
                LoginOutcome outcome = busy.login(user.email(), password(PASSWORD), from("198.51.100.7"));
                seen += outcome instanceof LoginOutcome.Busy ? 1 : 0;
            }
            assertThat(seen).as("enough to pass the limit").isGreaterThan(4);
        }

        assertThat(LIMITED.logins().login(user.email(), password(PASSWORD), from("198.51.100.7")))
                .isInstanceOf(LoggedIn.class);
    }

    @Test
    void login_whenTheWindowIsOver_beginsAnew() {
        for (int i = 0; i < 4; i++) {
            guess("198.51.100.4");
        }
        assertThat(guess("198.51.100.4")).isInstanceOf(Throttled.class);
        EXAMPLES.embedded.execute(
                "update login_networks set since = now() - interval '301 seconds' where network = '198.51.100.4'");

        assertThat(guess("198.51.100.4")).isEqualTo(new Refused());
    }

    @Test
    void login_fromAddressesOfOneIpv6Line_countsTogether() {
        for (int i = 1; i <= 3; i++) {
            guess("2001:db8:1:2::" + i);
        }

        assertThat(guess("2001:db8:1:2:ffff::9")).isInstanceOf(Throttled.class);
        assertThat(guess("2001:db8:1:3::1")).isEqualTo(new Refused());
    }

    @Test
    void secondFactorsAndTokens_countWithLogins() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        String ticket = EXAMPLES.ticket(user.person()).reveal();
        guess("198.51.100.5");
        assertThat(LIMITED.secondFactorLogins()
                        .login(
                                ticket,
                                new SecondFactor.Given.Recovery(
                                        RecoveryCode.ten(EXAMPLES.random).get(0)),
                                from("198.51.100.5")))
                .isEqualTo(new Refused());
        assertThat(LIMITED.oneTimeTokens()
                        .redeem(
                                OneTimeToken.random(user.person().practice(), EXAMPLES.random)
                                        .reveal(),
                                password("Kite-over-the-lake-7"),
                                from("198.51.100.5")))
                .isEqualTo(new Redemption.Refused());

        assertThat(guess("198.51.100.5")).isInstanceOf(Throttled.class);
        assertThat(LIMITED.secondFactorLogins().login(ticket, EXAMPLES.nextCode(user.secret()), from("198.51.100.5")))
                .isInstanceOf(Throttled.class);
        assertThat(LIMITED.oneTimeTokens()
                        .redeem(
                                OneTimeToken.random(user.person().practice(), EXAMPLES.random)
                                        .reveal(),
                                password("Kite-over-the-lake-7"),
                                from("198.51.100.5")))
                .isInstanceOf(Redemption.Throttled.class);
    }

    @Test
    void login_manyAtOnce_passesTheLimitNever() throws Exception {
        int callers = 24;
        List<Future<LoginOutcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            CountDownLatch together = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return guess("198.51.100.6");
                }));
            }
        }

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.resultNow() instanceof Refused)
                .hasSize(3);
    }

    private static LoginOutcome guess(String address) {
        return LIMITED.logins().login(email("nobody@glow.example"), password("Another-Password-1"), from(address));
    }

    private static Origin from(String address) {
        return new Origin(address, "ExampleBrowser/1.0", UUID.randomUUID());
    }
}
