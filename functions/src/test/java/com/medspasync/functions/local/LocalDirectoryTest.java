package com.medspasync.functions.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryTest {

    @TempDir
    private Path root = Path.of("");

    @Test
    void data_lastsBetweenRuns_untilAFreshOne() throws IOException {
        Path note;
        try (LocalDirectory first = LocalDirectory.open(root, false)) {
            note = Files.writeString(
                    Files.createDirectories(first.data().resolve("store")).resolve("note"), "kept");
        }
        LocalDirectory.open(root, false).close();
        assertThat(note).hasContent("kept");

        LocalDirectory.open(root, true).close();
        assertThat(note).doesNotExist();
    }

    @Test
    void fresh_keepsTheInstalledTools() throws IOException {
        Path tool =
                Files.writeString(Files.createDirectories(root.resolve("tools")).resolve("tool"), "x");

        LocalDirectory.open(root, true).close();

        assertThat(tool).exists();
    }

    @Test
    void secondPlatform_isRefused_evenAFreshOne_andToldHowToJoin() throws IOException {
        try (LocalDirectory first = LocalDirectory.open(root, false)) {
            Path note = Files.writeString(first.data().resolve("note"), "kept");
            assertThatThrownBy(() -> LocalDirectory.open(root, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(root.resolve("settings.env").toString());
            assertThat(note).exists();
        }
    }

    @Test
    void settings_areWhatAShellReads_andGoWithTheRun() throws Exception {
        try (LocalDirectory directory = LocalDirectory.open(root, false)) {
            directory.writeSettings(Map.of("B", "it's; a $value", "A", "1"));

            Process shell =
                    new ProcessBuilder("sh", "-c", ". '" + directory.settings() + "'; printf %s \"$A|$B\"").start();
            assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("1|it's; a $value");
        }
        assertThat(root.resolve("settings.env")).doesNotExist();
    }
}
