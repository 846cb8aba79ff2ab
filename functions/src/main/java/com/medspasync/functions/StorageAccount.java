package com.medspasync.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.medspasync.functions.AppSettings.Storage;
import com.medspasync.hosting.AzureHttp;
import com.medspasync.hosting.BuiltAtFirstUse;
import java.time.Duration;
import java.util.function.Supplier;

/** Makes clients of the storage account that the settings name. Making one connects to nothing, and costs a second the first time. */
public final class StorageAccount {

    /** To connect, for an answer, and between two pieces of one. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Storage storage;
    private final Supplier<TokenCredential> identity;

    /** One for all clients: each has a thread of its own, and connections. */
    private final Supplier<HttpClient> http = new BuiltAtFirstUse<>(() -> AzureHttp.within(TIMEOUT));

    /** @param identity of the app; asked for only where no connection string is given */
    StorageAccount(Storage storage, Supplier<TokenCredential> identity) {
        this.storage = storage;
        this.identity = identity;
    }

    /** A container of blobs. */
    public BlobContainerClient container(String name) {
        BlobServiceClientBuilder builder =
                new BlobServiceClientBuilder().httpClient(http.get()).retryOptions(retries());
        switch (storage) {
            case Storage.ConnectionString(String value) -> builder.connectionString(value);
            case Storage.Endpoints endpoints ->
                builder.endpoint(endpoints.blob().toString()).credential(identity.get());
        }
        return builder.buildClient().getBlobContainerClient(name);
    }

    /** A queue, whose messages are encoded as the Functions host expects them. */
    public QueueClient queue(String name) {
        QueueClientBuilder builder = new QueueClientBuilder()
                .httpClient(http.get())
                .queueName(name)
                .messageEncoding(QueueMessageEncoding.BASE64);
        switch (storage) {
            case Storage.ConnectionString(String value) -> builder.connectionString(value);
            case Storage.Endpoints endpoints ->
                builder.endpoint(endpoints.queue().toString()).credential(identity.get());
        }
        return builder.buildClient();
    }

    /** Azure's own default would have who waits for an answer wait for minutes; whatever is not done then is done by a later message. */
    private static RequestRetryOptions retries() {
        return new RequestRetryOptions(
                RetryPolicyType.EXPONENTIAL,
                3,
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                null);
    }
}
