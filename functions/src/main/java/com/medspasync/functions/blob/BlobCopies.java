package com.medspasync.functions.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.medspasync.functions.fault.StorageFaults;
import com.medspasync.hosting.BuiltAtFirstUse;
import com.medspasync.maskedcopy.CopyStore;
import com.medspasync.maskedcopy.StoreUnavailable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Files of masked copies as block blobs of one container, which is made when it is first written to. Thread-safe. */
public final class BlobCopies implements CopyStore {

    /** The container's name. */
    public static final String CONTAINER = "masked-copies";

    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Supplier<BlobContainerClient> container;

    /** @param client called once, with the first call */
    public BlobCopies(Supplier<BlobContainerClient> client) {
        this.container = new BuiltAtFirstUse<>(client);
    }

    @Override
    public void stage(String path, String block, byte[] content) {
        var options = new BlockBlobStageBlockOptions(base64(block), BinaryData.fromBytes(content));
        writing(() -> blob(path).stageBlockWithResponse(options, WITHIN, Context.NONE));
    }

    @Override
    public void commit(String path, List<String> blocks) {
        var options = new BlockBlobCommitBlockListOptions(
                blocks.stream().map(BlobCopies::base64).toList());
        writing(() -> blob(path).commitBlockListWithResponse(options, WITHIN, Context.NONE));
    }

    @Override
    public void put(String path, byte[] content) {
        writing(() -> blob(path).upload(BinaryData.fromBytes(content), true));
    }

    @Override
    public OptionalLong size(String path) {
        try {
            return OptionalLong.of(blob(path)
                    .getPropertiesWithResponse(null, WITHIN, Context.NONE)
                    .getValue()
                    .getBlobSize());
        } catch (RuntimeException e) {
            if (StorageFaults.says(e, BlobErrorCode.BLOB_NOT_FOUND)
                    || StorageFaults.says(e, BlobErrorCode.CONTAINER_NOT_FOUND)) {
                return OptionalLong.empty();
            }
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public byte[] read(String path, long from, int length) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(length);
        try {
            blob(path)
                    .downloadStreamWithResponse(
                            content, new BlobRange(from, (long) length), null, null, false, WITHIN, Context.NONE);
            return content.toByteArray();
        } catch (RuntimeException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public void deleteAll(String prefix) {
        try {
            // Blocks that belong to no file cannot be deleted; the service drops them after a week.
            for (BlobItem item : container.get().listBlobs(new ListBlobsOptions().setPrefix(prefix), WITHIN)) {
                container.get().getBlobClient(item.getName()).deleteIfExists();
            }
        } catch (RuntimeException e) {
            if (!StorageFaults.says(e, BlobErrorCode.CONTAINER_NOT_FOUND)) {
                throw new StoreUnavailable(e);
            }
        }
    }

    private interface Write {
        Object run();
    }

    private void writing(Write write) {
        try {
            Object unused;
            try {
                unused = write.run();
            } catch (RuntimeException e) {
                if (!StorageFaults.says(e, BlobErrorCode.CONTAINER_NOT_FOUND)) {
                    throw e;
                }
                container.get().createIfNotExists();
                unused = write.run();
            }
        } catch (RuntimeException e) {
            // The client throws its own exceptions, the connection's, and a bare one around a timeout.
            throw new StoreUnavailable(e);
        }
    }

    private static String base64(String block) {
        return Base64.getEncoder().encodeToString(block.getBytes(StandardCharsets.US_ASCII));
    }

    private BlockBlobClient blob(String path) {
        return container.get().getBlobClient(path).getBlockBlobClient();
    }
}
