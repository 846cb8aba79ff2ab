package com.medspasync.functions.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {

    private static final String SERVE = "console.log('ready'); setInterval(() => {}, 1000)";

    @TempDir
    private Path directory = Path.of("");

    private ChildProcess start(String script) {
        return ChildProcess.start("child", directory, List.of(NodePackages.node(), "-e", script), "ready"::equals);
    }

    @Test
    void close_endsTheProcess_andItsPidFile() {
        ChildProcess child = start(SERVE);
        assertThat(child.isAlive()).isTrue();

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(directory.resolve("child.pid")).doesNotExist();
        assertThat(directory.resolve("child.log")).hasContent("ready");
    }

    @Test
    void leftoverOfAKilledRun_isStoppedByTheNextStart() {
        ChildProcess leftover = start(SERVE);

        try (ChildProcess next = start(SERVE)) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(next.isAlive()).isTrue();
        }
    }

    @Test
    void process_thatTookTheNotedIdSince_isLeftAlone() throws IOException {
        Process innocent = new ProcessBuilder(NodePackages.node(), "-e", "setInterval(() => {}, 1000)").start();
        try {
            Files.writeString(directory.resolve("child.pid"), innocent.pid() + " 2001-01-01T00:00:00Z");
            start(SERVE).close();

            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void program_thatEndsBeforeItIsReady_failsTheStart_andTheMessageNamesItsLog() {
        assertThatThrownBy(() -> start("console.log('no')"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "child ended at once", directory.resolve("child.log").toString());
    }

    @Test
    void azuritesGuard_endsTheProgramWhenItsStarterIsGone() throws Exception {
        Path guard = Repository.root().resolve("functions/src/test/azurite/end-with-parent.js");
        Process guarded = new ProcessBuilder(
                        NodePackages.node(),
                        "--require",
                        guard.toString(),
                        "-e",
                        "process.once('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000)")
                .start();

        // What the system does to the pipe of a process that was killed.
        guarded.getOutputStream().close();

        assertThat(guarded.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(guarded.exitValue()).isEqualTo(7);
    }
}
