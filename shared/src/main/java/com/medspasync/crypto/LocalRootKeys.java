package com.medspasync.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Root keys in a file of this machine, for development and tests: a line for each version, its number and the key in base64. Only
 * its owner may read it. It refuses to work where the platform runs on Azure. Thread-safe, also between processes.
 */
public final class LocalRootKeys implements RootKeys {

    private static final List<String> AZURE_VARIABLES =
            List.of("WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME", "CONTAINER_APP_NAME", "CONTAINER_APP_JOB_NAME");
    // Long, because a file does not go away; short between looks, because a look costs nothing.
    private static final Duration TIME_TO_LIVE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final SecureRandom random;
    private final RootKeyCache cache;

    /**
     * @param file where the keys are or will be
     * @param environment the process's environment variables
     * @throws IllegalStateException when the environment is Azure's
     */
    public LocalRootKeys(Path file, Map<String, String> environment, SecureRandom random, Clock clock) {
        for (String variable : AZURE_VARIABLES) {
            if (environment.containsKey(variable)) {
                throw new IllegalStateException("root keys in a file are for a developer's machine, but " + variable
                        + " is set, as on Azure: configure Key Vault");
            }
        }
        this.file = file;
        this.random = random;
        this.cache = new RootKeyCache(this::load, TIME_TO_LIVE, PAUSE, clock);
    }

    @Override
    public RootKey current() {
        return cache.newest();
    }

    @Override
    public RootKey version(int version) {
        return cache.version(version);
    }

    /**
     * @throws UncheckedIOException when the file cannot be written
     */
    @Override
    public boolean createIfAbsent() {
        if (Files.exists(file)) {
            return false;
        }
        byte[] key = Secret.random(random).bytes();
        String line = "1 " + Base64.getEncoder().encodeToString(key) + "\n";
        Arrays.fill(key, (byte) 0);
        try {
            boolean created = OwnersFile.create(file, line.getBytes(StandardCharsets.US_ASCII));
            cache.forget();
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException("root keys cannot be written to " + file, e);
        }
    }

    private NavigableMap<Integer, RootKey> load() {
        try {
            OwnersFile.requirePrivate(file);
            TreeMap<Integer, RootKey> keys = new TreeMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                RootKey key = parse(line);
                if (keys.put(key.version(), key) != null) {
                    throw new IllegalStateException(file + " has version " + key.version() + " twice");
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalStateException(file + " holds no root key");
            }
            return keys;
        } catch (NoSuchFileException e) {
            throw new KeysUnavailable("there are no root keys at " + file, PAUSE, e);
        } catch (IOException e) {
            throw new KeysUnavailable("root keys cannot be read from " + file, PAUSE, e);
        }
    }

    private RootKey parse(String line) {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == 2) {
                return new RootKey(
                        Integer.parseInt(parts[0]),
                        Secret.takeOver(Base64.getDecoder().decode(parts[1])));
            }
        } catch (IllegalArgumentException e) {
            // The exception's message quotes what it could not read: it stays here.
        }
        throw new IllegalStateException(file + " has a line that is not a version and a key of 32 bytes in base64");
    }
}
