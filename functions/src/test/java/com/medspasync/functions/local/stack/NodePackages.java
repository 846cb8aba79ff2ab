package com.medspasync.functions.local.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Installs what {@code functions/src/test/azurite} locks, once for each state of its lock file. */
final class NodePackages {

    private static final long INSTALL_MINUTES = 8;

    private NodePackages() {}

    /**
     * The directory that holds {@code node_modules}. Processes that come at once wait for the first one's install.
     *
     * @throws IllegalStateException if Node is missing or the install fails; the message says what to do
     */
    static Path install() {
        Path locked = Repository.root().resolve("functions/src/test/azurite");
        Path target = Repository.tools().resolve("azurite");
        try {
            String wanted = fingerprint(locked.resolve("package-lock.json"));
            Path stamp = target.resolve("installed");
            Files.createDirectories(target);
            try (FileChannel file = FileChannel.open(
                            target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (lock.isValid()
                        && !(Files.exists(stamp) && Files.readString(stamp).equals(wanted))) {
                    Files.deleteIfExists(stamp);
                    copy(locked, target, "package.json");
                    copy(locked, target, "package-lock.json");
                    npm(target);
                    Files.writeString(stamp, wanted);
                }
            }
            copy(locked, target, "end-with-parent.js");
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Node executable. */
    static String node() {
        return executable("node")
                .orElseThrow(() -> new IllegalStateException(
                        "Node.js 20 or later is needed for Azurite, and no node is on the PATH"))
                .toString();
    }

    private static void npm(Path directory) throws IOException {
        Path npm = executable("npm")
                .orElseThrow(() -> new IllegalStateException("npm is needed for Azurite, and is not on the PATH"));
        Path log = directory.resolve("npm.log");
        Process process = new ProcessBuilder(
                        npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("npm did not install Azurite; its log is " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while npm installed Azurite", e);
        }
    }

    private static Optional<Path> executable(String name) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> names = windows ? List.of(name + ".exe", name + ".cmd") : List.of(name);
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(directory -> !directory.isBlank())
                .flatMap(directory -> names.stream().map(file -> Path.of(directory, file)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void copy(Path from, Path to, String file) throws IOException {
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String fingerprint(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
