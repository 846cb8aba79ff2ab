package com.medspasync.bench;

import com.medspasync.appointments.AppointmentDraft;
import com.medspasync.appointments.Appointments;
import com.medspasync.appointments.Booking;
import com.medspasync.appointments.Related;
import com.medspasync.appointments.Salon;
import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.repository.Listing;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Booking by one writer, by 64 for times of their own and by 64 who all begin at once for the same time, on two instances; beside it, by turns in one run, the usual way
 * by hand over bare JDBC: in a transaction, lock the staff member, look whether the time is free, insert. Then the list of a day, and the round trips
 * of each. Prints medians of the rounds.
 */
public final class BookingBench {

    private static final int WRITERS = 64;
    /** Ten for each instance, as an app has them unless it is told otherwise. */
    private static final int CONNECTIONS = 20;

    private static final int STAFF = 20;
    private static final int ROUNDS = 5;
    private static final Duration LENGTH = Duration.ofSeconds(4);

    /** Times a day that one staff member can be booked for. */
    private static final int A_DAY = 96;

    /** Instead of a time to be booked, when the round is over. */
    private static final int NONE = -1;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final String SETTINGS =
            "select set_config('app.current_practice_id', ?, true), set_config('app.current_user_id', ?, true)";

    private static final String LOCK = """
            select sv.duration, sv.price
            from staff st join services sv on sv.practice_id = st.practice_id and sv.id = ?
            where st.practice_id = ? and st.id = ? and st.active and sv.active
            for update of st""";

    private static final String LOOK = """
            select 1 from staff_bookings
            where practice_id = ? and staff_id = ? and blocking and starts_at > ?::timestamptz - interval '2 days'
              and during && tstzrange(?::timestamptz, ?::timestamptz + interval '5 minutes')""";

    private static final String TAKE =
            "insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during) values (?, ?, ?, ?::timestamptz, tstzrange(?::timestamptz, ?::timestamptz + interval '5 minutes'))";

    private static final String BOOK =
            "insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price) values (?, ?, ?, ?, ?, ?::timestamptz, 5, 30)";

    /** What a round came to: bookings and refusals a second, and how long each took in milliseconds, in order. */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Round(double perSecond, double bookedPerSecond, double[] millis) {

        double percentile(double part) {
            return millis[(int) Math.min(millis.length - 1L, Math.round(part * millis.length))];
        }
    }

    /** One attempt; whether the time could be had. */
    private interface Attempt {
        boolean at(int writer, UUID staff, Instant time) throws SQLException;
    }

    private final EmbeddedDatabase database;
    private final Platform platform;
    private final Salon salon;
    private final List<Appointments> instances;
    private final UUID service;
    private final List<UUID> staff = new ArrayList<>();
    private final Instant first =
            LocalDate.now(ZONE).plusDays(2).atTime(9, 0).atZone(ZONE).toInstant();
    private final AtomicInteger nextSlot = new AtomicInteger();
    private final HikariDataSource bare;

    private BookingBench(EmbeddedDatabase database) {
        this.database = database;
        DatabaseSettings settings = database.settings(EmbeddedDatabase.APP)
                .withPoolSize(CONNECTIONS / 2)
                .withPoolWait(Duration.ofSeconds(20));
        platform = Platform.on(database, settings);
        salon = new Salon(platform);
        instances = List.of(salon.appointments(), salon.appointmentsOn(platform.another(settings)));
        service = salon.service("Skin", 5, 0, 0, "30.00");
        for (int number = 0; number < STAFF; number++) {
            staff.add(salon.staff("Skin"));
        }
        database.execute("analyze");
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(CONNECTIONS);
        bare = new HikariDataSource(pool);
    }

