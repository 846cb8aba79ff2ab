package com.medspasync.maskedcopy;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where the files of copies lie: a store of blobs that are put together of blocks. All methods throw {@link StoreUnavailable} when the store does
 * not answer, and may be called again then. Thread-safe.
 */
public interface CopyStore {

    /**
     * Brings a block of a file. Nobody sees it before {@link #commit}; one of the same name takes the place of an earlier one.
     *
     * @param block its name: ASCII, of the same length for all blocks of a file
     */
    void stage(String path, String block, byte[] content);

    /** Makes a file of blocks in this order, and of no others; once more without harm. */
    void commit(String path, List<String> blocks);

    /** Stores a small file, in the place of an earlier one. */
    void put(String path, byte[] content);

    /** How many bytes a file has; empty when there is none. */
    OptionalLong size(String path);

    /**
     * A part of a file that is there.
     *
     * @param length at least 1; fewer bytes are given where the file ends
     */
    byte[] read(String path, long from, int length);

    /** Deletes every file whose path begins so, if there is any. */
    void deleteAll(String prefix);
}
