package com.medspasync.emergency;

import static com.medspasync.emergency.EmergencyScene.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.ClientView;
import com.medspasync.clients.Clients;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.SessionEnded;
import com.medspasync.emergency.EmergencyAccess.Status;
import com.medspasync.emergency.EmergencyAccess.Verdict;
import com.medspasync.emergency.EmergencyAccesses.Opened;
import com.medspasync.emergency.EmergencyAccesses.Reviewed;
import com.medspasync.masking.ClientField;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.Role;
import com.medspasync.token.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmergencyAccessesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final EmergencyReview JUSTIFIED = new EmergencyReview(Verdict.JUSTIFIED, "Ambulance came");

    private final EmergencyScene scene = new EmergencyScene(PLATFORM, PLATFORM.database());
    private final Clients clients = PLATFORM.clients();
    private final UUID client = scene.client();
    private final Caller staff = scene.user(Role.STAFF);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void open_givesATokenForThatClientAndThatLong() {
        Opened opened = scene.accesses
                .open(staff, new EmergencyRequest(client, "Collapsed at the desk", Duration.ofMinutes(5)))
                .orElseThrow();

        assertThat(opened.token().expiresIn()).isEqualTo(Duration.ofMinutes(5));
        assertThat(Duration.between(Instant.now(), opened.expiresAt()))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(((Verification.Verified) scene.tokens.verify(opened.token().token()))
                        .user()
                        .emergency())
                .isEqualTo(new Emergency(opened.id(), client));
    }

    @ParameterizedTest
    @EnumSource(names = {"STAFF", "MANAGER", "PRACTITIONER", "ADMIN"})
    void read_inAnEmergency_showsAllThatMatters_andNoMore(Role role) {
        Caller user = scene.user(role);
        assertThat(read(user, client).withheld()).isNotNull();

        ClientView seen = read(inEmergency(user), client);

        assertThat(seen.medicalHistory()).isEqualTo("Allergic to lidocaine.\nNo surgeries.");
        assertThat(seen.notes()).isEqualTo("Prefers mornings.");
        assertThat(seen.dateOfBirth()).isEqualTo("1984-02-29");
        assertThat(seen.emergencyContact())
                .isNotNull()
                .satisfies(contact -> assertThat(contact.phone()).isEqualTo("+12125550124"));
        assertThat(seen.ssn()).isEqualTo(read(user, client).ssn());
        assertThat(seen.withheld()).isEqualTo(role == Role.PRACTITIONER ? List.of(ClientField.SSN) : List.of());
    }

    @Test
    void read_ofAnotherClientInAnEmergency_showsWhatTheRoleSees() {
        UUID other = scene.client();

        assertThat(read(inEmergency(staff), other)).isEqualTo(read(staff, other));
        assertThat(read(staff, other).medicalHistory()).isNull();
    }

    @Test
    void whateverIsRecordedInAnEmergency_isMarked() {
        Caller caller = inEmergency(staff);
        UUID access = leave(caller).access();
        read(caller, client);
        read(staff, client);

        assertThat(PLATFORM.rows(
                        "select action || ' ' || details::text from audit_logs where record_id = ? and break_glass = ?",
                        client,
                        access))
                .containsExactly(
                        "READ {\"unmasked\": [\"dateOfBirth\", \"address\", \"emergencyContact\", \"medicalHistory\", \"notes\"]}");
        assertThat(scene.accesses.disclosed(scene.user(Role.ADMIN), access))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("READ");
                    assertThat(event.record()).isEqualTo(client);
                    assertThat(event.unmasked()).contains("medicalHistory");
                });
        assertThat(PLATFORM.rows(
                        "select action || (break_glass is null) from audit_logs where record_id = ? and action = 'BREAK_GLASS'",
                        client))
                .containsExactly("BREAK_GLASStrue");
    }

    @Test
    void reading_ofAnAccess_isOnRecordAboutItsClient() {
        UUID access = leave(inEmergency(staff)).access();
        Caller admin = scene.user(Role.ADMIN);

        scene.accesses.find(admin, access);
        scene.accesses.list(admin);
        scene.accesses.find(admin, UUID.randomUUID());

        assertThat(PLATFORM.rows(
                        "select action from disclosures where record_id = ? and user_id = ?", client, admin.user()))
                .containsExactly("READ", "READ");
        assertThat(PLATFORM.rows(
                        "select new_values ->> 'reason' from audit_logs where record_id = ? and table_name = 'emergency_accesses' and action = 'CREATE'",
                        access))
                .as("what was written about the client stays with the access")
                .containsExactly("[redacted]");
    }

    @Test
    void open_tellsTheAdministrators_withTheGrant() {
        UUID access = leave(inEmergency(staff)).access();

        assertThat(PLATFORM.rows("select kind from notices where subject_id = ?", access))
                .containsExactly("BREAK_GLASS");
    }

    @Test
    void open_forAClientThatIsNotThere_grantsAndTellsNothing() {
        UUID elsewhere = new EmergencyScene(PLATFORM, PLATFORM.database()).client();

        assertThat(scene.accesses.open(staff, request(UUID.randomUUID()))).isEmpty();
        assertThat(scene.accesses.open(staff, request(elsewhere))).isEmpty();
        assertThat(scene.accesses.list(scene.user(Role.ADMIN))).isEmpty();
        assertThat(PLATFORM.rows("select kind from notices where practice_id = ?", scene.practice.value()))
                .isEmpty();
    }

    @Test
    void request_afterItsEnd_isRefused() {
        Caller given = inEmergency(staff);
        assertThat(scene.accesses.end(scene.user(Role.STAFF), leave(given).access()))
                .as("somebody else's")
                .isFalse();
        assertThat(scene.accesses.end(staff, leave(given).access())).isTrue();
        assertThatThrownBy(() -> read(given, client)).isInstanceOf(SessionEnded.class);

        Caller expired = inEmergency(staff);
        expire(expired);
        assertThatThrownBy(() -> read(expired, client)).isInstanceOf(SessionEnded.class);
        assertThat(read(staff, client).id()).as("the session goes on").isEqualTo(client);
    }

    @Test
    void request_withSomebodyElsesLeave_isRefused() {
        Caller thief = scene.user(Role.STAFF).in(leave(inEmergency(staff)));

        assertThatThrownBy(() -> read(thief, client)).isInstanceOf(SessionEnded.class);
    }

    @Test
    void review_isByAnotherAndWhenItIsOver_andOnce() {
        Caller admin = scene.user(Role.ADMIN);
        Caller caller = inEmergency(staff);
        UUID access = leave(caller).access();

        assertThat(scene.accesses.review(admin, access, JUSTIFIED)).isEqualTo(Reviewed.OPEN);
        expire(caller);
        assertThat(scene.accesses.find(admin, access).orElseThrow().status()).isEqualTo(Status.TO_REVIEW);
        assertThat(scene.accesses.review(staff, access, JUSTIFIED)).isEqualTo(Reviewed.OWN);
        assertThat(scene.accesses.review(admin, access, JUSTIFIED)).isEqualTo(Reviewed.DONE);
        assertThat(scene.accesses.review(admin, access, new EmergencyReview(Verdict.UNJUSTIFIED, null)))
                .isEqualTo(Reviewed.BEFORE);
        assertThat(scene.accesses.review(admin, UUID.randomUUID(), JUSTIFIED)).isEqualTo(Reviewed.MISSING);
        assertThat(scene.accesses.find(admin, access).orElseThrow()).satisfies(reviewed -> {
            assertThat(reviewed.status()).isEqualTo(Status.REVIEWED);
            assertThat(reviewed.verdict()).isEqualTo(Verdict.JUSTIFIED);
            assertThat(reviewed.reviewedBy()).isEqualTo(admin.user());
            assertThat(reviewed.toString()).doesNotContain("Collapsed", "Ambulance");
        });
    }

    @Test
    void review_bySeveralAtOnce_countsOne() throws Exception {
        Caller caller = inEmergency(staff);
        expire(caller);
        List<Future<Reviewed>> outcomes = new ArrayList<>();
        int reviewers = 6;
        try (var threads = Executors.newFixedThreadPool(reviewers)) {
            CountDownLatch together = new CountDownLatch(reviewers);
            for (int i = 0; i < reviewers; i++) {
                Caller admin = scene.user(Role.ADMIN);
                outcomes.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return scene.accesses.review(admin, leave(caller).access(), JUSTIFIED);
                }));
            }
        }

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.resultNow() == Reviewed.DONE)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.resultNow() == Reviewed.BEFORE)
                .hasSize(reviewers - 1);
    }

    @Test
    void database_letsNobodyReviewThemselvesOrTooEarly() {
        UUID access = leave(inEmergency(staff)).access();
        String review =
                "update emergency_accesses set verdict = 'JUSTIFIED', reviewed_at = now(), reviewed_by = '%s' where id = '%s'";

        assertThatThrownBy(() -> PLATFORM.execute(review.formatted(UUID.randomUUID(), access)))
                .hasMessageContaining("emergency_accesses_check");
        expire(access);
        assertThatThrownBy(() -> PLATFORM.execute(review.formatted(staff.user(), access)))
                .hasMessageContaining("emergency_accesses_check");
    }

    private Caller inEmergency(Caller user) {
        Opened opened = scene.accesses.open(user, request(client)).orElseThrow();
        return user.in(new Emergency(opened.id(), client));
    }

    private static Emergency leave(Caller caller) {
        return Objects.requireNonNull(caller.emergency());
    }

    private static void expire(Caller caller) {
        expire(leave(caller).access());
    }

    private static void expire(UUID access) {
        PLATFORM.execute(
                "update emergency_accesses set created_at = now() - interval '20 minutes', expires_at = now() - interval '5 minutes' where id = '"
                        + access + "'");
    }

    private ClientView read(Caller caller, UUID id) {
        return switch (clients.findById(caller, id)) {
            case Lookup.Found<ClientView>(ClientView found) -> found;
            case Lookup<ClientView> other -> throw new AssertionError(other);
        };
    }
}
