package com.medspasync.maskedcopy;

import com.medspasync.crypto.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/** Brings the files of one copy to the store. What it brought is read again for its digest, so that this is of what lies there. */
final class CopyWriter {

    /** As much is held in memory at once. */
    static final int PART = 4 << 20;

    private final CopyStore store;
    private final UUID copy;
    private final Runnable alive;

    /** @param alive called while a large file is read, at least once for each */
    CopyWriter(CopyStore store, UUID copy, Runnable alive) {
        this.store = store;
        this.copy = copy;
        this.alive = alive;
    }

    static String path(UUID copy, String file) {
        return copy + "/" + file;
    }

    /** Brings the next block of the table that the checkpoint is at. */
    Checkpoint bring(Checkpoint at, Block block, long fence) {
        store.stage(path(at.table().file()), at.nextBlock(fence), block.content());
        return at.after(block, fence);
    }

    /** Makes the file of the table that the checkpoint is at. */
    Checkpoint finish(Checkpoint at) {
        String file = at.table().file();
        store.commit(path(file), at.blockNames());
        alive.run();
        MessageDigest digest = Sha256.begin();
        long size = 0;
        long all =
                store.size(path(file)).orElseThrow(() -> new IllegalStateException(file + " is not where it was put"));
        while (size < all) {
            byte[] part = store.read(path(file), size, PART);
            digest.update(part);
            size += part.length;
            alive.run();
        }
        return at.after(new CopiedFile(file, at.rows(), size, HexFormat.of().formatHex(digest.digest())));
    }

    /** Makes the copy one. */
    void publish(Checkpoint at, UUID practice) {
        Manifest manifest =
                new Manifest(Manifest.FORMAT, copy, practice, at.files().reversed());
        store.put(path(Manifest.FILE), manifest.toBytes());
    }

    private String path(String file) {
        return path(copy, file);
    }
}
