package com.medspasync.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that tests of this JVM use: one for all, and one for each test that stops its own. All go when the JVM ends. */
final class SharedServer {

    private static final Logger LOG = LoggerFactory.getLogger(SharedServer.class);

    private static final String PREFIX = "medspasync-postgres-";
    private static final String TEMPLATE = "medspasync_template";

    /** A directory this young may belong to a JVM that is about to start its server in it. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private static final List<EmbeddedServer> WITH_TEMPLATE = new ArrayList<>();
    private static @Nullable EmbeddedServer shared;

    private SharedServer() {}

    /** The server for all, started when it is first asked for. */
    static synchronized EmbeddedServer get() {
        if (shared == null) {
            shared = launch();
        }
        return shared;
    }

    /** A server for one test alone. */
    static EmbeddedServer launch() {
        try {
            removeAbandoned();
            Path directory = Files.createTempDirectory(PREFIX);
            EmbeddedServer server =
                    EmbeddedServer.start(directory.resolve("data"), 0, EmbeddedServer.Durability.VOLATILE);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, directory)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the migrated database of {@code server} that others are copied from. */
    static synchronized String template(EmbeddedServer server) {
        if (!WITH_TEMPLATE.contains(server)) {
            EmbeddedDatabase.prepareTemplate(server, TEMPLATE);
            WITH_TEMPLATE.add(server);
        }
        return TEMPLATE;
    }

    private static void remove(EmbeddedServer server, Path directory) {
        server.close();
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends and removes what JVMs left behind that were killed: their servers would run until the machine stops. */
    private static void removeAbandoned() throws IOException {
        Instant old = Instant.now().minus(YOUNG);
        List<Path> candidates;
        try (Stream<Path> siblings = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            candidates = siblings.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path directory : candidates) {
            try {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(old)
                        && EmbeddedServer.endAbandoned(directory.resolve("data"))) {
                    LOG.info("removing {}, which a killed process left behind", directory);
                    Trees.delete(directory);
                }
            } catch (IOException e) {
                LOG.debug("{} is being removed by another process", directory, e);
            }
        }
    }
}
