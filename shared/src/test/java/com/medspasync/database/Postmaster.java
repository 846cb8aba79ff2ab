package com.medspasync.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The process that serves a data directory, as its pid file names it. */
final class Postmaster {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path pidFile;

    Postmaster(Path data) {
        this.pidFile = data.resolve("postmaster.pid");
    }

    /** The server, if the process that the file names is alive and a PostgreSQL server: process ids are used again. */
    Optional<ProcessHandle> find() {
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(Postmaster::isPostgres);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a server that was told to stop. */
    void awaitStopped() {
        if (!await(() -> !Files.exists(pidFile))) {
            throw new IllegalStateException("PostgreSQL does not stop");
        }
    }

    /** Stops the server, if it still runs, and removes its pid file. */
    void end() {
        find().ifPresent(server -> {
            server.destroy();
            if (!await(() -> !server.isAlive())) {
                kill();
            }
        });
        forget();
    }

    /** Kills the server and the processes it started, and removes its pid file. */
    void kill() {
        List<ProcessHandle> all = find().stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.children()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        if (!await(() -> all.stream().noneMatch(ProcessHandle::isAlive))) {
            throw new IllegalStateException("killed processes of PostgreSQL stay alive");
        }
        forget();
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return true;
    }
}
