package com.medspasync.staff;

import static com.medspasync.services.Examples.created;
import static com.medspasync.services.Examples.items;
import static com.medspasync.staff.StaffExamples.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Faults;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.services.Booking;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StaffMembersTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);
    private final StaffMembers staff = StaffExamples.on(PLATFORM);

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void everyOperation_takesOneRoundTrip() {
        created(staff.create(admin, StaffExamples.ada(user()), key("warm")));
        for (int i = 0; i < 12; i++) {
            IdempotencyKey key = key("key-" + i);
            StaffDraft draft = StaffExamples.ada(user());
            assertThat(trips(() -> created(staff.create(admin, draft, key)))).isEqualTo(1);
            assertThat(trips(() -> staff.create(admin, draft, key))).isEqualTo(1);
            UUID id = created(staff.create(admin, StaffExamples.ada(user()))).id();
            assertThat(trips(() -> staff.findById(admin, id))).isEqualTo(1);
            assertThat(trips(() -> staff.findAll(admin, StaffFilter.all()))).isEqualTo(1);
            assertThat(trips(() -> staff.update(admin, id, 1, patch("{\"hourlyRate\":1}"))))
                    .isEqualTo(1);
            assertThat(trips(() -> staff.delete(admin, id, 2))).isEqualTo(1);
            assertThat(trips(() -> staff.restore(admin, id))).isEqualTo(1);
        }
    }

    @Test
    void read_wrongInEveryField_namesThemAll() {
        assertThat(Faults.of(StaffDraft::read, """
                        {"userId":"me","firstName":"1","role":"OPERATOR","specializations":["Skin",7,"Skin"],"phone":"x","email":"x",
                         "workingHours":{"monday":[{"from":"17:00","to":"09:00"}]},"hourlyRate":10000,"active":1,"x":1}"""))
                .containsExactlyInAnyOrder(
                        "/userId format",
                        "/firstName format",
                        "/lastName required",
                        "/role choice",
                        "/specializations/1 type",
                        "/phone format",
                        "/email format",
                        "/workingHours/monday/0/to range",
                        "/hourlyRate range",
                        "/active type",
                        "/x unknown");
        assertThat(Faults.of(StaffPatch::read, """
                        {"userId":"0190c6a1-7d2e-7b3a-9c4d-5e6f708192a3","firstName":null,"lastName":null,"role":null,
                         "specializations":["Skin","Skin"],"active":null,"phone":null,"email":null,"workingHours":null,"hourlyRate":null}"""))
                .containsExactlyInAnyOrder(
                        "/userId unknown",
                        "/firstName required",
                        "/lastName required",
                        "/role required",
                        "/specializations/1 repeated",
                        "/active required");
    }

    @Test
    void create_ofWhomTheFieldsRoundTrip_isFoundAsMade() {
        StaffMember ada = created(staff.create(admin, StaffExamples.ada(user())));
        assertThat(staff.findById(admin, ada.id())).isEqualTo(new Lookup.Found<>(ada));
        StaffMember bo = created(staff.create(admin, StaffExamples.named(user(), "Bo", "Ray", Role.STAFF, false)));
        assertThat(staff.findById(admin, bo.id())).isEqualTo(new Lookup.Found<>(bo));
        assertThat(
                        staff.update(
                                admin,
                                ada.id(),
                                1,
                                patch(
                                        "{\"phone\":null,\"email\":null,\"workingHours\":null,\"hourlyRate\":null,\"specializations\":[]}")))
                .isInstanceOfSatisfying(Update.Updated.class, updated -> {
                    StaffMember emptied = (StaffMember) updated.value();
                    assertThat(emptied)
                            .extracting(
                                    StaffMember::phone,
                                    StaffMember::email,
                                    StaffMember::workingHours,
                                    StaffMember::hourlyRate)
                            .containsOnlyNulls();
                    assertThat(emptied.specializations()).isEmpty();
                    assertThat(emptied.lastName()).isEqualTo(ada.lastName());
                });
    }

    @Test
    void create_forAUserWhoIsNone_inactiveOrOfAnotherPractice_isRefusedAndKeepsNothing() {
        UUID inactive = user();
        PLATFORM.execute("update users set active = false where id = '%s'".formatted(inactive));
        UUID elsewhere = Booking.user(PLATFORM, PLATFORM.practice("radiance"));
        for (UUID user : List.of(UUID.randomUUID(), inactive, elsewhere)) {
            for (int i = 0; i < 2; i++) {
                assertThat(staff.create(admin, StaffExamples.ada(user), key("of-" + user)))
                        .isEqualTo(new Creation.Refused<>(List.of(
                                new Violation("/userId", "reference", "must be an active user of the practice"))));
            }
        }
        assertThat(staff.count(admin, StaffFilter.all())).isZero();
        PLATFORM.execute("update users set active = true where id = '%s'".formatted(inactive));
        created(staff.create(admin, StaffExamples.ada(inactive), key("of-" + inactive)));
    }

    @Test
    void create_forAUserWhoHasARecord_isTaken_untilThatIsDeleted() {
        UUID user = user();
        StaffMember first = created(staff.create(admin, StaffExamples.ada(user)));
        assertThat(staff.create(admin, StaffExamples.ada(user), key("again")))
                .isEqualTo(new Creation.Taken<>("/userId"));
        staff.delete(admin, first.id(), 1);
        created(staff.create(admin, StaffExamples.ada(user), key("again")));
        assertThat(staff.restore(admin, first.id())).isEqualTo(new Restoration.Taken<>("/userId"));
    }

    @Test
    void create_repeatedAfterTheUserWasShutOut_givesTheFirstAnswer_andIsARead() {
        UUID user = user();
        StaffMember first = created(staff.create(admin, StaffExamples.ada(user), key("one")));
        PLATFORM.execute("update users set active = false where id = '%s'".formatted(user));
        assertThat(staff.create(admin, StaffExamples.ada(user), key("one"))).isEqualTo(new Creation.Replayed<>(first));
        assertThat(PLATFORM.audited(first.id())).containsExactly("CREATE", "READ");
        Caller demoted = new Caller(glow, admin.user(), Role.STAFF, null, admin.origin());
        assertThat(staff.create(demoted, StaffExamples.ada(user), key("one")))
                .isInstanceOfSatisfying(Creation.Replayed.class, replayed -> {
                    StaffMember seen = (StaffMember) replayed.value();
                    assertThat(seen.hourlyRate()).isNull();
                    assertThat(seen.withheld()).containsExactly("hourlyRate");
                });
    }

    @Test
    void create_forOneUserBy16AtOnce_makesOne() throws Exception {
        UUID user = user();
        List<Creation<StaffMember>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Creation<StaffMember>>> futures = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> staff.create(admin, StaffExamples.ada(user), key("n" + i % 4))))
                    .toList();
            for (Future<Creation<StaffMember>> future : futures) {
                all.add(future.get());
            }
        }
        assertThat(all.stream().filter(Creation.Created.class::isInstance)).hasSize(1);
        assertThat(all)
                .allMatch(one -> one instanceof Creation.Created
                        || one instanceof Creation.Replayed
                        || one.equals(new Creation.Taken<>("/userId")));
        assertThat(staff.count(admin, StaffFilter.all())).isEqualTo(1);
    }

    @Test
    void hourlyRate_isShownToThoseWhoManageStaff_andWithheldFromOthersWhetherThereIsOne() {
        StaffMember ada = created(staff.create(admin, StaffExamples.ada(user())));
        StaffMember bo = created(staff.create(admin, StaffExamples.named(user(), "Bo", "Ray", Role.STAFF, true)));
        for (Role role : Role.of(glow)) {
            Caller caller = Examples.user(glow, role);
            boolean manages = role == Role.ADMIN || role == Role.MANAGER;
            List<String> withheld = manages ? List.of() : List.of("hourlyRate");
            for (StaffMember seen : items(staff.findAll(caller, StaffFilter.all()))) {
                assertThat(seen.withheld()).isEqualTo(withheld);
                assertThat(seen.hourlyRate())
                        .isEqualTo(manages && seen.id().equals(ada.id()) ? ada.hourlyRate() : null);
            }
            for (StaffMember member : List.of(ada, bo)) {
                assertThat(staff.findById(caller, member.id())).isInstanceOfSatisfying(Lookup.Found.class, found -> {
                    StaffMember seen = (StaffMember) found.value();
                    assertThat(seen.withheld()).isEqualTo(withheld);
                    assertThat(seen.hourlyRate()).isEqualTo(manages ? member.hourlyRate() : null);
                });
            }
        }
    }

    @Test
    void findAll_byFiltersAndOrders_showsThoseInThatOrder_asOneRowOfTheAudit() {
        created(staff.create(admin, StaffExamples.named(user(), "Cy", "Lee", Role.STAFF, true, "Skin")));
        created(staff.create(
                admin, StaffExamples.named(user(), "Ann", "Roe", Role.PRACTITIONER, true, "Skin", "Laser")));
        created(staff.create(admin, StaffExamples.named(user(), "Ann", "Lee", Role.PRACTITIONER, false)));
        assertThat(names(null, null, null, StaffOrder.LAST_NAME_ASCENDING))
                .containsExactly("Ann Lee", "Cy Lee", "Ann Roe");
        assertThat(names(null, null, null, StaffOrder.LAST_NAME_DESCENDING))
                .containsExactly("Ann Roe", "Cy Lee", "Ann Lee");
        assertThat(names(null, null, null, StaffOrder.CREATED_ASCENDING))
                .containsExactly("Cy Lee", "Ann Roe", "Ann Lee");
        assertThat(names(null, null, null, StaffOrder.CREATED_DESCENDING))
                .containsExactly("Ann Lee", "Ann Roe", "Cy Lee");
        assertThat(names(Role.PRACTITIONER, null, null, StaffOrder.CREATED_ASCENDING))
                .containsExactly("Ann Roe", "Ann Lee");
        assertThat(names(Role.PRACTITIONER, true, "Laser", StaffOrder.CREATED_ASCENDING))
                .containsExactly("Ann Roe");
        assertThat(names(null, null, "Skin", StaffOrder.CREATED_ASCENDING)).containsExactly("Cy Lee", "Ann Roe");
        assertThat(PLATFORM.rows("""
                select details from audit_logs
                where practice_id = ? and action = 'READ' and table_name = 'staff' order by timestamp desc, id limit 2""", glow.value()))
                .containsExactly(
                        "{\"shown\": 2, \"criteria\": [\"specialization\"]}",
                        "{\"shown\": 1, \"criteria\": [\"role\", \"active\", \"specialization\"]}");
    }

    @Test
    void findAll_pageAfterPage_inEveryOrder_showsEachOnce() {
        for (int i = 0; i < 5; i++) {
            created(staff.create(admin, StaffExamples.named(user(), "Same", "Name", Role.STAFF, true)));
        }
        for (StaffOrder order : StaffOrder.values()) {
            List<StaffMember> shown = new ArrayList<>();
            String cursor = null;
            do {
                if (staff.findAll(admin, new StaffFilter(null, null, null, order, 2, cursor))
                        instanceof Listing.Page<StaffMember>(List<StaffMember> items, String next)) {
                    shown.addAll(items);
                    cursor = next;
                }
            } while (cursor != null);
            assertThat(shown).hasSize(5).doesNotHaveDuplicates();
        }
    }

    @Test
    void deleteAndDeactivate_withAppointmentsToCome_areRefusedAndSayHowMany() {
        StaffMember ada = created(staff.create(admin, StaffExamples.ada(user())));
        UUID service = com.medspasync.services.Examples.created(com.medspasync.services.Examples.on(PLATFORM)
                        .create(admin, com.medspasync.services.Examples.facial()))
                .id();
        Booking.of(PLATFORM, glow, service, ada.id(), -3, true);
        Booking.of(PLATFORM, glow, service, ada.id(), 5, false);
        Booking.of(PLATFORM, glow, service, ada.id(), 30, true);
        assertThat(staff.delete(admin, ada.id(), 1)).isEqualTo(new Deletion.Booked(1));
        assertThat(staff.update(admin, ada.id(), 1, patch("{\"active\":false}")))
                .isEqualTo(new Update.Booked<>(1));
        assertThat(staff.update(admin, ada.id(), 2, patch("{\"active\":false}")))
                .isEqualTo(new Update.Stale<>());
        assertThat(staff.update(admin, ada.id(), 1, patch("{\"active\":true,\"hourlyRate\":70}")))
                .isInstanceOf(Update.Updated.class);
        PLATFORM.execute("update staff_bookings set blocking = false where practice_id = '%s'".formatted(glow));
        assertThat(staff.update(admin, ada.id(), 2, patch("{\"active\":false}")))
                .isInstanceOf(Update.Updated.class);
        PLATFORM.execute("update staff_bookings set blocking = true where practice_id = '%s'".formatted(glow));
        assertThat(staff.update(admin, ada.id(), 3, patch("{\"active\":false,\"hourlyRate\":71}")))
                .as("who is inactive already")
                .isInstanceOf(Update.Updated.class);
    }

    @Test
    void update_thatChangesNothing_isOnRecordAsARead() {
        StaffMember ada = created(staff.create(admin, StaffExamples.ada(user())));
        staff.update(admin, ada.id(), 1, patch("{\"firstName\":\"Ada\",\"hourlyRate\":62.5}"));
        staff.restore(admin, ada.id());
        assertThat(PLATFORM.audited(ada.id())).containsExactly("CREATE", "READ", "READ");
    }

    private List<String> names(
            @org.jspecify.annotations.Nullable Role role,
            @org.jspecify.annotations.Nullable Boolean active,
            @org.jspecify.annotations.Nullable String specialization,
            StaffOrder order) {
        return items(staff.findAll(admin, new StaffFilter(role, active, specialization, order, 50, null))).stream()
                .map(member ->
                        member.firstName().value() + " " + member.lastName().value())
                .toList();
    }

    private UUID user() {
        return Booking.user(PLATFORM, glow);
    }

    private static int trips(Runnable operation) {
        return Math.toIntExact(WIRE.during(operation).count());
    }

    private static IdempotencyKey key(String value) {
        return IdempotencyKey.of(value, "POST /staff", "body");
    }
}
