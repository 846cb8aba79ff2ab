package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.SessionEnded;
import com.medspasync.identity.Examples.Person;
import com.medspasync.identity.UserChange.Changed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UserChangesTest {

    private static final UserScene SCENE = new UserScene();
    private static final UserPatch DEACTIVATE = new UserPatch(null, false);
    private static final UserPatch DEMOTE = new UserPatch(Role.STAFF, null);

    private final UserChanges changes = SCENE.identity.userChanges();
    private final Caller admin = SCENE.admin();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void change_ofTheRole_countsWithTheNextStatementOnAnotherConnection_andAfterARefresh() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Entry entry = SCENE.examples.entry(person);
        Caller staff = entry.user().caller(origin());
        try (PracticeDatabase other = SCENE.examples.embedded.open(EmbeddedDatabase.APP)) {
            Identity elsewhere = SCENE.examples.identity(other);
            assertThat(elsewhere.users().self(staff).role()).isEqualTo(Role.STAFF);

            assertThat(change(person.id(), 1, new UserPatch(Role.MANAGER, null)))
                    .isEqualTo(new Changed(SCENE.read(admin, person.id())));
            assertThat(SCENE.read(admin, person.id()).role()).isEqualTo(Role.MANAGER);

            assertThatThrownBy(() -> elsewhere.users().self(staff)).isInstanceOf(SessionEnded.class);
            Refreshed refreshed = elsewhere.sessions().refresh(entry.refresh(), origin());
            assertThat(refreshed)
                    .isInstanceOfSatisfying(
                            Refreshed.GoesOn.class,
                            on -> assertThat(elsewhere
                                            .users()
                                            .self(on.entry().user().caller(origin())))
                                    .extracting(User::role, User::version)
                                    .containsExactly(Role.MANAGER, 2));
        }
    }

    @Test
    void change_thatDeactivates_endsSessionsAndTokensAtOnce() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Entry entry = SCENE.examples.entry(person);
        OneTimeToken token = SCENE.identity
                .oneTimeTokens()
                .create(admin, person.id(), OneTimeTokens.Purpose.PASSWORD_RESET, Duration.ofHours(1));

        assertThat(change(person.id(), 1, DEACTIVATE)).isInstanceOf(Changed.class);

        assertThatThrownBy(() -> SCENE.identity.users().self(entry.user().caller(origin())))
                .isInstanceOf(SessionEnded.class);
        assertThat(SCENE.identity.sessions().refresh(entry.refresh(), origin())).isEqualTo(new Refreshed.Refused());
        assertThat(SCENE.examples.login(person, PASSWORD)).isEqualTo(new LoginOutcome.Refused());
        assertThat(SCENE.redeem(token.reveal(), "Kite-over-the-lake-7")).isEqualTo(new Redemption.Refused());
        assertThat(SCENE.examples.audit(person.practice(), "users"))
                .filteredOn(row -> person.id().equals(row.record()))
                .anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo("LOGOUT");
                    assertThat(row.user()).isEqualTo(admin.user());
                    assertThat(row.everything()).contains("DEACTIVATED");
                })
                .anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo("UPDATE");
                    assertThat(row.user()).isEqualTo(admin.user());
                    assertThat(row.everything()).contains("\"active\"");
                });
    }

    @Test
    void change_thatReactivates_bringsNoSessionAndNoTokenBack() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Entry entry = SCENE.examples.entry(person);
        assertThat(change(person.id(), 1, DEACTIVATE)).isInstanceOf(Changed.class);
        // What was under way when the user was deactivated, and committed a moment later.
        SCENE.examples.executeSession(entry, "ended_at = null, end_reason = null");
        OneTimeToken token = SCENE.identity
                .oneTimeTokens()
                .create(admin, person.id(), OneTimeTokens.Purpose.PASSWORD_RESET, Duration.ofHours(1));

        assertThat(change(person.id(), 2, new UserPatch(null, true))).isInstanceOf(Changed.class);

        assertThat(SCENE.identity.sessions().refresh(entry.refresh(), origin())).isEqualTo(new Refreshed.Refused());
        assertThat(SCENE.redeem(token.reveal(), "Kite-over-the-lake-7")).isEqualTo(new Redemption.Refused());
        assertThat(SCENE.examples.login(person, PASSWORD)).isInstanceOf(LoginOutcome.LoggedIn.class);
    }

    @Test
    void change_ofAnotherVersion_ofNobody_orOfAnotherPractices_isNone() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Person stranger = SCENE.examples.user(Role.STAFF);

        assertThat(change(person.id(), 2, DEACTIVATE)).isEqualTo(new UserChange.Stale());
        assertThat(change(stranger.id(), 1, DEACTIVATE)).isEqualTo(new UserChange.Missing());
        assertThat(change(UUID.randomUUID(), 1, DEACTIVATE)).isEqualTo(new UserChange.Missing());
        assertThat(SCENE.read(admin, person.id()).active()).isTrue();
    }

    @Test
    void change_thatChangesNothing_leavesTheVersionAndTheSessions() {
        Person person = SCENE.colleague(admin, Role.STAFF);
        Caller staff = SCENE.caller(person);

        assertThat(change(person.id(), 1, new UserPatch(Role.STAFF, true)))
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.user().version()).isEqualTo(1));
        assertThat(SCENE.identity.users().self(staff).version()).isEqualTo(1);
    }

    @Test
    void change_ofOneself_isRefused() {
        SCENE.colleague(admin, Role.ADMIN);

        assertThat(change(admin.requireUser(), 1, DEACTIVATE)).isEqualTo(new UserChange.Oneself());
        assertThat(change(admin.requireUser(), 1, DEMOTE)).isEqualTo(new UserChange.Oneself());
    }

    @Test
    void change_ofTheLastAdministratorWhoCanEnter_isRefused() {
        Caller operator = Caller.platform(admin.practice(), origin());
        UUID last = admin.requireUser();
        User invited = SCENE.guest(admin, Role.ADMIN);
        Person idle = SCENE.colleague(admin, Role.ADMIN);
        assertThat(change(idle.id(), 1, DEACTIVATE)).isInstanceOf(Changed.class);

        assertThat(changes.change(operator, last, 1, DEACTIVATE)).isEqualTo(new UserChange.LastAdmin());
        assertThat(changes.change(operator, last, 1, DEMOTE)).isEqualTo(new UserChange.LastAdmin());
        assertThat(changes.change(operator, last, 1, new UserPatch(Role.ADMIN, true)))
                .isInstanceOf(Changed.class);
        assertThat(changes.change(operator, invited.id(), 1, DEACTIVATE)).isInstanceOf(Changed.class);

        SCENE.colleague(admin, Role.ADMIN);
        assertThat(changes.change(operator, last, 1, DEMOTE)).isInstanceOf(Changed.class);
    }

    @Test
    void change_byAllAdministratorsOfEachOtherAtOnce_leavesOne() throws Exception {
        PracticeId practice = SCENE.examples.practice("Glow");
        List<UUID> admins = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            admins.add(SCENE.examples.user(practice, Role.ADMIN).id());
        }
        try (PracticeDatabase one = SCENE.examples.embedded.open(EmbeddedDatabase.APP);
                PracticeDatabase two = SCENE.examples.embedded.open(EmbeddedDatabase.APP);
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<List<UserChange>>> attacks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                UserChanges instance = new UserChanges(i % 2 == 0 ? one : two);
                Caller caller = new Caller(practice, admins.get(i), Role.ADMIN, null, origin());
                UserPatch patch = i % 3 == 0 ? DEMOTE : DEACTIVATE;
                attacks.add(() -> admins.stream()
                        .filter(other -> !other.equals(caller.user()))
                        .map(other -> instance.change(caller, other, 1, patch))
                        .toList());
            }
            List<UserChange> outcomes = new ArrayList<>();
            for (Future<List<UserChange>> attack : threads.invokeAll(attacks)) {
                outcomes.addAll(attack.get());
            }
            assertThat(outcomes).filteredOn(Changed.class::isInstance).hasSize(15);
            assertThat(outcomes).contains(new UserChange.LastAdmin());
        }
        assertThat(admins.stream().map(id -> SCENE.read(Caller.platform(practice, origin()), id)))
                .filteredOn(user -> user.active() && user.role() == Role.ADMIN)
                .hasSize(1);
    }

    @Test
    void change_ofAnOperator_keepsTheLastOne_andTheRole() {
        PracticeId platform = PracticeId.PLATFORM;
        SCENE.examples.embedded.execute("update users set active = false where practice_id = '" + platform + "'");
        Person first = SCENE.examples.user(platform, Role.OPERATOR);
        Person second = SCENE.examples.user(platform, Role.OPERATOR);
        Caller operator = SCENE.caller(first);

        assertThat(changes.change(operator, second.id(), 1, new UserPatch(Role.OPERATOR, false)))
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.user())
                                .extracting(User::role, User::active)
                                .containsExactly(Role.OPERATOR, false));
        assertThat(changes.change(Caller.platform(platform, origin()), first.id(), 1, DEACTIVATE))
                .isEqualTo(new UserChange.LastAdmin());
    }

    @Test
    void change_byAnOperatorInAPractice_isOnRecordThere() {
        Caller operator = SCENE.caller(SCENE.examples.user(PracticeId.PLATFORM, Role.OPERATOR))
                .actingIn(admin.practice());
        Person person = SCENE.colleague(admin, Role.STAFF);

        assertThat(changes.change(operator, person.id(), 1, DEACTIVATE)).isInstanceOf(Changed.class);
        assertThat(SCENE.examples.audit(admin.practice(), "users"))
                .filteredOn(
                        row -> person.id().equals(row.record()) && row.action().equals("UPDATE"))
                .extracting(Examples.Audited::user)
                .containsExactly(operator.user());
    }

    private UserChange change(UUID id, int version, UserPatch patch) {
        return changes.change(admin, id, version, patch);
    }
}
