package com.medspasync.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy in front of PostgreSQL that counts round trips, and can delay, cut and silence connections. Clients talk to
 * {@link #url}. It counts once a session has logged in:
 *
 * <ul>
 *   <li>turns: how often a client spoke after it had listened. Each is one round trip: a client that waits for an answer in the middle of its
 *       request makes two.
 *   <li>requests: Sync and Query messages, each of which the server answers with ReadyForQuery. Several can share a round trip, as the
 *       driver's BEGIN does with the statement after it.
 * </ul>
 *
 * <p>Speaks no TLS. Safe for threads; faults hit all connections.
 */
public final class WireCounter implements AutoCloseable {

    /** What has passed so far. */
    public record Trips(long requests, long turns) {

        /** The round trips. */
        public long count() {
            return turns;
        }

        private Trips since(Trips start) {
            return new Trips(requests - start.requests, turns - start.turns);
        }
    }

    private final EmbeddedDatabase database;
    private final ServerSocket listener;
    private final Set<WireLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean refusing;
    private volatile boolean silent;

    private WireCounter(EmbeddedDatabase database, ServerSocket listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Starts a proxy in front of {@code database}. */
    public static WireCounter before(EmbeddedDatabase database) {
        try {
            WireCounter counter = new WireCounter(database, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("wire-counter").start(counter::listen);
            return counter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The JDBC url of the database, through this proxy. */
    public String url() {
        return "jdbc:postgresql://" + EmbeddedServer.LOOPBACK + ":" + port() + "/" + database.name()
                + "?sslmode=disable";
    }

    /** {@link EmbeddedDatabase#settings}, through this proxy. */
    public DatabaseSettings settings(String role) {
        return database.settings(role).withUrl(url());
    }

    /** What has passed since the start. */
    public Trips trips() {
        return new Trips(requests.get(), turns.get());
    }

    /** What passes while {@code work} runs; nothing else may use the proxy meanwhile. */
    public Trips during(Runnable work) {
        Trips start = trips();
        work.run();
        return trips().since(start);
    }

    /** How many connections have been opened so far. */
    public long connections() {
        return connections.get();
    }

    /** Adds this much to each round trip from now on. */
    public void delay(Duration perTrip) {
        delay = perTrip;
    }

    /** Cuts all connections now; new ones are welcome. */
    public void cut() {
        links.forEach(WireLink::close);
    }

    /** Turns new connections away, or accepts them again. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Swallows what the server says, as a network does that drops packets; sessions that were silenced stay broken. */
    public void silence(boolean silence) {
        silent = silence;
    }

    /** Lets the next request through to the server, which carries it out, and cuts the connection instead of the answer. */
    public void loseNextAnswer() {
        links.forEach(WireLink::loseNextAnswer);
    }

    /** Cuts the connection after the first {@code bytes} of the next request, of which the server then never sees the end. */
    public void cutNextRequestAfter(int bytes) {
        links.forEach(link -> link.cutNextRequestAfter(bytes));
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    void count(int messageType) {
        if (messageType == 'S' || messageType == 'Q') {
            requests.incrementAndGet();
        }
    }

    void countTurn() {
        turns.incrementAndGet();
    }

    Duration delay() {
        return delay;
    }

    boolean silent() {
        return silent;
    }

    void forget(WireLink link) {
        links.remove(link);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                } else {
                    link(client);
                }
            } catch (IOException e) {
                // The listener was closed, or one client could not be served: the next one may.
                Thread.onSpinWait();
            }
        }
    }

    private void link(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), database.port());
            connections.incrementAndGet();
            WireLink link = new WireLink(this, client, server);
            links.add(link);
            link.start();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }
}
