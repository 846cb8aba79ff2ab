package com.medspasync.functions.local.stack;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A program that runs as long as we need it. What it prints goes to a log file; its process is noted in a pid file, so that one that a killed run
 * left behind is found and stopped by the next start.
 */
final class ChildProcess implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path pidFile;

    private ChildProcess(String name, Process process, Path pidFile) {
        this.name = name;
        this.process = process;
        this.pidFile = pidFile;
    }

    /**
     * Starts {@code command} and returns when {@code ready} has accepted a line that it printed.
     *
     * @param directory holds the log and pid files; the caller makes sure that nobody else uses it
     * @throws IllegalStateException if the program ends or says nothing in time; the message names its log
     */
    static ChildProcess start(String name, Path directory, List<String> command, Predicate<String> ready) {
        Path log = directory.resolve(name + ".log");
        Path pidFile = directory.resolve(name + ".pid");
        try {
            Files.createDirectories(directory);
            stopLeftover(pidFile);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            ChildProcess child = new ChildProcess(name, process, pidFile);
            Files.writeString(pidFile, process.pid() + " " + startOf(process.toHandle()));
            CompletableFuture<Boolean> isReady = new CompletableFuture<>();
            Thread.ofPlatform().name("log-" + name).daemon().start(() -> copy(process, log, ready, isReady));
            child.await(isReady, log);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end by closing its standard input and by a signal; insists after a while. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // The pipe of a process that has ended cannot be closed twice.
        }
        process.destroy();
        try {
            if (!process.waitFor(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(pidFile);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(CompletableFuture<Boolean> isReady, Path log) {
        String failure = "";
        try {
            if (isReady.get(STARTUP.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
            failure = " ended at once";
        } catch (TimeoutException | ExecutionException e) {
            failure = " did not become ready";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = " was interrupted";
        }
        close();
        throw new IllegalStateException(name + failure + "; its log is " + log);
    }

    private static void copy(Process process, Path log, Predicate<String> ready, CompletableFuture<Boolean> isReady) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                if (!isReady.isDone() && ready.test(line)) {
                    isReady.complete(true);
                }
            }
            isReady.complete(false);
        } catch (IOException | RuntimeException e) {
            isReady.completeExceptionally(e);
        }
    }

    /** Only a process that started when the noted one did is the noted one: ids are used again. */
    private static void stopLeftover(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String[] noted = Files.readString(pidFile).split(" ", 2);
        Optional<ProcessHandle> leftover = noted.length < 2 || !noted[0].matches("\\d+")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(noted[0]))
                        .filter(handle -> startOf(handle).equals(noted[1]));
        leftover.ifPresent(handle -> {
            handle.destroy();
            handle.onExit()
                    .completeOnTimeout(handle, SHUTDOWN.toSeconds(), TimeUnit.SECONDS)
                    .join();
            handle.destroyForcibly();
            handle.onExit().join();
        });
        Files.delete(pidFile);
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
