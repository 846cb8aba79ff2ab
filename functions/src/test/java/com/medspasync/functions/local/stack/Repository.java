package com.medspasync.functions.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things lie in a working copy of this project. */
public final class Repository {

    private Repository() {}

    /** The nearest directory, from the working directory upwards, that holds host.json. */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("host.json")) && Files.exists(directory.resolve("functions"))) {
                return directory;
            }
        }
        throw new IllegalStateException("Not in a working copy of this project: " + start);
    }

    /** What is installed once and kept, such as Azurite. */
    public static Path tools() {
        return root().resolve(".local").resolve("tools");
    }
}
