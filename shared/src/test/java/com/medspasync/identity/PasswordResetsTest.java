package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.PasswordResets.Reply;
import com.medspasync.identity.UserAction.Reason;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.notice.NoticeKind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PasswordResetsTest {

    private static final UserScene SCENE = new UserScene();
    private static final String CHOSEN = "Kite-over-the-lake-7";

    private final PasswordResets resets = SCENE.identity.passwordResets();
    private final Caller admin = SCENE.admin();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void ask_byAUser_tellsThem_andTheOldPasswordGoesOnUntilTheTokenIsRedeemed() {
        Person person = SCENE.colleague(admin, Role.STAFF);

        assertThat(ask(person.email())).isEqualTo(new Reply.Taken());

        Notice notice = onlyNotice(NoticeKind.PASSWORD_RESET);
        assertThat(notice.subject()).isEqualTo(person.id());
        SCENE.awaitAnnounced(notice.id());
        String token = SCENE.token(notice);
        assertThat(SCENE.examples.login(person, PASSWORD)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(SCENE.redeem(token, CHOSEN)).isEqualTo(new Redemption.Redeemed());
        assertThat(SCENE.examples.login(person, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
        assertThat(SCENE.examples.login(person, CHOSEN)).isInstanceOf(LoginOutcome.LoggedIn.class);
    }

    @Test
    void compose_reset_isGoodForAnHour() {
        ask(SCENE.colleague(admin, Role.STAFF).email());

        assertThat(SCENE.compose(onlyNotice(NoticeKind.PASSWORD_RESET)))
                .isInstanceOfSatisfying(
                        Composition.Composed.class,
                        composed -> assertThat((Instant) composed.content().get("expiresAt"))
                                .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES)));
    }

    @Test
    void ask_byWhoWasInvited_invitesThemAgain() {
        User guest = SCENE.guest(admin, Role.STAFF);
        SCENE.examples.embedded.execute("update users set noticed_at = null where id = '" + guest.id() + "'");

        ask(guest.email());

        assertThat(SCENE.notices(admin.practice()))
                .extracting(Notice::kind)
                .containsExactly(NoticeKind.INVITATION, NoticeKind.INVITATION);
    }

    @Test
    void ask_inTheFiveMinutesAfterAnyWord_tellsNothing() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        ask(person.email());
        assertThat(ask(person.email())).isEqualTo(new Reply.Taken());
        onlyNotice(NoticeKind.PASSWORD_RESET);

        SCENE.examples.execute(person, "noticed_at = now() - interval '301 seconds'");
        ask(person.email());
        assertThat(SCENE.notices(admin.practice())).hasSize(2);
    }

    @Test
    void ask_manyTimesAtOnce_tellsOnce() throws Exception {
        Person person = SCENE.colleague(admin, Role.STAFF);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            Callable<Reply> asking = () -> ask(person.email());
            for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(16, asking))) {
                assertThat(reply.get()).isEqualTo(new Reply.Taken());
            }
        }
        onlyNotice(NoticeKind.PASSWORD_RESET);
    }

    @Test
    void ask_byWhoIsInactive_orNobody_isTheSameAnswerInAsManyRoundTrips() {
        Person active = SCENE.colleague(admin, Role.STAFF);
        Person inactive = SCENE.colleague(admin, Role.STAFF);
        SCENE.examples.execute(inactive, "active = false");
        try (WireCounter wire = WireCounter.before(SCENE.examples.embedded);
                PracticeDatabase counted = SCENE.examples.embedded.open(wire.settings(EmbeddedDatabase.APP))) {
            counted.ping();
            PasswordResets elsewhere = SCENE.examples.identity(counted).passwordResets();
            for (EmailAddress address :
                    List.of(email("nobody@glow.example"), active.email(), inactive.email(), active.email())) {
                assertThat(wire.during(() -> assertThat(elsewhere.ask(address, origin()))
                                        .isEqualTo(new Reply.Taken()))
                                .count())
                        .isEqualTo(2);
            }
        }
        assertThat(onlyNotice(NoticeKind.PASSWORD_RESET).subject()).isEqualTo(active.id());
    }

    @Test
    void ask_isOnRecord_ofThePlatformWhereNobodyHasTheAddress_withoutIt() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        ask(person.email());
        ask(email("somebody.unknown@glow.example"));

        assertThat(SCENE.examples.audit(admin.practice(), "notices"))
                .singleElement()
                .satisfies(row -> assertThat(row.everything())
                        .contains("PASSWORD_RESET", person.id().toString())
                        .doesNotContain(person.email().value()));
        assertThat(SCENE.examples.audit(PracticeId.PLATFORM, "notices"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.everything()).doesNotContain("somebody"));
    }

    @Test
    void ask_tooOftenFromOneNetwork_isThrottledAndTellsNobody() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Identity strict = SCENE.examples.identity(
                SCENE.examples.database,
                SCENE.examples.passwords,
                new Identity.Limits(Lockout.standard(), new NetworkLimit(1, Duration.ofMinutes(5))));
        SCENE.examples.embedded.execute("delete from login_networks");

        assertThat(strict.passwordResets().ask(email("nobody@glow.example"), origin()))
                .isEqualTo(new Reply.Taken());
        assertThat(strict.passwordResets().ask(person.email(), origin()))
                .isInstanceOfSatisfying(
                        Reply.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter())
                                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
        assertThat(SCENE.notices(admin.practice())).isEmpty();
    }

    @Test
    void askFor_aUserWithAPassword_tellsThemHoweverOften() {
        Person person = SCENE.colleague(admin, Role.STAFF);

        assertThat(resets.askFor(admin, person.id())).isEqualTo(new UserAction.Done());
        assertThat(resets.askFor(admin, person.id())).isEqualTo(new UserAction.Done());

        assertThat(SCENE.notices(admin.practice()))
                .extracting(Notice::kind)
                .containsExactly(NoticeKind.PASSWORD_RESET, NoticeKind.PASSWORD_RESET);
        // The user's own wish then is one too many.
        ask(person.email());
        assertThat(SCENE.notices(admin.practice())).hasSize(2);
    }

    @Test
    void askFor_whoNeverCame_isInactive_orIsNoneOfThePractices_isRefused() {
        User guest = SCENE.guest(admin, Role.STAFF);
        assertThat(resets.askFor(admin, guest.id())).isEqualTo(new UserAction.Refused(Reason.NO_PASSWORD));
        Person inactive = SCENE.colleague(admin, Role.STAFF);
        SCENE.examples.execute(inactive, "active = false");
        assertThat(resets.askFor(admin, inactive.id())).isEqualTo(new UserAction.Refused(Reason.INACTIVE));
        assertThat(resets.askFor(SCENE.admin(), inactive.id())).isEqualTo(new UserAction.Missing());
    }

    private Reply ask(EmailAddress address) {
        return resets.ask(address, origin());
    }

    private Notice onlyNotice(NoticeKind kind) {
        List<Notice> notices = SCENE.notices(admin.practice());
        assertThat(notices).extracting(Notice::kind).containsExactly(kind);
        return notices.getFirst();
    }
}
