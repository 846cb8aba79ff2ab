package com.medspasync.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server on the loopback interface, from the binaries on the class path. It can be stopped, killed and started
 * again on the same port and data. Logins need no password.
 *
 * <p>The data directory exists only complete: the cluster is created beside it and moved in place. A file lock keeps a second
 * process out. A server that a killed process left behind is stopped, and its stale {@code postmaster.pid} removed.
 */
public final class EmbeddedServer implements AutoCloseable {

    /** Whether data outlasts a crash of the machine. */
    public enum Durability {
        /** Every commit is on disk, as in production. */
        DURABLE,
        /** Nothing waits for the disk, so that only the death of the server itself loses nothing: for tests. */
        VOLATILE
    }

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    static final String LOOPBACK = "127.0.0.1";
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final int FIRST_PORT = 15_000;
    private static final int END_OF_PORTS = 32_000;

    private final Path data;
    private final int port;
    private final Durability durability;
    private final FileChannel lockFile;
    private final Postmaster postmaster;
    private @Nullable EmbeddedPostgres running;

    private EmbeddedServer(Path data, int port, Durability durability, FileChannel lockFile) {
        this.data = data;
        this.port = port;
        this.durability = durability;
        this.lockFile = lockFile;
        this.postmaster = new Postmaster(data);
    }

    /**
     * Starts a server on {@code data}, and creates it when there is none.
     *
     * @param data the cluster's directory; a lock and a log file lie beside it
     * @param port 0 for any free one
     * @throws IllegalStateException if another process serves this directory, or the port is taken
     */
    public static EmbeddedServer start(Path data, int port, Durability durability) {
        Path directory = data.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory.getParent());
            FileChannel lockFile = lock(directory)
                    .orElseThrow(() -> new IllegalStateException("another process uses the database in " + directory));
            try {
                int chosen = port == 0 ? freePort() : port;
                EmbeddedServer server = new EmbeddedServer(directory, chosen, durability, lockFile);
                server.create();
                server.start();
                return server;
            } catch (RuntimeException | IOException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Where {@code database} is, without credentials. */
    public String url(String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database;
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, on the same port and data; returns when it answers. */
    public synchronized void start() {
        if (running != null) {
            return;
        }
        postmaster.end();
        requirePortFree();
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (running == null) {
            try {
                running = builder(data, port).start();
            } catch (IOException e) {
                // After a kill the old server's processes may hold its shared memory a moment longer.
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException("PostgreSQL does not start; its log is " + log(), e);
                }
            }
        }
        requireOurs();
    }

    /** Ends all sessions and stops the server, as an administrator would; returns when it is gone. */
    public synchronized void stop() {
        if (running != null) {
            close(running);
            running = null;
            postmaster.awaitStopped();
        }
    }

    /** Ends the server as a power cut would, without a checkpoint; returns when it is gone. */
    public synchronized void kill() {
        postmaster.kill();
        if (running != null) {
            close(running);
            running = null;
        }
    }

    /** Stops the server and lets go of the data, which stays. */
    @Override
    public synchronized void close() {
        stop();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the server on {@code data} if the process that started it is dead.
     *
     * @return whether it is; then nobody uses the directory
     */
    static boolean endAbandoned(Path data) throws IOException {
        Optional<FileChannel> lockFile = lock(data);
        if (lockFile.isEmpty()) {
            return false;
        }
        try (FileChannel held = lockFile.get()) {
            LOG.debug("{} is open: {}", data, held.isOpen());
            new Postmaster(data).end();
            return true;
        }
    }

    private void create() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = data.resolveSibling(data.getFileName() + ".new");
        Trees.delete(fresh);
        close(builder(fresh, freePort()).start());
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private EmbeddedPostgres.Builder builder(Path directory, int onPort) {
        String durable = durability == Durability.DURABLE ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(onPort)
                .setPGStartupWait(STARTUP)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log().toFile()))
                // The same text comparison on every platform.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", LOOPBACK)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("fsync", durable)
                .setServerConfig("full_page_writes", durable)
                .setServerConfig("synchronous_commit", "on")
                .setConnectConfig("connectTimeout", "2")
                .setConnectConfig("sslmode", "disable")
                .setConnectConfig("gssEncMode", "disable");
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Locks {@code data} for this process; empty if another has it. */
    private static Optional<FileChannel> lock(Path data) throws IOException {
        Path file = data.resolveSibling(data.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is locked by this process", data, e);
        }
        channel.close();
        return Optional.empty();
    }

    private void requirePortFree() {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            LOG.debug("port {} is free", probe.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("port " + port + " is taken", e);
        }
    }

    /** Another server could have taken the port just before ours; then ours did not start. */
    private void requireOurs() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            if (!Files.isSameFile(Path.of(row.getString(1)), data)) {
                throw new IllegalStateException("port " + port + " is taken by another PostgreSQL server");
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("PostgreSQL started but does not answer; its log is " + log(), e);
        }
    }

    /** A port below those that systems give to outgoing connections, so that it is still free after a stop. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                LOG.debug("port {} is taken", port, e);
            }
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
