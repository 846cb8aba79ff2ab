package com.medspasync.crypto;

import com.medspasync.hosting.Hosting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Root keys in a file of this machine, for development and tests: a line for each version, its number and the key in base64, and
 * {@code disabled} behind one that has been retired. Only its owner may read it. It refuses to work where the platform runs on Azure. Thread-safe, also between processes.
 */
public final class LocalRootKeys implements RootKeys {

    // Long, because a file does not go away; short between looks, because a look costs nothing.
    private static final Duration TIME_TO_LIVE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Behind a key that has been retired. */
    private static final String DISABLED = "disabled";

    private final Path file;
    private final SecureRandom random;
    private final RootKeyCache cache;

    /**
     * @param file where the keys are or will be
     * @param environment the process's environment variables
     * @throws IllegalStateException when the environment is Azure's
     */
    public LocalRootKeys(Path file, Map<String, String> environment, SecureRandom random, Clock clock) {
        Hosting.azureVariable(environment).ifPresent(variable -> {
            throw new IllegalStateException("root keys in a file are for a developer's machine, but " + variable
                    + " is set, as on Azure: configure Key Vault");
        });
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

    @Override
    public NavigableSet<Integer> versions() {
        return cache.versions();
    }

    @Override
    public void refresh() {
        cache.refresh();
    }

    /**
     * @throws UncheckedIOException when the file cannot be written
     */
    @Override
    public boolean createIfAbsent() {
        if (Files.exists(file)) {
            return false;
        }
        String line = new Line(new RootKey(1, Secret.random(random)), true).text();
        try {
            boolean created = OwnersFile.create(file, line.getBytes(StandardCharsets.US_ASCII));
            cache.forget();
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException("root keys cannot be written to " + file, e);
        }
    }

    @Override
    public RootKey publish() {
        return publishUnless(newest -> false);
    }

    @Override
    public RootKey publishAfter(int version) {
        return publishUnless(newest -> newest > version);
    }

    private RootKey publishUnless(IntPredicate published) {
        change(lines -> {
            if (!published.test(newest(lines))) {
                int next = 1 + lines.stream().mapToInt(Line::version).max().orElse(0);
                lines.add(new Line(new RootKey(next, Secret.random(random)), true));
            }
        });
        return cache.newest();
    }

    @Override
    public void retire(int version) {
        change(lines -> {
            if (version == newest(lines)) {
                throw new IllegalStateException(
                        "version " + version + " of the root key is the newest: publish another first");
            }
            lines.replaceAll(line -> line.version() == version ? line.disabled() : line);
        });
    }

    private static int newest(List<Line> lines) {
        return lines.stream()
                .filter(Line::enabled)
                .mapToInt(Line::version)
                .max()
                .orElse(0);
    }

    private void change(Consumer<List<Line>> change) {
        try {
            OwnersFile.change(file, content -> {
                List<Line> lines = new ArrayList<>(lines(new String(content, StandardCharsets.US_ASCII)));
                change.accept(lines);
                return lines.stream()
                        .map(Line::text)
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.US_ASCII);
            });
        } catch (NoSuchFileException e) {
            throw absent(e);
        } catch (IOException e) {
            throw new UncheckedIOException("root keys cannot be changed in " + file, e);
        } finally {
            cache.forget();
        }
    }

    private NavigableMap<Integer, RootKey> load() {
        try {
            OwnersFile.requirePrivate(file);
            TreeMap<Integer, RootKey> keys = new TreeMap<>();
            for (Line line : lines(Files.readString(file, StandardCharsets.US_ASCII))) {
                if (line.enabled()) {
                    keys.put(line.version(), line.key());
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalStateException(file + " holds no root key");
            }
            return keys;
        } catch (NoSuchFileException e) {
            throw absent(e);
        } catch (IOException e) {
            throw new KeysUnavailable("root keys cannot be read from " + file, PAUSE, e);
        }
    }

    private KeysUnavailable absent(NoSuchFileException e) {
        return new KeysUnavailable("there are no root keys at " + file, PAUSE, e);
    }

    private List<Line> lines(String content) {
        List<Line> lines = content.lines().map(this::parse).toList();
        if (lines.stream().map(Line::version).distinct().count() < lines.size()) {
            throw new IllegalStateException(file + " has a version twice");
        }
        return lines;
    }

    private Line parse(String line) {
        String[] parts = line.split(" ", -1);
        boolean enabled = parts.length == 2;
        try {
            if (enabled || (parts.length == 3 && parts[2].equals(DISABLED))) {
                Secret key = Secret.takeOver(Base64.getDecoder().decode(parts[1]));
                return new Line(new RootKey(Integer.parseInt(parts[0]), key), enabled);
            }
        } catch (IllegalArgumentException e) {
            // The exception's message quotes what it could not read: it stays here.
        }
        throw new IllegalStateException(file + " has a line that is not a version and a key of 32 bytes in base64");
    }

    /** A line of the file. */
    private record Line(RootKey key, boolean enabled) {

        int version() {
            return key.version();
        }

        Line disabled() {
            return new Line(key, false);
        }

        String text() {
            byte[] bytes = key.secret().bytes();
            String base64 = Base64.getEncoder().encodeToString(bytes);
            Arrays.fill(bytes, (byte) 0);
            return version() + " " + base64 + (enabled ? "" : " " + DISABLED) + "\n";
        }
    }
}
