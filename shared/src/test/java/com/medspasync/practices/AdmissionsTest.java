package com.medspasync.practices;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.PracticeClosing;
import com.medspasync.input.Faults;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Restoration;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

    private static final Sql ALL = Sql.of("select id from admitted_practices(null, null, 101)");
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));
    private static final Caller OPERATOR = Examples.operator();

    private final Admissions admissions = new Admissions(
            PLATFORM.database(),
            PLATFORM.keys(),
            PLATFORM.cipher(),
            new Practices(PLATFORM.database(), PLATFORM.keys(), PLATFORM.cipher()),
            PLATFORM.pages());
    private final PracticeClosing closing = new PracticeClosing(PLATFORM.database());

    @BeforeAll
    static void platformKey() {
        new PlatformPracticeKey(PLATFORM.keys()).create(DATABASE.open(EmbeddedDatabase.OWNER));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void admit_practice_isThereWithItsKey_onRecordAsTheOperatorsDoing() {
        admissions.admit(OPERATOR, named("warm"));
        for (int i = 0; i < 12; i++) {
            NewPractice wish = named("Aglow");
            List<Creation<Practice>> made = new ArrayList<>();
            assertThat(WIRE.during(() -> made.add(admissions.admit(OPERATOR, wish)))
                            .count())
                    .isEqualTo(1);
            assertThat(made).singleElement().isInstanceOfSatisfying(Creation.Created.class, created -> {
                Practice practice = (Practice) created.value();
                assertThat(practice.id()).isEqualTo(wish.id());
                assertThat(practice.taxId()).isNull();
                assertThat(practice.withheld()).containsExactly("taxId", "licenseNumber");
            });
            assertThat(PLATFORM.rows(
                            "select action, user_id from audit_logs where record_id = ?",
                            wish.id().value()))
                    .containsExactly("CREATE|" + OPERATOR.user());
            assertThat(PLATFORM.rows(
                            "select version from practice_keys where practice_id = ?",
                            wish.id().value()))
                    .containsExactly("1");
        }
    }

    @Test
    void admit_again_isReplayed_unlessThePracticeIsAnotherByNow() {
        NewPractice wish = named("Again");
        admissions.admit(OPERATOR, wish);
        assertThat(admissions.admit(OPERATOR, wish)).isInstanceOf(Creation.Replayed.class);
        NewPractice other = new NewPractice(wish.id(), "Other", null, null, null, wish.timeZone(), null, null);
        assertThat(admissions.admit(OPERATOR, other)).isEqualTo(new Creation.Taken<>("/id"));
        assertThat(closing.close(OPERATOR, wish.id().value(), 1)).isEqualTo(new Deletion.Deleted());
        assertThat(admissions.admit(OPERATOR, wish)).isEqualTo(new Creation.Taken<>("/id"));
        assertThat(admissions.admit(
                        OPERATOR,
                        new NewPractice(PracticeId.PLATFORM, "Ours", null, null, null, wish.timeZone(), null, null)))
                .isEqualTo(new Creation.Taken<>("/id"));
    }

    @Test
    void list_pageAfterPage_showsEachOnce_butForThePlatforms_onRecordThere() {
        UUID closed = admitted("List C");
        UUID first = admitted("List A");
        UUID second = admitted("List B");
        closing.close(OPERATOR, closed, 1);
        List<Admitted> shown = new ArrayList<>();
        String cursor = null;
        do {
            if (admissions.list(OPERATOR, 2, cursor)
                    instanceof Listing.Page<Admitted>(List<Admitted> items, String next)) {
                shown.addAll(items);
                cursor = next;
            }
        } while (cursor != null);
        assertThat(shown)
                .doesNotHaveDuplicates()
                .noneMatch(practice -> practice.id().isPlatform());
        assertThat(shown.stream().filter(practice -> practice.name().startsWith("List ")))
                .extracting(practice -> practice.id().value())
                .containsExactly(first, second, closed);
        assertThat(shown)
                .allMatch(practice -> (practice.deletedAt() != null)
                        == (practice.id().value().equals(closed)
                                || practice.name().equals("Again")
                                || practice.name().equals("Shut")));
        assertThat(PLATFORM.rows("""
                select details->>'shown' from audit_logs
                where practice_id = ? and action = 'READ' and table_name = 'practices' order by timestamp limit 1""", PracticeId.PLATFORM.value())).containsExactly("2");
        assertThat(admissions.list(OPERATOR, 2, "made-up")).isEqualTo(new Listing.BadCursor<>());
    }

    @Test
    void function_inAPractice_showsNothing() {
        Caller admin = Examples.admin(new PracticeId(admitted("Curious")));
        assertThat(PLATFORM.database().list(admin, ALL.bind(), row -> row.uuid("id")))
                .isEmpty();
    }

    @Test
    void close_practice_isIdempotent_andRestoreHasItBack() {
        UUID shut = admitted("Shut");
        assertThat(closing.close(OPERATOR, shut, 2)).isEqualTo(new Deletion.Stale());
        for (int i = 0; i < 8; i++) {
            assertThat(WIRE.during(() ->
                                    assertThat(closing.close(OPERATOR, shut, 1)).isEqualTo(new Deletion.Deleted()))
                            .count())
                    .isEqualTo(1);
        }
        PracticeSettings settings = new PracticeSettings(PLATFORM.database(), PLATFORM.keys(), PLATFORM.cipher());
        Caller admin = Examples.admin(new PracticeId(shut));
        assertThat(settings.find(admin, shut)).isEqualTo(new com.medspasync.repository.Lookup.Missing<>());
        for (int i = 0; i < 8; i++) {
            assertThat(WIRE.during(() -> assertThat(admissions.restore(OPERATOR, shut))
                                    .isInstanceOfSatisfying(
                                            Restoration.Restored.class,
                                            restored -> assertThat(((Practice) restored.value()).version())
                                                    .isEqualTo(3)))
                            .count())
                    .isEqualTo(1);
        }
        assertThat(PLATFORM.audited(shut)).containsExactly("CREATE", "DELETE", "RESTORE");
        closing.close(OPERATOR, shut, 3);
    }

    @Test
    void closeAndRestore_thePlatformsOwn_areMissing() {
        UUID platform = PracticeId.PLATFORM.value();
        assertThat(closing.close(OPERATOR, platform, 1)).isEqualTo(new Deletion.Missing());
        assertThat(admissions.restore(OPERATOR, platform)).isEqualTo(new Restoration.Missing<>());
        assertThat(closing.close(OPERATOR, UUID.randomUUID(), 1)).isEqualTo(new Deletion.Missing());
        assertThat(admissions.restore(OPERATOR, UUID.randomUUID())).isEqualTo(new Restoration.Missing<>());
    }

    @Test
    void read_wrongInEveryField_namesThemAll() {
        assertThat(Faults.of(in -> NewPractice.read(in, UUID.randomUUID()), """
                        {"id":"me","address":7,"phone":"x","email":"x","taxId":[],"licenseNumber":" ","timeZone":"Nowhere","slotMinutes":5}"""))
                .containsExactlyInAnyOrder(
                        "/id format",
                        "/name required",
                        "/address type",
                        "/phone format",
                        "/email format",
                        "/taxId type",
                        "/licenseNumber blank",
                        "/timeZone choice",
                        "/slotMinutes unknown");
    }

    private UUID admitted(String name) {
        NewPractice wish = named(name);
        assertThat(admissions.admit(OPERATOR, wish)).isInstanceOf(Creation.Created.class);
        return wish.id().value();
    }

    private static NewPractice named(String name) {
        return new NewPractice(
                new PracticeId(UUID.randomUUID()),
                name,
                "5 Spa Avenue",
                null,
                null,
                ZoneId.of("America/New_York"),
                "12-3456789",
                "NY-0042");
    }
}
