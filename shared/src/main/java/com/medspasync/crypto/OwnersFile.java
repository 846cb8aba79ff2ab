package com.medspasync.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that only its owner may read, and that appears whole or not at all. */
final class OwnersFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnersFile() {}

    /** Creates {@code file} with {@code content} unless it exists, and says whether it did: the first one's stands. */
    static boolean create(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        // The JDK gives temporary files to their owner alone where permissions are POSIX's.
        Path draft = Files.createTempFile(directory, file.getFileName().toString(), ".new");
        try {
            restrict(draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            return publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
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
