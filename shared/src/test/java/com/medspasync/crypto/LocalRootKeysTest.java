package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRootKeysTest {

    @TempDir
    private Path directory;

    private final SteppingClock clock = new SteppingClock();

    @Test
    void createIfAbsent_twice_keepsTheFirstKey() throws IOException {
        LocalRootKeys keys = open();
        assertThat(keys.createIfAbsent()).isTrue();
        RootKey first = keys.current();
        assertThat(keys.createIfAbsent()).isFalse();
        assertThat(open().createIfAbsent()).isFalse();
        assertThat(open().current()).isEqualTo(first).isEqualTo(keys.version(1));
        assertThat(directory.toFile().list()).containsExactly("root-keys");
    }

    @Test
    void createIfAbsent_byManyAtOnce_givesAllTheSameKey() throws Exception {
        List<Future<RootKey>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 64; i++) {
                created.add(threads.submit(() -> {
                    LocalRootKeys keys = open();
                    keys.createIfAbsent();
                    return keys.current();
                }));
            }
        }
        for (Future<RootKey> one : created) {
            assertThat(one.get()).isEqualTo(created.getFirst().get());
        }
        assertThat(directory.toFile().list()).containsExactly("root-keys");
    }

    @Test
    void createIfAbsent_onPosix_letsOnlyTheOwnerRead() throws IOException {
        requirePosix();
        open().createIfAbsent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void current_ofAFileOthersCanRead_isRefused() throws IOException {
        requirePosix();
        open().createIfAbsent();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open().current())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEBSITE_INSTANCE_ID", "WEBSITE_SITE_NAME", "WEBSITE_POD_NAME", "CONTAINER_APP_JOB_NAME"})
    void new_whereAzuresVariablesAreSet_isRefused(String variable) {
        assertThatThrownBy(() -> new LocalRootKeys(file(), Map.of(variable, "x"), Examples.RANDOM, clock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(variable);
        assertThat(file()).doesNotExist();
    }

    @Test
    void current_withoutAFile_isUnavailable() {
        assertThatThrownBy(() -> open().current()).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void version_addedByHand_isFoundWithoutARestart() throws IOException {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        RootKey first = keys.current();
        assertThatThrownBy(() -> keys.version(2)).isInstanceOf(UnknownKeyVersion.class);

        Secret second = Secret.random(Examples.RANDOM);
        write(Files.readString(file()) + "2 " + base64(second) + "\n");
        assertThatThrownBy(() -> keys.version(2)).isInstanceOf(UnknownKeyVersion.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.version(2)).isEqualTo(new RootKey(2, second)).isEqualTo(keys.current());
        assertThat(keys.version(1)).isEqualTo(first);
    }

    @Test
    void publish_makesTheNextVersion_usableAtOnceAndFoundByOthers() throws IOException {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        RootKey first = keys.current();
        LocalRootKeys other = open();
        other.current();

        RootKey second = keys.publish();

        assertThat(second.version()).isEqualTo(2);
        assertThat(keys.current()).isEqualTo(second);
        assertThat(keys.versions()).containsExactly(1, 2);
        assertThat(keys.version(1)).isEqualTo(first);
        assertThat(other.version(2)).isEqualTo(second);
    }

    @Test
    void publishAfter_repeated_makesOneVersion() {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        RootKey second = keys.publishAfter(1);
        assertThat(keys.publishAfter(1)).isEqualTo(second);
        assertThat(open().publishAfter(1)).isEqualTo(second);
        assertThat(open().versions()).containsExactly(1, 2);
    }

    @Test
    void publish_withoutAFile_isUnavailable() {
        assertThatThrownBy(() -> open().publish()).isInstanceOf(KeysUnavailable.class);
        assertThat(file()).doesNotExist();
    }

    @Test
    void publish_onPosix_letsOnlyTheOwnerRead() throws IOException {
        requirePosix();
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        keys.publish();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("root-keys", "root-keys.lock");
    }

    @Test
    void publish_byManyThreadsAndProcessesAtOnce_givesEachNumberOnce() throws Exception {
        open().createIfAbsent();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        file().toString(),
                        "20")
                .inheritIO()
                .start();
        List<Future<RootKey>> published = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            while (other.isAlive() || published.size() < 40) {
                published.add(threads.submit(() -> open().publish()));
                published.getLast().get();
                published.add(threads.submit(() -> open().publish()));
            }
        }
        assertThat(other.waitFor()).isZero();
        LocalRootKeys all = open();
        assertThat(all.versions()).hasSize(1 + 20 + published.size());
        assertThat(all.versions().last()).isEqualTo(1 + 20 + published.size());
    }

    /** Publishes from a process of its own. */
    static final class Publisher {
        private Publisher() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                var unused = new LocalRootKeys(Path.of(arguments[0]), Map.of(), Examples.RANDOM, new SteppingClock())
                        .publish();
            }
        }
    }

    @Test
    void retire_ofAnOldVersion_makesItUnknownAndItsNumberIsNotUsedAgain() throws IOException {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        keys.publish();
        keys.retire(1);
        keys.retire(1);
        assertThat(keys.versions()).containsExactly(2);
        assertThatThrownBy(() -> keys.version(1)).isInstanceOf(UnknownKeyVersion.class);
        assertThatThrownBy(() -> open().version(1)).isInstanceOf(UnknownKeyVersion.class);
        assertThat(keys.publish().version()).isEqualTo(3);
        assertThat(Files.readString(file())).startsWith("1 ").contains(" disabled\n2 ");
    }

    @Test
    void retire_ofTheNewest_isRefusedAndChangesNothing() throws IOException {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        String before = Files.readString(file());
        assertThatThrownBy(() -> keys.retire(1)).isInstanceOf(IllegalStateException.class);
        assertThat(file()).hasContent(before);
        assertThat(keys.current().version()).isEqualTo(1);
    }

    @Test
    void publish_afterANewestThatWasDisabledByHand_givesAnotherNumber() throws IOException {
        LocalRootKeys keys = open();
        keys.createIfAbsent();
        write(Files.readString(file()) + "2 " + base64(Secret.random(Examples.RANDOM)) + " disabled\n");
        assertThat(keys.publish().version()).isEqualTo(3);
        assertThat(keys.versions()).containsExactly(1, 3);
    }

    @Test
    void current_ofAMalformedFile_isRefusedWithoutQuotingIt() throws IOException {
        String key = base64(Secret.random(Examples.RANDOM));
        List<String> malformed = List.of(
                "1 " + key + "!",
                "1 " + key.substring(4),
                "x " + key,
                key,
                "0 " + key,
                "1 " + key + "\n1 " + key,
                "",
                "1 " + key + " 2");
        for (String content : malformed) {
            write(content);
            assertThatThrownBy(() -> open().current())
                    .as(content)
                    .isInstanceOf(IllegalStateException.class)
                    .hasNoCause()
                    .hasMessageNotContaining(key.substring(4, 20));
        }
    }

    @Test
    void current_ofAnyBytes_readsAKeyOrIsRefusedWithoutQuotingIt() throws IOException {
        open().createIfAbsent();
        String first = Files.readString(file());
        String key = first.substring(2, first.length() - 1);
        String second = first + "2 " + base64(Secret.random(Examples.RANDOM)) + " disabled\n";
        List<byte[]> genuine =
                List.of(first.getBytes(StandardCharsets.US_ASCII), second.getBytes(StandardCharsets.US_ASCII));
        Mutation mutation = new Mutation(new Random(4_648));
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] content = mutation.of(genuine);
            Files.write(file(), content);
            try {
                assertThat(open().current().version()).isPositive();
            } catch (IllegalStateException | KeysUnavailable e) {
                refused++;
                assertThat(e).message().doesNotContain(key.substring(4, 20));
            }
        }
        assertThat(refused).isBetween(300, 1_490);
    }

    private LocalRootKeys open() {
        return new LocalRootKeys(file(), Map.of("PATH", "/bin"), Examples.RANDOM, clock);
    }

    private Path file() {
        return directory.resolve("root-keys");
    }

    private void write(String content) throws IOException {
        Files.deleteIfExists(file());
        OwnersFile.create(file(), content.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(Secret secret) {
        return Base64.getEncoder().encodeToString(secret.bytes());
    }

    private void requirePosix() {
        Assumptions.assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no POSIX permissions to check");
    }
}
