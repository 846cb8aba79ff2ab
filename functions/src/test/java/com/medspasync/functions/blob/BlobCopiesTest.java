package com.medspasync.functions.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.medspasync.functions.local.stack.Azurite;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.medspasync.maskedcopy.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCopiesTest {

    private final String name = "copies-" + UUID.randomUUID();
    private final BlobCopies copies = new BlobCopies(() -> container(SharedAzurite.connectionString()));

    private BlobContainerClient container(String connection) {
        return new BlobServiceClientBuilder()
                .connectionString(connection)
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.FIXED,
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        null))
                .buildClient()
                .getBlobContainerClient(name);
    }

    @Test
    void file_ofBlocks_hasThoseThatAreNamedInTheirOrder() {
        copies.stage("a/x", "0002", bytes("two"));
        copies.stage("a/x", "0001", bytes("other"));
        copies.stage("a/x", "0001", bytes("one,"));
        copies.stage("a/x", "0003", bytes("left out"));
        assertThat(copies.size("a/x")).isEmpty();
        copies.commit("a/x", List.of("0001", "0002"));
        copies.commit("a/x", List.of("0001", "0002"));
        assertThat(copies.size("a/x")).hasValue(7);
        assertThat(text(copies.read("a/x", 0, 100))).isEqualTo("one,two");
        assertThat(text(copies.read("a/x", 2, 3))).isEqualTo("e,t");
    }

    @Test
    void file_ofNoBlocks_isEmpty() {
        copies.commit("a/empty", List.of());
        assertThat(copies.size("a/empty")).hasValue(0);
    }

    @Test
    void deleteAll_ofAPrefix_leavesTheOthers() {
        copies.deleteAll("a/");
        copies.put("a/1", bytes("1"));
        copies.put("a/1", bytes("11"));
        copies.put("ab/1", bytes("1"));
        assertThat(copies.size("a/1")).hasValue(2);
        copies.deleteAll("a/");
        copies.deleteAll("a/");
        assertThat(copies.size("a/1")).isEmpty();
        assertThat(copies.size("ab/1")).hasValue(1);
    }

    @Test
    void everyCall_withTheStoreStopped_isUnavailable(@TempDir Path directory) {
        BlobCopies cut;
        try (Azurite azurite = Azurite.inMemory(directory)) {
            String connection = azurite.connectionString();
            cut = new BlobCopies(() -> container(connection));
            cut.put("a/1", bytes("1"));
        }
        assertThatThrownBy(() -> cut.stage("a/1", "0001", bytes("1"))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> cut.commit("a/1", List.of())).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> cut.put("a/1", bytes("1"))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> cut.size("a/1")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> cut.read("a/1", 0, 1)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> cut.deleteAll("a/")).isInstanceOf(StoreUnavailable.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
