package com.medspasync.reporting;

import static com.medspasync.reporting.SummaryRefresh.Outcome.BUSY;
import static com.medspasync.reporting.SummaryRefresh.Outcome.UNFINISHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes at random from several threads, which two workers count meanwhile. */
class RandomSummariesTest {

    private static final int WRITERS = 4;
    private static final int CHANGES = 250;
    private static final int SMALL_BATCH = 40;
    private static final String[] ZONES = {
        "America/New_York", "America/Havana", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo", "Pacific/Kiritimati"
    };
    private static final Instant FIRST = Instant.parse("2025-06-01T00:00:00Z");

    /** Of one hour each, over three years and two boundaries between partitions. */
    private static final int HOURS = 22_000;

    private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    private final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123})
    void changesOfEveryKind_onceTheyAreCounted_addUpToADirectCount(long seed) throws Exception {
        List<Spa> spas = List.of(Spa.in(database, ZONES[0]), Spa.in(database, ZONES[1]), Spa.in(database, ZONES[2]));
        SplittableRandom random = new SplittableRandom(seed);
        List<Callable<Long>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            SplittableRandom own = random.split();
            writers.add(() -> write(spas, own));
        }
        List<Callable<Long>> workers = List.of(this::countMeanwhile, this::countMeanwhile);

        assertThat(runAll(writers, workers)).as("refreshes meanwhile").isPositive();

        countAll();
        Summaries.assertExact(database);
        assertThat(Summaries.read(database, "select count(*) > 100 from appointments where deleted_at is null"))
                .containsExactly("t");
    }

    /**
     * Appointments that only move, each in a transaction of its own, are as many and cost as much at every moment. A view that mixed two
     * moments would show one twice, or not at all.
     */
    @ParameterizedTest
    @ValueSource(longs = {7})
    void viewThatIsRefreshedWhileAppointmentsMove_neverMixesMoments(long seed) throws Exception {
        Spa spa = Spa.in(database, ZONES[0]);
        int appointments = 300;
        List<UUID> ids = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        try (Connection app = spa.connect()) {
            for (int i = 0; i < appointments; i++) {
                ids.add(spa.book(app, instant(random), "10"));
            }
        }
        countAll();
        List<Callable<Long>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            SplittableRandom own = random.split();
            List<UUID> ownIds = ids.subList(i * appointments / WRITERS, (i + 1) * appointments / WRITERS);
            writers.add(() -> move(spa, ownIds, own));
        }
        List<Callable<Long>> watchers =
                List.of(this::countMeanwhile, this::countMeanwhile, () -> watch("300 3000.00", appointments));

        assertThat(runAll(writers, watchers)).as("refreshes and looks").isPositive();

        countAll();
        Summaries.assertExact(database);
    }

    /** What the rest came to while the writers were at it. */
    private long runAll(List<Callable<Long>> writers, List<Callable<Long>> rest) throws Exception {
        long sum = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size() + rest.size())) {
            List<Future<Long>> meanwhile = rest.stream().map(threads::submit).toList();
            try {
                for (Future<Long> done : threads.invokeAll(writers, 120, TimeUnit.SECONDS)) {
                    done.get();
                }
            } finally {
                writing.set(false);
            }
            for (Future<Long> one : meanwhile) {
                sum += one.get(60, TimeUnit.SECONDS);
            }
        }
        return sum;
    }

    private long write(List<Spa> spas, SplittableRandom random) throws SQLException {
        List<List<UUID>> booked = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < CHANGES; i++) {
            int which = random.nextInt(spas.size());
            try (Connection app = spas.get(which).connect()) {
                change(spas.get(which), app, booked.get(which), random);
            } catch (SQLException e) {
                // As the application repeats what lost a race.
                assertThat(e.getSQLState()).isIn("40001", "40P01");
            }
        }
        return CHANGES;
    }

    private static void change(Spa spa, Connection app, List<UUID> booked, SplittableRandom random)
            throws SQLException {
        int kind = booked.size() < 5 ? 0 : random.nextInt(12);
        if (kind <= 2) {
            booked.add(spa.book(app, instant(random), Integer.toString(random.nextInt(500))));
            return;
        }
        UUID one = booked.get(random.nextInt(booked.size()));
        switch (kind) {
            case 3, 4 -> spa.change(app, one, "date_time = '%s'".formatted(instant(random)));
            case 5 ->
                spa.change(app, one, "staff_id = '%s'".formatted(spa.staff().get(random.nextInt(2))));
            case 6 -> spa.change(app, one, "status = 'CANCELLED'");
            case 7 -> spa.change(app, one, "status = 'COMPLETED', payment_status = 'PAID'");
            case 8 -> spa.change(app, one, "deleted_at = now()");
            case 9 -> spa.change(app, one, "deleted_at = null, price = price + 1");
            case 10 -> manyAtOnce(app, random);
            default -> Spa.update(app, "update practices set time_zone = ?", ZONES[random.nextInt(ZONES.length)]);
        }
    }

    /** One statement that moves, restores and prices anew whatever lies within a month. */
    private static void manyAtOnce(Connection app, SplittableRandom random) throws SQLException {
        String from = instant(random);
        Spa.update(app, """
                update appointments set date_time = date_time + interval '31 hours', deleted_at = null, price = price + 0.01
                where date_time between ?::timestamptz and ?::timestamptz + interval '30 days'""", from, from);
    }

    private static long move(Spa spa, List<UUID> own, SplittableRandom random) throws SQLException {
        try (Connection app = spa.connect()) {
            for (int i = 0; i < CHANGES * 4; i++) {
                UUID one = own.get(random.nextInt(own.size()));
                assertThat(spa.change(app, one, "date_time = '%s'".formatted(instant(random))))
                        .isOne();
            }
        }
        return CHANGES * 4L;
    }

    private long watch(String expected, int appointments) {
        long looks = 0;
        while (writing.get()) {
            assertThat(Summaries.read(
                            database, "select sum(total_appointments), sum(total_revenue) from appointment_summary"))
                    .as("the view's sums of " + appointments)
                    .containsExactly(expected);
            looks++;
        }
        return looks;
    }

    private SummaryRefresh newWorker() {
        return new SummaryRefresh(
                maintenance, UUID::randomUUID, Clock.systemUTC(), SMALL_BATCH, Duration.ofMillis(200));
    }

    private long countMeanwhile() {
        SummaryRefresh worker = newWorker();
        long refreshed = 0;
        while (writing.get()) {
            if (worker.run() == SummaryRefresh.Outcome.REFRESHED) {
                refreshed++;
            }
        }
        return refreshed;
    }

    private void countAll() {
        SummaryRefresh worker = newWorker();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        SummaryRefresh.Outcome outcome = worker.run();
        while (outcome == UNFINISHED || outcome == BUSY) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            outcome = worker.run();
        }
    }

    private static String instant(SplittableRandom random) {
        return FIRST.plus(Duration.ofHours(random.nextInt(HOURS))).toString();
    }
}
