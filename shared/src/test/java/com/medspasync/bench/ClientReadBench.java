package com.medspasync.bench;

import com.medspasync.clients.ClientView;
import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Outcomes;
import com.medspasync.clients.Platform;
import com.medspasync.clients.Statements;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Audited reads of one client within its practice: through {@link Clients}, decrypted, against bare JDBC that runs the same SQL on
 * connections of its own and reads the columns as they are. By turns, in one run; prints each round's throughput and the median
 * of the ratios; then what part of a read the unwrapping of the client's key is. Takes the seconds of a turn, 2 unless told. The bar is 0.8.
 */
public final class ClientReadBench {

    private static final int CLIENTS = 1_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UPS = 3;
    private static final int[] THREADS = {1, 8};

    private static final String SETTINGS = "select set_config('app.current_practice_id', ?, true),"
            + " set_config('app.current_user_id', ?, true), set_config('app.client_address', ?, true),"
            + " set_config('app.user_agent', ?, true), set_config('app.request_id', ?, true);\n";
    private static final String GUARD = ";\nselect 1/length(current_setting('app.current_practice_id', true))";

    private final EmbeddedDatabase embedded;
    private final Platform platform;
    private final Clients clients;
    private final Caller caller;
    private final List<UUID> ids;
    private final List<String> names = new ArrayList<>();
    private final String sql;

    private ClientReadBench(EmbeddedDatabase embedded) {
        this.platform = Platform.on(
                embedded, embedded.settings(EmbeddedDatabase.APP).withPoolSize(THREADS[THREADS.length - 1]));
        this.embedded = embedded;
        this.clients = platform.clients();
        this.caller = Examples.admin(platform.practice("bench"));
        this.ids = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ids.add(Outcomes.created(clients.create(caller, Examples.jane())).id());
        }
        embedded.execute("analyze");
        Matcher parameters = Pattern.compile("(?<!:):([a-z_]+)").matcher(Statements.find());
        String positional = parameters.replaceAll(found -> {
            names.add(found.group(1));
            return "?";
        });
        this.sql = SETTINGS + positional + GUARD;
    }

    public static void main(String[] args) throws Exception {
        long seconds = args.length == 0 ? 2 : Long.parseLong(args[0]);
        try (EmbeddedDatabase embedded = EmbeddedDatabase.migrated()) {
            ClientReadBench bench = new ClientReadBench(embedded);
            for (int threads : THREADS) {
                bench.compare(threads, seconds);
            }
            bench.share();
        }
    }

    private void compare(int threads, long seconds) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            throughput(threads, seconds, Repository::new);
            throughput(threads, seconds, Bare::new);
        }
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double ours = throughput(threads, seconds, Repository::new);
            double bare = throughput(threads, seconds, Bare::new);
            ratios[round] = ours / bare;
            System.out.printf(
                    "%d threads, round %d: Clients %.0f reads/s, bare JDBC %.0f reads/s, ratio %.2f%n",
                    threads, round + 1, ours, bare, ratios[round]);
        }
        Arrays.sort(ratios);
        System.out.printf("%d threads: median ratio %.2f (bar 0.80)%n", threads, ratios[ROUNDS / 2]);
    }

    /** What part of the processor time that a read takes of this process is spent on unwrapping the client's key. */
    private void share() throws Exception {
        KeyHierarchy keys = platform.newKeys();
        byte[] packed = Library.packed(keys.createClientKey(caller.practice(), ids.getFirst()));
        double[] nanos = new Rounds(ROUNDS)
                .with(
                        "read a client",
                        () -> clients.findById(caller, ids.getFirst())
                                .getClass()
                                .getName()
                                .length())
                .with(
                        "unwrap its key",
                        () -> keys.openClientKeys(caller.practice(), ids.getFirst(), packed)
                                .current()
                                .version())
                .print("what unwrapping a client's key costs a read");
        System.out.printf("  %.2f per cent of the read's processor time%n", 100 * nanos[1] / nanos[0]);
    }

    /** One thread's way to read. */
    private interface Reads extends AutoCloseable {

        void read(UUID id) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private interface Opening {
        Reads open() throws SQLException;
    }

    private double throughput(int threads, long seconds, Opening opening) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(executor.submit(() -> {
                    long count = 0;
                    try (Reads reads = opening.open()) {
                        while (System.nanoTime() < end) {
                            reads.read(ids.get(ThreadLocalRandom.current().nextInt(CLIENTS)));
                            count++;
                        }
                    }
                    return count;
                }));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total / ((System.nanoTime() - start) / 1e9);
        }
    }

    private final class Repository implements Reads {

        @Override
        public void read(UUID id) {
            if (!(clients.findById(caller, id) instanceof Lookup.Found<ClientView>)) {
                throw new IllegalStateException("a client of the bench is missing");
            }
        }

        @Override
        public void close() {}
    }

    private final class Bare implements Reads {

        private final Connection connection;
        private final PreparedStatement statement;

        Bare() throws SQLException {
            this.connection = embedded.connect(EmbeddedDatabase.APP);
            this.statement = connection.prepareStatement(sql);
        }

        @Override
        public void read(UUID id) throws SQLException {
            String[] settings = {
                caller.practice().toString(),
                String.valueOf(caller.user()),
                caller.origin().address(),
                caller.origin().userAgent(),
                caller.origin().requestId().toString()
            };
            for (int i = 0; i < settings.length; i++) {
                statement.setString(i + 1, settings[i]);
            }
            for (int i = 0; i < names.size(); i++) {
                statement.setString(settings.length + 1 + i, value(names.get(i), settings, id));
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    row.getObject(column);
                }
            }
            statement.getMoreResults();
        }

        private static @Nullable String value(String name, String[] settings, UUID id) {
            return switch (name) {
                case "practice" -> settings[0];
                case "user" -> settings[1];
                case "address" -> settings[2];
                case "agent" -> settings[3];
                case "request" -> settings[4];
                case "id" -> id.toString();
                case "purpose", "unmasked" -> null;
                default -> throw new IllegalStateException(name);
            };
        }

        @Override
        public void close() throws SQLException {
            statement.close();
            connection.close();
        }
    }
}
