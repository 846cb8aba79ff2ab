package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.medspasync.database.EmbeddedServer.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server as the local platform uses it: its data lasts, whatever happened to the run before. */
class EmbeddedServerTest {

    @TempDir
    private Path directory;

    @Test
    void start_again_hasTheDataOfTheRunBefore() {
        UUID id = UUID.randomUUID();
        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.DURABLE)) {
            write(Examples.withNotes(EmbeddedDatabase.lasting(server, "spa")), id);
        }
        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.DURABLE)) {
            assertThat(read(EmbeddedDatabase.lasting(server, "spa"), id)).containsExactly("lasts");
        }
    }

    @Test
    void start_afterAKillWithItsPidFileLeftNamingALivingProcess_recovers() throws IOException {
        UUID id = UUID.randomUUID();
        EmbeddedServer killed = EmbeddedServer.start(data(), 0, Durability.DURABLE);
        write(Examples.withNotes(EmbeddedDatabase.lasting(killed, "spa")), id);
        List<String> pidFile = Files.readAllLines(pidFile());
        killed.kill();
        killed.close();
        // After a restart of a container, low process ids are soon used again, by anything: here by this JVM.
        pidFile.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile(), pidFile);

        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.DURABLE)) {
            assertThat(read(EmbeddedDatabase.lasting(server, "spa"), id)).containsExactly("lasts");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void start_onDataThatADeadRunsServerStillServes_takesItOver() throws Exception {
        Process killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingRun.class.getName(),
                        data().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(killed.waitFor(2, TimeUnit.MINUTES)).isTrue();
        long orphan = Long.parseLong(Files.readAllLines(pidFile()).getFirst());
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.DURABLE)) {
            assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(read(EmbeddedDatabase.lasting(server, "spa"), DyingRun.NOTE))
                    .containsExactly("lasts");
        }
    }

    /** A run of the platform that dies without a chance to stop its server. */
    static final class DyingRun {

        private static final UUID NOTE = UUID.fromString("0190a5c4-0000-7000-8000-000000000001");

        private DyingRun() {}

        public static void main(String[] arguments) {
            EmbeddedServer server = EmbeddedServer.start(Path.of(arguments[0]), 0, Durability.DURABLE);
            write(Examples.withNotes(EmbeddedDatabase.lasting(server, "spa")), NOTE);
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    void start_onDataInUse_isRefused() {
        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.VOLATILE)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedServer.start(data(), 0, Durability.VOLATILE))
                    .withMessageContaining("another process uses");
            assertThat(server.port()).isPositive();
        }
    }

    @Test
    void start_onAPortInUse_isRefusedAndLetsGoOfTheData() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedServer.start(data(), taken.getLocalPort(), Durability.VOLATILE))
                    .withMessageContaining("is taken");
        }
        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.VOLATILE)) {
            assertThat(server.url("spa")).endsWith(":" + server.port() + "/spa");
        }
    }

    @Test
    void start_afterAnInterruptedCreation_startsOver() throws IOException {
        Path unfinished = directory.resolve("data.new");
        Files.createDirectories(unfinished.resolve("base"));
        Files.writeString(unfinished.resolve("postgresql.conf"), "unfinished");

        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.VOLATILE)) {
            assertThat(server.port()).isPositive();
            assertThat(unfinished).doesNotExist();
        }
    }

    @Test
    void stopAndStart_sameServer_keepsPortAndData() {
        UUID id = UUID.randomUUID();
        try (EmbeddedServer server = EmbeddedServer.start(data(), 0, Durability.VOLATILE)) {
            int port = server.port();
            EmbeddedDatabase database = Examples.withNotes(EmbeddedDatabase.lasting(server, "spa"));
            write(database, id);

            server.stop();
            server.stop();
            server.start();
            server.start();

            assertThat(server.port()).isEqualTo(port);
            assertThat(read(database, id)).containsExactly("lasts");
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    private static void write(EmbeddedDatabase database, UUID id) {
        try (database) {
            database.open(EmbeddedDatabase.APP).one(Examples.GLOW, Examples.insertNote(id, "lasts"), Row::toString);
        }
    }

    private static List<String> read(EmbeddedDatabase database, UUID id) {
        try (database) {
            return database.open(EmbeddedDatabase.APP)
                    .list(Examples.GLOW, Examples.readNote(id), row -> row.text("body"));
        }
    }
}
