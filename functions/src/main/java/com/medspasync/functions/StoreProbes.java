package com.medspasync.functions;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.medspasync.functions.AppSettings.Storage;
import com.medspasync.functions.http.ReadinessProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks each store that the settings name whether it answers. Clients are made when they are first asked for: their first use costs
 * seconds, which no start should wait for. Without Redis the platform is slower, and without storage its jobs wait; without the
 * database or the key root it can serve nothing.
 */
final class StoreProbes implements AutoCloseable {

    /** Made by the Functions host itself. Whether it is there does not matter, only that the answer comes. */
    private static final String CONTAINER = "azure-webjobs-hosts";

    private final AppSettings settings;
    private final Stores stores;
    private final RedisProbe redis;
    private volatile @Nullable BlobContainerClient container;

    StoreProbes(AppSettings settings, Stores stores) {
        this.settings = settings;
        this.stores = stores;
        this.redis = new RedisProbe(settings.redis());
    }

    List<ReadinessProbe> all() {
        return List.of(
                new ReadinessProbe("database", true, stores.database()::ping),
                new ReadinessProbe("keys", true, () -> stores.rootKeys().current()),
                new ReadinessProbe("redis", false, redis::ping),
                new ReadinessProbe("storage", false, () -> storage().exists()));
    }

    private BlobContainerClient storage() {
        BlobContainerClient known = container;
        if (known == null) {
            BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
            switch (settings.storage()) {
                case Storage.ConnectionString(String value) -> builder.connectionString(value);
                case Storage.Endpoints endpoints ->
                    builder.endpoint(endpoints.blob().toString())
                            .credential(new DefaultAzureCredentialBuilder().build());
            }
            known = builder.buildClient().getBlobContainerClient(CONTAINER);
            container = known;
        }
        return known;
    }

    @Override
    public void close() {
        redis.close();
    }
}
