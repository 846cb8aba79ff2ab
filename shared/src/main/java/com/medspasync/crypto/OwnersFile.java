package com.medspasync.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A file that only its owner may read, and that appears and changes whole or not at all. */
final class OwnersFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * A file's lock is the process's, and closing any channel of the file lets go of it: so one thread at a time may have one. A
     * second process waits for the file's lock itself.
     */
    private static final ReentrantLock ONE_CHANNEL = new ReentrantLock();

    private OwnersFile() {}

    /** Creates {@code file} with {@code content} unless it exists, and says whether it did: the first one's stands. */
    static boolean create(Path file, byte[] content) throws IOException {
        Path draft = draft(file, content);
        try {
            return publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Puts what {@code change} makes of the content in its place, one change at a time, of this process's threads and among processes: a file
     * beside it, with {@code .lock} behind its name, says whose turn it is. Whatever {@code change} throws leaves the file as it is.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such file
     */
    static void change(Path file, UnaryOperator<byte[]> change) throws IOException {
        Path turn = file.resolveSibling(file.getFileName() + ".lock");
        ONE_CHANNEL.lock();
        try (FileChannel channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = channel.lock();
            requirePrivate(file);
            byte[] before = Files.readAllBytes(file);
            byte[] after = change.apply(before);
            if (!Arrays.equals(before, after)) {
                replace(file, after);
            }
        } finally {
            ONE_CHANNEL.unlock();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path draft = draft(file, content);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            if (posix(file) != null) {
                // The new name too must outlast a loss of power.
                try (FileChannel directory = FileChannel.open(directory(file), StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A new file beside {@code file} that holds {@code content} on the disk itself. */
    private static Path draft(Path file, byte[] content) throws IOException {
        Files.createDirectories(directory(file));
        // The JDK gives temporary files to their owner alone where permissions are POSIX's.
        Path draft = Files.createTempFile(directory(file), file.getFileName().toString(), ".new");
        restrict(draft);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return draft;
    }

    private static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
    }

    /** Linking is the one step that is atomic and fails where the name is taken; renaming would replace another's keys. */
    private static boolean publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException anotherWasFirst) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system of " + file + " has no hard links", e);
        }
    }

    /** @throws IllegalStateException when anyone but the owner may read or write {@code file} */
    static void requirePrivate(Path file) throws IOException {
        PosixFileAttributeView posix = posix(file);
        if (posix != null && !OWNER_ONLY.containsAll(posix.readAttributes().permissions())) {
            throw new IllegalStateException(file + " is open to others than its owner: chmod 600");
        }
    }

    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView posix = posix(file);
        if (posix != null) {
            posix.setPermissions(OWNER_ONLY);
            return;
        }
        AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }

    private static @Nullable PosixFileAttributeView posix(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
