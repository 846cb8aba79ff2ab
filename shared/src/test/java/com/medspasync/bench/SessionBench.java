package com.medspasync.bench;

import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Outcomes;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.WireCounter;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What it costs a request that its session is asked for: a trivial statement and an audited read of one client, by somebody in a session
 * and by a caller of whom nothing is asked, by turns in one run. Prints each round, the medians of the ratios, the difference in
 * microseconds, and the round trips of both.
 */
public final class SessionBench {

    private static final int ROUNDS = 9;
    private static final int WARM_UPS = 3;

    private static final Sql TRIVIAL = Sql.of("select 1 as one");

    private final Platform platform;
    private final Clients clients;
    private final UUID client;
    private final Caller without;
    private final Caller within;

    private SessionBench(EmbeddedDatabase embedded) {
        platform = Platform.on(embedded);
        clients = platform.clients();
        PracticeId practice = platform.practice("bench");
        without = Examples.admin(practice);
        client = Outcomes.created(clients.create(without, Examples.jane())).id();
        within = new Caller(practice, without.requireUser(), Role.ADMIN, UUID.randomUUID(), without.origin());
        embedded.execute(
                "insert into users (practice_id, id, email, email_search, role) values ('%s', '%s', 'a@b.example', 'a@b.example', 'ADMIN')"
                        .formatted(practice, within.user()),
                """
                insert into sessions (practice_id, id, user_id, second_factor, idle, expires_at, family_hash, refresh_hash)
                values ('%s', '%s', '%s', false, '15 minutes', now() + interval '1 hour', sha256('a'), sha256('b'))""".formatted(practice, within.session(), within.user()),
                "analyze");
    }

    private interface Work {
        Optional<?> by(Caller caller);
    }

    public static void main(String[] args) throws Exception {
        try (EmbeddedDatabase embedded = EmbeddedDatabase.migrated()) {
            SessionBench bench = new SessionBench(embedded);
            for (int threads : new int[] {1, 4}) {
                bench.compare("a trivial statement", threads, bench::trivial);
                bench.compare("an audited read of one client", threads, bench::read);
            }
            bench.trips(embedded);
        }
    }

    private Optional<?> trivial(Caller caller) {
        return platform.database().first(caller, TRIVIAL.bind(), row -> row.integer("one"));
    }

    private Optional<?> read(Caller caller) {
        return Optional.of(clients.findById(caller, client)).filter(Lookup.Found.class::isInstance);
    }

    private void compare(String what, int threads, Work work) throws InterruptedException {
        double[] ratios = new double[ROUNDS];
        double[] micros = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            double bare = Load.run(threads, () -> work.by(without)).perSecond();
            double checked = Load.run(threads, () -> work.by(within)).perSecond();
            if (round >= 0) {
                ratios[round] = checked / bare;
                micros[round] = 1e6 * threads * (1 / checked - 1 / bare);
                System.out.printf(
                        "%s, %d threads, round %d: in a session %.0f, without %.0f a second, ratio %.3f%n",
                        what, threads, round + 1, checked, bare, ratios[round]);
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(micros);
        System.out.printf(
                "%s, %d threads: median ratio %.3f, %.0f us more%n",
                what, threads, ratios[ROUNDS / 2], micros[ROUNDS / 2]);
    }

    private void trips(EmbeddedDatabase embedded) {
        try (WireCounter wire = WireCounter.before(embedded)) {
            Clients counted =
                    platform.another(wire.settings(EmbeddedDatabase.APP)).clients();
            for (int run = 0; run < 10; run++) {
                counted.findById(within, client);
            }
            System.out.printf(
                    "round trips of an audited read: in a session %d, without %d%n",
                    wire.during(() -> counted.findById(within, client)).count(),
                    wire.during(() -> counted.findById(without, client)).count());
        }
    }
}