    public static void main(String[] args) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.migrated()) {
            BookingBench bench = new BookingBench(database);
            bench.compare("one writer", 1, false);
            bench.compare("64 writers, each for a time of its own", WRITERS, false);
            bench.compare("64 writers at once for the same time, again and again", WRITERS, true);
            bench.day();
            bench.trips();
            bench.bare.close();
        }
    }

    private void compare(String what, int writers, boolean same) throws Exception {
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            Round our = round(writers, same, this::book);
            Round their = round(writers, same, this::bookByHand);
            if (round < 0) {
                // As a server that has had the minute does it for itself: plans made for empty tables read the whole of
                // full ones.
                database.execute("vacuum analyze");
            } else {
                ours.add(our);
                theirs.add(their);
            }
        }
        System.out.printf("%n%s%n", what);
        print("one statement", ours);
        print("lock, look, insert", theirs);
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> ours.get(i).bookedPerSecond() / theirs.get(i).bookedPerSecond());
        System.out.printf(Locale.ROOT, "  bookings, ratio %.2f%n", Rounds.median(ratios));
    }

    private static void print(String name, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "  %-20s %6.0f answers a second, %5.0f of them bookings; p50 %.1f, p99 %.1f, most %.1f ms%n",
                name,
                median(rounds, Round::perSecond),
                median(rounds, Round::bookedPerSecond),
                median(rounds, round -> round.percentile(0.5)),
                median(rounds, round -> round.percentile(0.99)),
                median(rounds, round -> round.percentile(1)));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Rounds.median(rounds.stream().mapToDouble(figure).toArray());
    }

    /** @param same whether all begin together, each time for the same time; else each goes on by itself */
    private Round round(int writers, boolean same, Attempt attempt) throws Exception {
        AtomicLong booked = new AtomicLong();
        long start = System.nanoTime();
        long end = start + LENGTH.toNanos();
        IntSupplier next = () -> System.nanoTime() > end ? NONE : nextSlot.getAndIncrement();
        AtomicInteger wanted = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(writers, () -> wanted.set(next.getAsInt()));
        List<double[]> millis = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<double[]>> running = new ArrayList<>();
            for (int number = 0; number < writers; number++) {
                int writer = number;
                running.add(threads.submit(() -> {
                    double[] took = new double[100_000];
                    int count = 0;
                    while (true) {
                        if (same) {
                            together.await();
                        }
                        int slot = same ? wanted.get() : next.getAsInt();
                        if (slot == NONE) {
                            return Arrays.copyOf(took, count);
                        }
                        long begun = System.nanoTime();
                        if (attempt.at(writer, staff.get(slot % STAFF), time(slot / STAFF))) {
                            booked.incrementAndGet();
                        }
                        took[count++] = (System.nanoTime() - begun) / 1e6;
                    }
                }));
            }
            for (Future<double[]> one : running) {
                millis.add(one.get());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] all = millis.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        return new Round(all.length / seconds, booked.get() / seconds, all);
    }

    private Instant time(int number) {
        return first.plus(Duration.ofDays(number / A_DAY)).plus(Duration.ofMinutes(5L * (number % A_DAY)));
    }

    private boolean book(int writer, UUID member, Instant time) {
        return switch (instances.get(writer % 2).book(salon.admin(), draft(member, time), null)) {
            case Booking.Booked booked -> true;
            case Booking.Taken taken -> false;
            case Booking other -> throw new IllegalStateException(other.toString());
        };
    }

    private boolean bookByHand(int writer, UUID member, Instant time) throws SQLException {
        String at = time.toString();
        UUID practice = salon.practice().value();
        UUID id = UUID.randomUUID();
        try (Connection connection = bare.getConnection()) {
            run(connection, SETTINGS, practice.toString(), UUID.randomUUID().toString());
            run(connection, LOCK, service, practice, member);
            boolean free = !run(connection, LOOK, practice, member, at, at, at);
            if (free) {
                run(connection, TAKE, practice, id, member, at, at, at);
                run(connection, BOOK, practice, id, salon.client(), service, member, at);
            }
            connection.commit();
            return free;
        }
    }

    /** Whether a row came back. */
    private static boolean run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            if (!statement.execute()) {
                return false;
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next();
            }
        }
    }

    private void day() throws InterruptedException {
        for (int threads : new int[] {1, 8}) {
            double[] perSecond = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                double figure = Load.run(threads, () -> Optional.of(listed(instances.get(0))))
                        .perSecond();
                if (round >= 0) {
                    perSecond[round] = figure;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%na page of 50 of a day with client, service and staff member, %d threads: %.0f a second%n",
                    threads,
                    Rounds.median(perSecond));
        }
    }

    private Listing<?> listed(Appointments appointments) {
        return appointments.findAll(
                salon.admin(), Salon.ofDay(LocalDate.ofInstant(first, ZONE), Set.of(Related.values())));
    }

    private void trips() {
        try (WireCounter wire = WireCounter.before(database)) {
            Appointments appointments = salon.appointmentsOn(platform.another(wire.settings(EmbeddedDatabase.APP)));
            for (int run = 0; run < 10; run++) {
                listed(appointments);
            }
            System.out.printf(
                    "round trips: a page of a day %d, a booking %d, one whose time is taken %d%n",
                    wire.during(() -> listed(appointments)).count(),
                    wire.during(() -> appointments.book(salon.admin(), draft(nextSlot.getAndIncrement()), null))
                            .count(),
                    wire.during(() -> appointments.book(salon.admin(), draft(0), null))
                            .count());
        }
    }

    private AppointmentDraft draft(int slot) {
        return draft(staff.get(slot % STAFF), time(slot / STAFF));
    }

    private AppointmentDraft draft(UUID member, Instant time) {
        return new AppointmentDraft(salon.client(), service, member, time, null, null, null, null);
    }
}
