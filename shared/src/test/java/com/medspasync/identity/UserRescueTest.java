package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.SessionEnded;
import com.medspasync.database.Sql;
import com.medspasync.identity.Examples.Enrolled;
import com.medspasync.identity.Examples.Person;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UserRescueTest {

    private static final UserScene SCENE = new UserScene();

    private static final Sql CODES_LEFT = Sql.of("""
            select count(*) as codes
            from recovery_codes
            where practice_id = :practice::uuid and user_id = :holder::uuid and replaced_at is null""");

    private final UserRescue rescue = SCENE.identity.rescue();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void resetSecondFactor_ofAUser_letsThePasswordAloneIn_andEndsWhatTheOldOneBegan() {
        Enrolled enrolled = SCENE.examples.enrolled(Role.STAFF);
        Person person = enrolled.person();
        Caller admin = SCENE.caller(SCENE.examples.user(person.practice(), Role.ADMIN));
        OneTimeToken ticket = SCENE.examples.ticket(person);

        assertThat(rescue.resetSecondFactor(admin, person.id())).isEqualTo(new UserAction.Done());

        assertThatThrownBy(() -> SCENE.identity.users().self(enrolled.caller())).isInstanceOf(SessionEnded.class);
        assertThat(SCENE.identity
                        .secondFactorLogins()
                        .login(
                                ticket.reveal(),
                                new SecondFactor.Given.Recovery(enrolled.codes().getFirst()),
                                origin()))
                .isEqualTo(new LoginOutcome.Refused());
        assertThat(SCENE.examples.login(person, PASSWORD)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(SCENE.read(admin, person.id()).secondFactor()).isFalse();
        assertThat(SCENE.examples.database.<Long>one(
                        admin, CODES_LEFT.bind().uuid("holder", person.id()), row -> row.bigint("codes")))
                .isZero();
        assertThat(SCENE.examples.audit(person.practice(), "users"))
                .anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo("LOGOUT");
                    assertThat(row.user()).isEqualTo(admin.user());
                    assertThat(row.everything()).contains("SECOND_FACTOR");
                })
                .anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo("UPDATE");
                    assertThat(row.user()).isEqualTo(admin.user());
                    assertThat(row.everything()).contains("mfa_enabled");
                });
    }

    @Test
    void resetSecondFactor_whereThereIsNone_leavesTheSessions() {
        Caller admin = SCENE.admin();
        Caller staff = SCENE.caller(SCENE.colleague(admin, Role.STAFF));

        assertThat(rescue.resetSecondFactor(admin, staff.requireUser())).isEqualTo(new UserAction.Done());
        assertThat(SCENE.identity.users().self(staff).version()).isEqualTo(1);
    }

    @Test
    void resetSecondFactor_ofOneself_isRefused() {
        Caller admin = SCENE.admin();
        assertThat(rescue.resetSecondFactor(admin, admin.requireUser()))
                .isEqualTo(new UserAction.Refused(UserAction.Reason.ONESELF));
    }

    @Test
    void unlock_ofALockedUser_letsThemInAtOnce_andForgetsTheGuesses() {
        Caller admin = SCENE.admin();
        Person person = SCENE.colleague(admin, Role.STAFF);
        SCENE.examples.execute(person, "login_attempts = 9, locked_until = now() + interval '1 hour'");
        assertThat(SCENE.examples.login(person, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
        assertThat(SCENE.read(admin, person.id()).lockedUntil()).isNotNull();

        assertThat(rescue.unlock(admin, person.id())).isEqualTo(new UserAction.Done());

        // One more wrong one would lock, had the others not been forgotten.
        assertThat(SCENE.examples.login(person, "Not-the-password-1")).isEqualTo(new LoginOutcome.Refused());
        assertThat(SCENE.examples.login(person, PASSWORD)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(SCENE.examples.audit(admin.practice(), "users")).anySatisfy(row -> {
            assertThat(row.user()).isEqualTo(admin.user());
            assertThat(row.everything()).contains("locked_until");
        });
    }

    @Test
    void anything_forSomebodyOfAnotherPractice_findsNobody() {
        Caller admin = SCENE.admin();
        Person stranger = SCENE.examples.user(Role.STAFF);
        SCENE.examples.execute(stranger, "locked_until = now() + interval '1 hour'");

        assertThat(rescue.unlock(admin, stranger.id())).isEqualTo(new UserAction.Missing());
        assertThat(rescue.resetSecondFactor(admin, stranger.id())).isEqualTo(new UserAction.Missing());
        assertThat(SCENE.identity.sessions().endAll(admin, stranger.id())).isEmpty();
        assertThat(SCENE.examples.login(stranger, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
    }
}
