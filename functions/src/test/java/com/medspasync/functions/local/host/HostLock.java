package com.medspasync.functions.local.host;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.medspasync.hosting.AzureHttp;
import java.io.ByteArrayInputStream;
import java.time.Duration;

/**
 * One holder among all hosts on the same storage account: a lease on a blob of {@code azure-webjobs-hosts/locks}, where the Functions host keeps
 * its own. A holder that dies loses it when the lease runs out. Not thread-safe.
 */
final class HostLock {

    private static final String CONTAINER = "azure-webjobs-hosts";

    private final BlobLeaseClient lease;
    private final int seconds;
    private boolean held;

    /**
     * Prepares; {@link #hold} takes it.
     *
     * @param period the lease's length, 15 to 60 seconds
     */
    HostLock(String connectionString, String hostId, String name, Duration period) {
        seconds = Math.clamp(period.toSeconds(), 15, 60);
        BlobContainerClient container = new BlobServiceClientBuilder()
                .httpClient(AzureHttp.within(Duration.ofSeconds(30)))
                .connectionString(connectionString)
                .buildClient()
                .getBlobContainerClient(CONTAINER);
        container.createIfNotExists();
        BlobClient blob = container.getBlobClient("locks/" + hostId + "/" + name);
        createIfMissing(blob);
        lease = new BlobLeaseClientBuilder().blobClient(blob).buildClient();
    }

    /** How often a holder must call {@link #hold} to remain one. */
    Duration renewal() {
        return Duration.ofSeconds(seconds / 3);
    }

    /**
     * Takes the lock, or goes on holding it.
     *
     * @return false while another host holds it
     */
    boolean hold() {
        try {
            if (held) {
                lease.renewLease();
            } else {
                lease.acquireLease(seconds);
            }
            held = true;
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != 409 && e.getStatusCode() != 412) {
                throw e;
            }
            held = false;
        }
        return held;
    }

    /** Lets another host take over at once. */
    void release() {
        if (held) {
            held = false;
            lease.releaseLease();
        }
    }

    private static void createIfMissing(BlobClient blob) {
        try {
            blob.getBlockBlobClient()
                    .uploadWithResponse(
                            new ByteArrayInputStream(new byte[0]),
                            0,
                            null,
                            null,
                            null,
                            null,
                            new BlobRequestConditions().setIfNoneMatch("*"),
                            null,
                            com.azure.core.util.Context.NONE);
        } catch (BlobStorageException e) {
            boolean exists = BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode())
                    || BlobErrorCode.LEASE_ID_MISSING.equals(e.getErrorCode());
            if (!exists) {
                throw e;
            }
        }
    }
}
