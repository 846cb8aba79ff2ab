package com.medspasync.functions.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code .local}, where the platform's data lies between runs. One process at a time owns it: its lock goes with the process, however that ends.
 */
final class LocalDirectory implements AutoCloseable {

    private final Path root;
    private final FileChannel lock;

    private LocalDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes {@code root} for this process.
     *
     * @param fresh deletes the data of earlier runs
     * @throws IllegalStateException if another process has it
     */
    static LocalDirectory open(Path root, boolean fresh) {
        try {
            Files.createDirectories(root);
            LocalDirectory directory = new LocalDirectory(root, lock(root));
            if (fresh) {
                delete(directory.data());
            }
            Files.createDirectories(directory.data());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return root.resolve("data");
    }

    Path settings() {
        return root.resolve("settings.env");
    }

    /** Writes {@code values} as a file that a shell can read with a dot, for another host to join the same stores. */
    void writeSettings(Map<String, String> values) {
        List<String> lines = new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "='" + entry.getValue().replace("'", "'\\''") + "'")
                        .toList();
        try {
            Files.write(settings(), lines);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(settings(), PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(settings());
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            // Answered below like a lock that another process holds.
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("A local platform already runs here. To run another host on its stores:\n"
                    + "  set -a; . " + root.resolve("settings.env") + "; PORT=7072 ./mvnw -Plocal");
        }
        return channel;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
