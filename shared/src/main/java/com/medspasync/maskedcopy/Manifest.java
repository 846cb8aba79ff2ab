package com.medspasync.maskedcopy;

import com.medspasync.input.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The last file of a copy, which says what the others are. Without it there is no copy.
 *
 * @param format of the files, to be known by who reads them
 * @param copy the id of the copy
 * @param practice the id that the practice has in it
 * @param files in the order in which they can be loaded: what is referred to comes first
 */
public record Manifest(String format, UUID copy, UUID practice, List<CopiedFile> files) {

    /** The name of the file. */
    public static final String FILE = "manifest.json";

    /** A line of JSON for each row, with the columns' names, as docs/masked-copies.md describes them. */
    public static final String FORMAT = "medspasync-masked-copy/1";

    public Manifest {
        files = List.copyOf(files);
    }

    byte[] toBytes() {
        return (Json.write(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
