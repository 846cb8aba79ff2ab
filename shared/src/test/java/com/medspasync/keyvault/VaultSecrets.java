package com.medspasync.keyvault;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the vault holds: secrets by name, each with its versions from the oldest to the newest; deleted ones apart. Thread-safe. */
final class VaultSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As it lies on disk. */
    record Content(Map<String, List<SecretVersion>> secrets, Map<String, List<SecretVersion>> deleted) {}

    private final @Nullable Path file;
    private final Map<String, List<SecretVersion>> secrets = new TreeMap<>();
    private final Map<String, List<SecretVersion>> deleted = new TreeMap<>();

    /** @param file where it lasts between runs; null to keep it in memory */
    VaultSecrets(@Nullable Path file) {
        this.file = file;
        if (file != null && Files.exists(file)) {
            try {
                Content content = JSON.readValue(file.toFile(), new TypeReference<Content>() {});
                secrets.putAll(content.secrets());
                deleted.putAll(content.deleted());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    synchronized Set<String> names() {
        return new TreeSet<>(secrets.keySet());
    }

    synchronized Set<String> deletedNames() {
        return new TreeSet<>(deleted.keySet());
    }

    /** From the oldest to the newest; empty for a name that is unknown or deleted. */
    synchronized List<SecretVersion> versions(String name) {
        return List.copyOf(secrets.getOrDefault(name, List.of()));
    }

    synchronized List<SecretVersion> deletedVersions(String name) {
        return List.copyOf(deleted.getOrDefault(name, List.of()));
    }

    /** @param id empty for the newest version */
    Optional<SecretVersion> version(String name, String id) {
        List<SecretVersion> versions = versions(name);
        return id.isEmpty()
                ? versions.reversed().stream().findFirst()
                : versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /** False where a deleted secret still holds the name. */
    synchronized boolean add(String name, SecretVersion version) {
        if (deleted.containsKey(name)) {
            return false;
        }
        secrets.computeIfAbsent(name, unused -> new ArrayList<>()).add(version);
        save();
        return true;
    }

    /** Empty when there is no such version. */
    synchronized Optional<SecretVersion> change(String name, String id, UnaryOperator<SecretVersion> change) {
        Optional<SecretVersion> found = version(name, id);
        found.ifPresent(version -> secrets.getOrDefault(name, new ArrayList<>())
                .replaceAll(each -> each.id().equals(version.id()) ? change.apply(each) : each));
        save();
        return found.map(change);
    }

    synchronized boolean delete(String name) {
        return move(name, secrets, deleted);
    }

    synchronized boolean recover(String name) {
        return move(name, deleted, secrets);
    }

    synchronized boolean purge(String name) {
        boolean there = deleted.remove(name) != null;
        save();
        return there;
    }

    private boolean move(String name, Map<String, List<SecretVersion>> from, Map<String, List<SecretVersion>> to) {
        List<SecretVersion> versions = from.remove(name);
        if (versions == null) {
            return false;
        }
        to.put(name, versions);
        save();
        return true;
    }

    /** Whole, and for the owner alone, as the JDK makes temporary files where permissions are POSIX's. */
    private void save() {
        if (file == null) {
            return;
        }
        try {
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "secrets", ".new");
            JSON.writeValue(draft.toFile(), new Content(new HashMap<>(secrets), new HashMap<>(deleted)));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
