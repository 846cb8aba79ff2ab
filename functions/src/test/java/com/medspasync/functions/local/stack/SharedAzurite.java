package com.medspasync.functions.local.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One storage emulator for all tests of a JVM: starts with the first that asks, ends with the JVM. Tests take names of their own in it. */
public final class SharedAzurite {

    private static @Nullable Azurite shared;

    private SharedAzurite() {}

    /** What the Azure clients take. */
    public static synchronized String connectionString() {
        if (shared == null) {
            Path directory = Repository.root()
                    .resolve("functions/target/azurite-"
                            + ProcessHandle.current().pid());
            Azurite started = Azurite.inMemory(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared.connectionString();
    }
}
