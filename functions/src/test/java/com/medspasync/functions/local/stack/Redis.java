package com.medspasync.functions.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** A Redis server on a free port of the loopback interface. It holds a cache and keeps nothing when it stops. */
public final class Redis implements Store {

    /** A port found free can be taken before the server binds it. */
    private static final int TRIES = 3;

    private final ChildProcess process;
    private final int port;

    private Redis(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; {@code directory} takes its log. */
    public static Redis start(Path directory) {
        String executable = executable();
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return new Redis(
                        ChildProcess.start(
                                "redis",
                                directory,
                                command(executable, port),
                                line -> line.contains("eady to accept connections")),
                        port);
            } catch (IllegalStateException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** {@code redis://127.0.0.1:port}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("REDIS_URL", url());
    }

    @Override
    public void close() {
        process.close();
    }

    long pid() {
        return process.pid();
    }

    private static List<String> command(String executable, int port) {
        return List.of(
                executable,
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "128mb",
                "--maxmemory-policy",
                "allkeys-lru");
    }

    /** The binary for this machine, unpacked once: one that runs cannot be written over. */
    private static String executable() {
        String resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        Path directory = Repository.tools().resolve("redis");
        if (resource == null) {
            throw new IllegalStateException("No Redis for this platform: set REDIS_URL to one that runs elsewhere");
        }
        Path executable = directory.resolve(resource.substring(1));
        if (Files.exists(executable)) {
            return executable.toString();
        }
        try (InputStream binary = ExecutableProvider.class.getResourceAsStream(resource)) {
            if (binary == null) {
                throw new IllegalStateException("embedded-redis lacks " + resource);
            }
            Files.createDirectories(directory);
            Path unpacked = Files.createTempFile(directory, "redis", ".tmp");
            Files.copy(binary, unpacked, StandardCopyOption.REPLACE_EXISTING);
            if (!unpacked.toFile().setExecutable(true)) {
                throw new IllegalStateException("Cannot make " + unpacked + " executable");
            }
            Files.move(unpacked, executable, StandardCopyOption.ATOMIC_MOVE);
            return executable.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack Redis", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
