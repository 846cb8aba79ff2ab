package com.medspasync.staff;

import static com.medspasync.services.Examples.created;
import static com.medspasync.services.Examples.items;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Change;
import com.medspasync.input.Faults;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.schedule.DayHours;
import com.medspasync.services.Booking;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ScheduleExceptionsTest {

    private static final LocalDate EVE = LocalDate.of(2026, 12, 24);
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);
    private final ScheduleExceptions exceptions = StaffExamples.exceptionsOn(PLATFORM);

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void everyOperation_takesOneRoundTrip() {
        created(exceptions.create(admin, off(null, EVE, EVE), key("warm")));
        for (int i = 1; i <= 12; i++) {
            LocalDate day = EVE.plusDays(10L * i);
            IdempotencyKey key = key("key-" + i);
            assertThat(trips(() -> created(exceptions.create(admin, off(null, day, day), key))))
                    .isEqualTo(1);
            assertThat(trips(() -> exceptions.create(admin, off(null, day, day), key)))
                    .isEqualTo(1);
            assertThat(trips(() -> exceptions.create(admin, off(null, day, day))))
                    .isEqualTo(1);
            UUID id = created(exceptions.create(admin, off(null, day.plusDays(1), day.plusDays(1))))
                    .id();
            assertThat(trips(() -> exceptions.findById(admin, id))).isEqualTo(1);
            assertThat(trips(() -> exceptions.findAll(admin, between(null, null, null))))
                    .isEqualTo(1);
            assertThat(trips(() -> exceptions.update(admin, id, 1, lasting(null, day.plusDays(2)))))
                    .isEqualTo(1);
            assertThat(trips(() -> exceptions.delete(admin, id, 2))).isEqualTo(1);
            assertThat(trips(() -> exceptions.restore(admin, id))).isEqualTo(1);
        }
    }

    @Test
    void read_wrongInEveryField_namesThemAll() {
        assertThat(Faults.of(ExceptionDraft::read, """
                        {"staffId":"me","firstDay":"2026-02-30","lastDay":7,"hours":{"monday":[]},"label":" ","x":1}"""))
                .containsExactlyInAnyOrder(
                        "/staffId format",
                        "/firstDay format",
                        "/lastDay format",
                        "/hours type",
                        "/label blank",
                        "/x unknown");
        assertThat(span("2026-12-24", "2026-12-23")).containsExactly("/lastDay range");
        assertThat(span("2026-01-01", "2027-01-01")).isEmpty();
        assertThat(span("2026-01-01", "2027-01-02")).containsExactly("/lastDay range");
        assertThat(Faults.of(
                        ExceptionPatch::read,
                        "{\"firstDay\":\"2026-12-24\",\"lastDay\":\"2026-12-23\",\"hours\":null,\"staffId\":null}"))
                .containsExactlyInAnyOrder("/lastDay range", "/hours required", "/staffId unknown");
    }

    @Test
    void create_onADayThatHasOne_isTaken_forTheSameStaffMemberOrThePracticeAlone() {
        UUID ada = Booking.staff(PLATFORM, glow);
        UUID bo = Booking.staff(PLATFORM, glow);
        created(exceptions.create(admin, off(null, EVE, EVE.plusDays(2))));
        created(exceptions.create(admin, off(ada, EVE, EVE.plusDays(2))));
        created(exceptions.create(admin, off(bo, EVE.plusDays(2), EVE.plusDays(2))));
        for (UUID whose : new @Nullable UUID[] {null, ada, bo}) {
            assertThat(exceptions.create(admin, off(whose, EVE.plusDays(2), EVE.plusDays(5)), key("again")))
                    .isEqualTo(new Creation.Taken<>("/firstDay"));
        }
        created(exceptions.create(admin, off(null, EVE.plusDays(3), EVE.plusDays(5)), key("again")));
    }

    @Test
    void create_onOneDayBy16AtOnce_makesOne() throws Exception {
        List<Creation<ScheduleException>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Creation<ScheduleException>>> futures = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> exceptions.create(admin, off(null, EVE, EVE))))
                    .toList();
            for (Future<Creation<ScheduleException>> future : futures) {
                all.add(future.get());
            }
        }
        assertThat(all.stream().filter(Creation.Created.class::isInstance)).hasSize(1);
        assertThat(all.stream().filter(new Creation.Taken<>("/firstDay")::equals))
                .hasSize(15);
    }

    @Test
    void create_forAStaffMemberWhoIsNone_deletedOrOfAnotherPractice_isRefused() {
        UUID deleted = Booking.staff(PLATFORM, glow);
        PLATFORM.execute("update staff set deleted_at = now() where id = '%s'".formatted(deleted));
        UUID elsewhere = Booking.staff(PLATFORM, PLATFORM.practice("radiance"));
        for (UUID staff : List.of(UUID.randomUUID(), deleted, elsewhere)) {
            assertThat(exceptions.create(admin, off(staff, EVE, EVE)))
                    .isEqualTo(new Creation.Refused<>(
                            List.of(new Violation("/staffId", "reference", "must be a staff member of the practice"))));
        }
    }

    @Test
    void update_ofOneEnd_isHeldAgainstTheOther() {
        UUID id = created(exceptions.create(admin, off(null, EVE, EVE.plusDays(2))))
                .id();
        created(exceptions.create(admin, off(null, EVE.plusDays(10), EVE.plusDays(10))));
        Update<ScheduleException> refused = new Update.Refused<>(
                List.of(new Violation("/lastDay", "range", "must be firstDay or up to 365 days after it")));
        assertThat(exceptions.update(admin, id, 1, lasting(EVE.plusDays(3), null)))
                .isEqualTo(refused);
        assertThat(exceptions.update(admin, id, 1, lasting(null, EVE.minusDays(1))))
                .isEqualTo(refused);
        assertThat(exceptions.update(admin, id, 1, lasting(EVE.minusDays(364), null)))
                .isEqualTo(refused);
        assertThat(exceptions.update(admin, id, 1, lasting(null, EVE.plusDays(10))))
                .isEqualTo(new Update.Taken<>("/firstDay"));
        assertThat(exceptions.update(admin, id, 1, lasting(null, EVE.plusDays(9))))
                .isInstanceOf(Update.Updated.class);
    }

    @Test
    void restore_ofDaysThatWereTakenSince_isTaken() {
        ScheduleException first = created(exceptions.create(admin, off(null, EVE, EVE)));
        assertThat(exceptions.delete(admin, first.id(), 1)).isEqualTo(new Deletion.Deleted());
        assertThat(exceptions.restore(admin, first.id())).isInstanceOf(Restoration.Restored.class);
        exceptions.delete(admin, first.id(), 3);
        created(exceptions.create(admin, off(null, EVE.minusDays(1), EVE)));
        assertThat(exceptions.restore(admin, first.id())).isEqualTo(new Restoration.Taken<>("/firstDay"));
        assertThat(exceptions.restore(admin, UUID.randomUUID())).isEqualTo(new Restoration.Missing<>());
    }

    @Test
    void findAll_betweenDays_showsWhatLastsIntoThem() {
        UUID ada = Booking.staff(PLATFORM, glow);
        created(exceptions.create(admin, off(null, EVE.plusDays(5), EVE.plusDays(6))));
        created(exceptions.create(admin, off(ada, EVE, EVE.plusDays(2))));
        assertThat(firstDays(null, null, null)).containsExactly(EVE, EVE.plusDays(5));
        assertThat(firstDays(ada, null, null)).containsExactly(EVE);
        assertThat(firstDays(null, EVE.plusDays(2), EVE.plusDays(4))).containsExactly(EVE);
        assertThat(firstDays(null, EVE.plusDays(3), EVE.plusDays(4))).isEmpty();
        assertThat(firstDays(null, EVE.plusDays(3), EVE.plusDays(5))).containsExactly(EVE.plusDays(5));
        assertThat(exceptions.count(admin, between(null, EVE.plusDays(3), null)))
                .isEqualTo(1);
    }

    private List<LocalDate> firstDays(@Nullable UUID staff, @Nullable LocalDate from, @Nullable LocalDate to) {
        return items(exceptions.findAll(admin, between(staff, from, to))).stream()
                .map(ScheduleException::firstDay)
                .toList();
    }

    private static ExceptionFilter between(@Nullable UUID staff, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new ExceptionFilter(staff, from, to, 50, null);
    }

    private static List<String> span(String first, String last) {
        return Faults.of(ExceptionDraft::read, "{\"firstDay\":\"%s\",\"lastDay\":\"%s\"}".formatted(first, last));
    }

    private static ExceptionDraft off(@Nullable UUID staff, LocalDate first, LocalDate last) {
        return new ExceptionDraft(staff, first, last, DayHours.NONE, "Holidays");
    }

    private static ExceptionPatch lasting(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new ExceptionPatch(first, last, null, new Change.Keep<>());
    }

    private static int trips(Runnable operation) {
        return Math.toIntExact(WIRE.during(operation).count());
    }

    private static IdempotencyKey key(String value) {
        return IdempotencyKey.of(value, "POST /schedule-exceptions", "body");
    }
}
