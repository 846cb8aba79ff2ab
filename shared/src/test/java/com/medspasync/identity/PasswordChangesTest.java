package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.SessionEnded;
import com.medspasync.identity.Examples.Enrolled;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.Redemption.Redeemed;
import com.medspasync.identity.Redemption.Refused;
import com.medspasync.identity.Redemption.Unfit;
import com.medspasync.identity.StepUps.Evidence;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Verification;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What somebody who is logged in proves, and changes, about their own login. */
class PasswordChangesTest {

    private static final Examples EXAMPLES = new Examples();
    private static final String NEXT = "Kite-over-the-lake-7";

    private final PasswordChanges changes = EXAMPLES.identity.passwordChanges();
    private final StepUps stepUps = EXAMPLES.identity.stepUps();

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void change_replacesThePasswordAndEndsWhatElseItOpened() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller other = EXAMPLES.entry(user).user().caller(origin());
        Caller caller = EXAMPLES.entry(user).user().caller(origin());
        OneTimeToken reset = EXAMPLES.oneTimeTokens.create(
                caller, user.id(), OneTimeTokens.Purpose.PASSWORD_RESET, Duration.ofHours(1));

        assertThat(changes.change(caller, password(PASSWORD), password(NEXT))).isEqualTo(new Redeemed());

        assertThat(EXAMPLES.users.self(caller).id())
                .as("one's own session goes on")
                .isEqualTo(user.id());
        assertThatThrownBy(() -> EXAMPLES.users.self(other)).isInstanceOf(SessionEnded.class);
        assertThat(EXAMPLES.audit(user.practice(), "users"))
                .filteredOn(row -> row.action().equals("LOGOUT"))
                .singleElement()
                .satisfies(row -> assertThat(row.everything()).contains("PASSWORD", String.valueOf(other.session())));
        assertThat(EXAMPLES.login(user, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
        assertThat(EXAMPLES.login(user, NEXT)).isInstanceOf(LoggedIn.class);
        assertThat(EXAMPLES.oneTimeTokens.redeem(reset.reveal(), password("Boat-under-the-moon-3"), origin()))
                .isEqualTo(new Refused());
    }

    @Test
    void change_toOneOfTheLastFive_isRefused() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller caller = EXAMPLES.entry(user).user().caller(origin());
        String present = PASSWORD;
        for (int i = 0; i < 5; i++) {
            String next = "Kite-" + i + "-over-the-lake";
            assertThat(changes.change(caller, password(present), password(next)))
                    .isEqualTo(new Redeemed());
            present = next;
        }

        assertThat(code(changes.change(caller, password(present), password(present))))
                .isEqualTo("reused");
        assertThat(code(changes.change(caller, password(present), password("Kite-0-over-the-lake"))))
                .isEqualTo("reused");
        assertThat(changes.change(caller, password(present), password(PASSWORD)))
                .as("the one before those")
                .isEqualTo(new Redeemed());
    }

    @Test
    void change_toACommonOneOrOnesOwnName_isRefused() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller caller = EXAMPLES.entry(user).user().caller(origin());
        String name = user.email().value().substring(0, user.email().value().indexOf('@'));

        assertThat(code(changes.change(caller, password(PASSWORD), password("passwordpassword"))))
                .isEqualTo("common");
        assertThat(code(changes.change(caller, password(PASSWORD), password("xk-" + name + "-9-trolley"))))
                .isEqualTo("context");
        assertThat(EXAMPLES.login(user, PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void change_withAWrongPassword_countsTowardsTheLock() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller caller = EXAMPLES.entry(user).user().caller(origin());
        for (int i = 0; i < 5; i++) {
            assertThat(changes.change(caller, password("Another-Password-1"), password(NEXT)))
                    .isEqualTo(new Refused());
        }

        assertThat(changes.change(caller, password(PASSWORD), password(NEXT))).isEqualTo(new Refused());
        assertThat(EXAMPLES.login(user, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
    }

    @Test
    void prove_withThePassword_givesATokenThatSaysWhen() {
        Caller caller = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());
        EXAMPLES.clock.forward(Duration.ofMinutes(7));

        assertThat(stepUps.prove(caller, new Evidence.Secret(password(PASSWORD))))
                .isInstanceOfSatisfying(StepUps.Outcome.Proved.class, proved -> {
                    Authenticated user = ((Verification.Verified)
                                    EXAMPLES.tokens.verify(proved.token().token()))
                            .user();
                    assertThat(user.proof().at())
                            .isEqualTo(EXAMPLES.clock.instant().truncatedTo(ChronoUnit.SECONDS));
                    assertThat(user.proof().secondFactor()).isFalse();
                    assertThat(user.session()).isEqualTo(caller.session());
                });
    }

    @Test
    void prove_ofWhoHasASecondFactor_takesNoPassword() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        SecondFactor.Given code = EXAMPLES.nextCode(user.secret());

        assertThat(stepUps.prove(user.caller(), new Evidence.Secret(password(PASSWORD))))
                .isEqualTo(new StepUps.Outcome.Refused());
        assertThat(stepUps.prove(user.caller(), new Evidence.Factor(code))).isInstanceOf(StepUps.Outcome.Proved.class);
        assertThat(stepUps.prove(user.caller(), new Evidence.Factor(code)))
                .as("the same code again")
                .isEqualTo(new StepUps.Outcome.Refused());
        SecondFactor.Given recovery =
                new SecondFactor.Given.Recovery(user.codes().get(0));
        assertThat(stepUps.prove(user.caller(), new Evidence.Factor(recovery)))
                .isInstanceOf(StepUps.Outcome.Proved.class);
        assertThat(stepUps.prove(user.caller(), new Evidence.Factor(recovery)))
                .isEqualTo(new StepUps.Outcome.Refused());
    }

    @Test
    void prove_ofWhoHasNone_takesNoCode() {
        Enrolled somebody = EXAMPLES.enrolled(Role.STAFF);
        Caller caller = EXAMPLES.entry(EXAMPLES.user(Role.STAFF)).user().caller(origin());

        assertThat(stepUps.prove(caller, new Evidence.Factor(EXAMPLES.nextCode(somebody.secret()))))
                .isEqualTo(new StepUps.Outcome.Refused());
    }

    @Test
    void prove_wrongFiveTimes_locks() {
        Enrolled user = EXAMPLES.enrolled(Role.STAFF);
        for (int i = 0; i < 5; i++) {
            stepUps.prove(
                    user.caller(),
                    new Evidence.Factor(new SecondFactor.Given.Recovery(
                            RecoveryCode.ten(EXAMPLES.random).get(0))));
        }

        assertThat(stepUps.prove(user.caller(), new Evidence.Factor(EXAMPLES.nextCode(user.secret()))))
                .isEqualTo(new StepUps.Outcome.Refused());
    }

    @Test
    void login_withAHashThatIsTooCheapByNow_replacesIt() {
        Person user = EXAMPLES.user(Role.STAFF);
        Passwords dearer = new Passwords(5, 8, Duration.ofSeconds(10), EXAMPLES.random);

        assertThat(EXAMPLES.identity(dearer).logins().login(user.email(), password(PASSWORD), origin()))
                .isInstanceOf(LoggedIn.class);

        assertThat(EXAMPLES.hash(user)).startsWith("$2a$05$");
        assertThat(EXAMPLES.login(user, PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(EXAMPLES.hash(user)).as("dearer ones stay").startsWith("$2a$05$");
    }

    private static String code(Redemption outcome) {
        return outcome instanceof Unfit unfit ? unfit.violation().code() : outcome.toString();
    }
}
