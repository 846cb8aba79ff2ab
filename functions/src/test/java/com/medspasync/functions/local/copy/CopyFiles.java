package com.medspasync.functions.local.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.maskedcopy.CopiedFile;
import com.medspasync.maskedcopy.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** The files of a masked copy in a directory, found to be those that its manifest describes. */
final class CopyFiles {

    /** In the order in which they can be loaded. */
    static final List<String> NAMES = List.of(
            "practices.ndjson",
            "users.ndjson",
            "clients.ndjson",
            "services.ndjson",
            "staff.ndjson",
            "appointments.ndjson");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int BATCH = 500;

    private final Path directory;
    private final Manifest manifest;

    private CopyFiles(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /**
     * Opens a copy.
     *
     * @throws IllegalStateException when it is none, of a format that is not known, or not what was exported; it says which
     */
    static CopyFiles open(Path directory) {
        Path file = directory.resolve(Manifest.FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("There is no masked copy in " + directory + ": it has no " + Manifest.FILE);
        }
        Manifest manifest = manifest(file);
        List<String> names = manifest.files().stream().map(CopiedFile::name).toList();
        if (!names.equals(NAMES)) {
            throw new IllegalStateException("The manifest names other files than a masked copy has: " + names);
        }
        manifest.files().forEach(each -> verify(directory, each));
        return new CopyFiles(directory, manifest);
    }

    private static Manifest manifest(Path file) {
        JsonNode json = read(() -> JSON.readTree(file.toFile()), Manifest.FILE);
        String format = json.path("format").asText();
        if (!format.equals(Manifest.FORMAT)) {
            throw new IllegalStateException(
                    "The copy is of the format \"" + format + "\"; this platform loads \"" + Manifest.FORMAT + "\"");
        }
        return read(() -> JSON.treeToValue(json, Manifest.class), Manifest.FILE);
    }

    private static void verify(Path directory, CopiedFile described) {
        Path file = directory.resolve(described.name());
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("The copy is not whole: " + described.name() + " is missing");
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(described.sha256())) {
            throw new IllegalStateException(described.name()
                    + " is not the file that was exported: its SHA-256 is another one than the manifest's");
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** The rows of a file, some at a time. */
    void forEachBatch(String name, Consumer<List<JsonNode>> use) {
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve(name))) {
            List<JsonNode> batch = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String row = line;
                batch.add(read(() -> JSON.readTree(row), name));
                if (batch.size() == BATCH) {
                    use.accept(batch);
                    batch = new ArrayList<>();
                }
            }
            if (!batch.isEmpty()) {
                use.accept(batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private static <T> T read(Reading<T> reading, String name) {
        try {
            return reading.run();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(name + " is not JSON of the format", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
