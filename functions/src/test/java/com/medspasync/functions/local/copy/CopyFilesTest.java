package com.medspasync.functions.local.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyFilesTest {

    private static final String LINE = "{\"id\":\"x\"}\n";

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void write() throws Exception {
        for (String name : CopyFiles.NAMES) {
            Files.writeString(directory.resolve(name), LINE);
        }
        manifest("medspasync-masked-copy/1");
    }

    private void manifest(String format) throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(LINE.getBytes(StandardCharsets.UTF_8)));
        String files = CopyFiles.NAMES.stream()
                .map(name -> "{\"name\":\"%s\",\"rows\":1,\"bytes\":%d,\"sha256\":\"%s\"}"
                        .formatted(name, LINE.length(), digest))
                .collect(Collectors.joining(","));
        Files.writeString(
                directory.resolve("manifest.json"),
                "{\"format\":\"%s\",\"copy\":\"0190c6a1-7d2e-7b3a-9c4d-5e6f708192c1\",\"practice\":\"0190c6a1-7d2e-7b3a-9c4d-5e6f708192c2\",\"files\":[%s]}"
                        .formatted(format, files));
    }

    @Test
    void open_ofWhatWasExported_givesItsRows() {
        CopyFiles.open(directory)
                .forEachBatch(
                        "clients.ndjson",
                        batch -> assertThat(batch)
                                .singleElement()
                                .satisfies(row ->
                                        assertThat(row.path("id").asText()).isEqualTo("x")));
    }

    @Test
    void open_ofAFileThatWasChanged_isRefused() throws IOException {
        Files.writeString(directory.resolve("staff.ndjson"), LINE.replace("x", "y"));
        assertThatThrownBy(() -> CopyFiles.open(directory))
                .hasMessage(
                        "staff.ndjson is not the file that was exported: its SHA-256 is another one than the manifest's");
    }

    @Test
    void open_ofAFormatThatIsNotKnown_isRefused() throws Exception {
        manifest("medspasync-masked-copy/2");
        assertThatThrownBy(() -> CopyFiles.open(directory))
                .hasMessageContaining("\"medspasync-masked-copy/2\"")
                .hasMessageContaining("loads \"medspasync-masked-copy/1\"");
    }

    @Test
    void open_ofACopyThatIsNotWhole_isRefused() throws IOException {
        Files.delete(directory.resolve("users.ndjson"));
        assertThatThrownBy(() -> CopyFiles.open(directory)).hasMessageContaining("users.ndjson is missing");
        Files.delete(directory.resolve("manifest.json"));
        assertThatThrownBy(() -> CopyFiles.open(directory)).hasMessageContaining("it has no manifest.json");
    }

    @Test
    void open_ofAManifestThatNamesOtherFiles_isRefused() throws IOException {
        Path manifest = directory.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("users.ndjson", "../users.ndjson"));
        assertThatThrownBy(() -> CopyFiles.open(directory)).hasMessageContaining("names other files");
    }
}
