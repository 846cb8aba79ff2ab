package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.OneTimeTokens.Purpose;
import com.medspasync.identity.Redemption.Busy;
import com.medspasync.identity.Redemption.Redeemed;
import com.medspasync.identity.Redemption.Refused;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OneTimeTokensTest {

    private static final Examples EXAMPLES = new Examples();
    private static final String CHOSEN = "A-newly-chosen-1";

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void redeem_onceByANewUser_letsThemLogIn() {
        PracticeId practice = EXAMPLES.practice("Glow");
        EmailAddress email = email("invited@glow.example");
        Caller admin = Caller.platform(practice, origin());
        UUID id = ((UserCreation.Created) EXAMPLES.users.create(admin, email, Role.STAFF, null)).id();
        OneTimeToken token = EXAMPLES.oneTimeTokens.create(admin, id, Purpose.INVITATION, Duration.ofDays(1));
        assertThat(EXAMPLES.logins.login(email, password(CHOSEN), origin())).isEqualTo(new LoginOutcome.Refused());

        assertThat(redeem(token)).isEqualTo(new Redeemed());

        assertThat(EXAMPLES.logins.login(email, password(CHOSEN), origin()))
                .isInstanceOfSatisfying(
                        LoggedIn.class,
                        login -> assertThat(login.entry().user().user()).isEqualTo(id));
    }

    @Test
    void redeem_anOperatorsToken_worksInThePlatformPractice() {
        Person operator = EXAMPLES.user(PracticeId.PLATFORM, Role.OPERATOR);
        OneTimeToken token = token(operator, Purpose.FIRST_LOGIN);

        assertThat(redeem(token)).isEqualTo(new Redeemed());
        assertThat(EXAMPLES.login(operator, CHOSEN)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void redeem_twice_isRefusedAndChangesNothing() {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken token = token(user, Purpose.PASSWORD_RESET);
        redeem(token);

        assertThat(EXAMPLES.oneTimeTokens.redeem(token.reveal(), password("Another-password-1"), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.login(user, CHOSEN)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void redeem_by16AtOnce_letsOneIn() throws Exception {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken token = token(user, Purpose.PASSWORD_RESET);
        int callers = 16;
        List<Future<Redemption>> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            CountDownLatch together = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                Password chosen = password("A-newly-chosen-" + i);
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return EXAMPLES.oneTimeTokens.redeem(token.reveal(), chosen, origin());
                }));
            }
        }
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            if (outcomes.get(i).get() instanceof Redeemed) {
                winners.add(i);
            }
        }

        assertThat(winners).hasSize(1);
        assertThat(EXAMPLES.login(user, "A-newly-chosen-" + winners.getFirst())).isInstanceOf(LoggedIn.class);
    }

    @Test
    void redeem_endsTheUsersOtherTokensAndTheirLockout() {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken first = token(user, Purpose.PASSWORD_RESET);
        OneTimeToken second = token(user, Purpose.PASSWORD_RESET);
        OneTimeToken others = token(EXAMPLES.user(user.practice(), Role.STAFF), Purpose.PASSWORD_RESET);
        EXAMPLES.embedded.execute(
                "update users set login_attempts = 6, locked_until = now() + interval '1 hour' where id = '" + user.id()
                        + "'");

        assertThat(redeem(second)).isEqualTo(new Redeemed());
        assertThat(redeem(first)).isEqualTo(new Refused());
        assertThat(redeem(others)).isEqualTo(new Redeemed());
        assertThat(EXAMPLES.login(user, CHOSEN)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void redeem_expiredOrOfSomebodyInactive_isRefusedWithoutABcrypt() {
        Person late = EXAMPLES.user(Role.STAFF);
        OneTimeToken expired = token(late, Purpose.PASSWORD_RESET);
        EXAMPLES.embedded.execute(
                "update one_time_tokens set expires_at = now() - interval '1 second' where user_id = '" + late.id()
                        + "'");
        Person gone = EXAMPLES.user(Role.STAFF);
        OneTimeToken inactive = token(gone, Purpose.PASSWORD_RESET);
        EXAMPLES.embedded.execute("update users set active = false where id = '" + gone.id() + "'");
        long before = EXAMPLES.passwords.computations();

        assertThat(redeem(expired)).isEqualTo(new Refused());
        assertThat(redeem(inactive)).isEqualTo(new Refused());
        assertThat(redeem(OneTimeToken.random(late.practice(), EXAMPLES.random)))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.oneTimeTokens.redeem("", password(CHOSEN), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.oneTimeTokens.redeem("x".repeat(100_000), password(CHOSEN), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.passwords.computations()).isEqualTo(before);
    }

    @Test
    void redeem_withAnotherPracticeInFront_isRefused() {
        Person user = EXAMPLES.user(Role.STAFF);
        byte[] token = Base64.getUrlDecoder()
                .decode(token(user, Purpose.PASSWORD_RESET).reveal());
        PracticeId elsewhere = EXAMPLES.practice("Radiance");
        System.arraycopy(
                Base64.getUrlDecoder()
                        .decode(OneTimeToken.random(elsewhere, EXAMPLES.random).reveal()),
                0,
                token,
                0,
                16);
        String moved = Base64.getUrlEncoder().encodeToString(token);

        assertThat(OneTimeToken.parse(moved).orElseThrow().practice()).isEqualTo(elsewhere);
        assertThat(EXAMPLES.oneTimeTokens.redeem(moved, password(CHOSEN), origin()))
                .isEqualTo(new Refused());
        assertThat(EXAMPLES.login(user, PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void redeem_whenTooManyPasswordsAreHashed_keepsTheToken() throws Exception {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken token = token(user, Purpose.PASSWORD_RESET);
        Passwords one = new Passwords(Passwords.COST, 1, Duration.ofMillis(1), EXAMPLES.random);
        OneTimeTokens tokens = EXAMPLES.identity(one).oneTimeTokens();
        try (var threads = Executors.newFixedThreadPool(1)) {
            Future<?> busy = threads.submit(() -> {
                while (!Thread.interrupted()) {
                    one.check(password(CHOSEN), null);
                }
            });
            while (one.computations() == 0) {
                Thread.onSpinWait();
            }
            assertThat(tokens.redeem(token.reveal(), password(CHOSEN), origin()))
                    .isInstanceOf(Busy.class);
            busy.cancel(true);
        }

        assertThat(redeem(token)).isEqualTo(new Redeemed());
    }

    @Test
    void redeem_isAuditedAsItsUserWithoutSecrets() {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken token = token(user, Purpose.PASSWORD_RESET);
        redeem(token);

        assertThat(EXAMPLES.audit(user.practice(), "users")).last().satisfies(row -> {
            assertThat(row.action()).isEqualTo("UPDATE");
            assertThat(row.user()).isEqualTo(user.id());
            assertThat(row.everything()).contains("password").doesNotContain("$2a$");
        });
        assertThat(EXAMPLES.audit(user.practice(), "one_time_tokens"))
                .extracting(Examples.Audited::action)
                .containsExactly("CREATE", "UPDATE");
    }

    @Test
    void create_storesTheHashAlone() {
        Person user = EXAMPLES.user(Role.STAFF);
        OneTimeToken token = token(user, Purpose.PASSWORD_RESET);
        String stored = EXAMPLES.database.one(
                Caller.platform(user.practice(), origin()),
                Sql.of("select row_to_json(t)::text as row from one_time_tokens t where user_id = :id::uuid")
                        .bind()
                        .uuid("id", user.id()),
                row -> row.text("row"));

        assertThat(stored).contains(HexFormat.of().formatHex(token.hash())).doesNotContain(token.reveal());
        assertThat(token.toString()).isEqualTo("OneTimeToken[hidden]");
        assertThat(token.reveal()).hasSize(64).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void create_forAUserOfAnotherPractice_fails() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller elsewhere = Caller.platform(EXAMPLES.practice("Radiance"), origin());

        assertThatThrownBy(() ->
                        EXAMPLES.oneTimeTokens.create(elsewhere, user.id(), Purpose.PASSWORD_RESET, Duration.ofDays(1)))
                .isInstanceOf(ConstraintViolated.class);
    }

    @Test
    void create_andRedeemTenTimesOnOneConnection_keepTheirPractice() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller caller = Caller.platform(user.practice(), origin());
        try (PracticeDatabase one = EXAMPLES.embedded.open(
                EXAMPLES.embedded.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            OneTimeTokens tokens = EXAMPLES.identity(one).oneTimeTokens();
            for (int i = 0; i < 10; i++) {
                OneTimeToken token = tokens.create(caller, user.id(), Purpose.PASSWORD_RESET, Duration.ofDays(1));
                assertThat(tokens.redeem(token.reveal(), password("Kite-" + i + "-over-the-lake"), origin()))
                        .isEqualTo(new Redeemed());
            }
        }
    }

    private static OneTimeToken token(Person user, Purpose purpose) {
        return EXAMPLES.oneTimeTokens.create(
                Caller.platform(user.practice(), origin()), user.id(), purpose, Duration.ofDays(1));
    }

    private static Redemption redeem(OneTimeToken token) {
        return EXAMPLES.oneTimeTokens.redeem(token.reveal(), password(CHOSEN), origin());
    }
}
