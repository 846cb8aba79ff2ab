package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.Invitations.Guest;
import com.medspasync.identity.UserAction.Reason;
import com.medspasync.message.Recipient;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.notice.NoticeKind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InvitationsTest {

    private static final UserScene SCENE = new UserScene();
    private static final String CHOSEN = "Kite-over-the-lake-7";

    private final Invitations invitations = SCENE.identity.invitations();
    private final Caller admin = SCENE.admin();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void invite_somebodyNew_storesAndAnnouncesThem_andTheirTokenLetsThemIn() {
        User user = SCENE.guest(admin, Role.PRACTITIONER);

        assertThat(user)
                .extracting(User::role, User::active, User::invited, User::version)
                .containsExactly(Role.PRACTITIONER, true, true, 1);
        Notice notice = onlyNotice();
        assertThat(notice).extracting(Notice::kind, Notice::subject).containsExactly(NoticeKind.INVITATION, user.id());
        SCENE.awaitAnnounced(notice.id());

        assertThat(SCENE.redeem(SCENE.token(notice), CHOSEN)).isEqualTo(new Redemption.Redeemed());
        Person person = new Person(admin.practice(), user.id(), user.email(), Role.PRACTITIONER);
        assertThat(SCENE.examples.login(person, CHOSEN)).isInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(SCENE.read(admin, user.id()).invited()).isFalse();
    }

    @Test
    void compose_invitation_namesTheUserAndIsGoodForAWeek() {
        User user = SCENE.guest(admin, Role.STAFF);

        assertThat(SCENE.compose(onlyNotice())).isInstanceOfSatisfying(Composition.Composed.class, composed -> {
            assertThat(composed.recipient()).isEqualTo(new Recipient(user.id(), user.email()));
            assertThat(composed.content()).containsOnlyKeys("token", "expiresAt");
            assertThat((Instant) composed.content().get("expiresAt"))
                    .isCloseTo(Instant.now().plus(Duration.ofDays(7)), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void compose_again_leavesTheEarlierTokenGoodUntilOneIsRedeemed() {
        SCENE.guest(admin, Role.STAFF);
        String first = SCENE.token(onlyNotice());
        String second = SCENE.token(onlyNotice());

        assertThat(SCENE.redeem(first, CHOSEN)).isEqualTo(new Redemption.Redeemed());
        assertThat(SCENE.redeem(second, "Another-kite-over-it-8")).isEqualTo(new Redemption.Refused());
    }

    @Test
    void compose_forWhoHasCome_orMayNotAnyMore_isObsolete() {
        User come = SCENE.guest(admin, Role.STAFF);
        Notice notice = onlyNotice();
        assertThat(SCENE.redeem(SCENE.token(notice), CHOSEN)).isEqualTo(new Redemption.Redeemed());
        assertThat(SCENE.compose(notice)).isInstanceOf(Composition.Obsolete.class);

        User shut = SCENE.guest(admin, Role.STAFF);
        Notice second = SCENE.notices(admin.practice()).getLast();
        assertThat(second.subject()).isEqualTo(shut.id());
        SCENE.identity.userChanges().change(admin, shut.id(), 1, new UserPatch(null, false));
        assertThat(SCENE.compose(second)).isInstanceOf(Composition.Obsolete.class);
        assertThat(come.id()).isNotEqualTo(shut.id());
    }

    @Test
    void invite_anAddressThatSomebodyHasAnywhere_isTaken_andTellsNobody() {
        Person elsewhere = SCENE.examples.user(Role.STAFF);

        assertThat(invitations.invite(admin, new Guest(elsewhere.email(), Role.STAFF)))
                .isEqualTo(new Invitation.EmailTaken());
        assertThat(SCENE.notices(admin.practice())).isEmpty();
        assertThat(SCENE.notices(elsewhere.practice())).isEmpty();
    }

    @Test
    void invite_toAPracticeThatIsNone_isNone() {
        Caller nowhere = Caller.platform(new PracticeId(UUID.randomUUID()), origin());

        assertThat(invitations.invite(nowhere, new Guest(email("nobody@nowhere.example"), Role.STAFF)))
                .isEqualTo(new Invitation.NoPractice());
    }

    @Test
    void invite_anOperatorToAPractice_isAFault() {
        assertThatThrownBy(() -> invitations.invite(admin, new Guest(email("op@glow.example"), Role.OPERATOR)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void again_whileInvited_tellsOnceMore_andIsOnRecord() {
        User user = SCENE.guest(admin, Role.STAFF);

        assertThat(invitations.again(admin, user.id())).isEqualTo(new UserAction.Done());

        List<Notice> notices = SCENE.notices(admin.practice());
        assertThat(notices).hasSize(2).allSatisfy(notice -> {
            assertThat(notice.kind()).isEqualTo(NoticeKind.INVITATION);
            SCENE.awaitAnnounced(notice.id());
        });
        assertThat(SCENE.examples.audit(admin.practice(), "notices"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.action()).isEqualTo("CREATE");
                    assertThat(row.user()).isEqualTo(admin.user());
                    assertThat(row.record()).isEqualTo(notices.getLast().id());
                    assertThat(row.everything())
                            .contains("INVITATION", user.id().toString());
                });
    }

    @Test
    void again_forWhoHasCome_isInactive_orIsNoneOfThePractices_isRefused() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        assertThat(invitations.again(admin, person.id())).isEqualTo(new UserAction.Refused(Reason.HAS_PASSWORD));

        User guest = SCENE.guest(admin, Role.STAFF);
        SCENE.identity.userChanges().change(admin, guest.id(), 1, new UserPatch(null, false));
        assertThat(invitations.again(admin, guest.id())).isEqualTo(new UserAction.Refused(Reason.INACTIVE));

        Caller other = SCENE.admin();
        assertThat(invitations.again(other, guest.id())).isEqualTo(new UserAction.Missing());
        assertThat(SCENE.notices(admin.practice())).hasSize(1);
    }

    @Test
    void invite_isRecordedWithWhoDidIt_andNoToken() {
        User user = SCENE.guest(admin, Role.STAFF);
        String token = SCENE.token(onlyNotice());

        assertThat(SCENE.examples.audit(admin.practice(), "users"))
                .filteredOn(row -> user.id().equals(row.record()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.action()).isEqualTo("CREATE");
                    assertThat(row.user()).isEqualTo(admin.user());
                });
        assertThat(SCENE.examples.audit(admin.practice(), "one_time_tokens"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.everything()).doesNotContain(token, PASSWORD));
    }

    private Notice onlyNotice() {
        List<Notice> notices = SCENE.notices(admin.practice());
        assertThat(notices).hasSize(1);
        return notices.getFirst();
    }
}
