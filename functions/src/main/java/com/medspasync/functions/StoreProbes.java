package com.medspasync.functions;

import com.azure.storage.blob.BlobContainerClient;
import com.medspasync.functions.http.ReadinessProbe;
import com.medspasync.hosting.BuiltAtFirstUse;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks each store that the settings name whether it answers. Clients are made when they are first asked for: their first use costs
 * seconds, which no start should wait for. Without Redis the platform is slower, and without storage its jobs wait; without the
 * database or the key root it can serve nothing.
 */
final class StoreProbes implements AutoCloseable {

    /** Made by the Functions host itself. Whether it is there does not matter, only that the answer comes. */
    private static final String CONTAINER = "azure-webjobs-hosts";

    private final Stores stores;
    private final RedisProbe redis;
    private final Supplier<BlobContainerClient> container;

    StoreProbes(URI redis, Stores stores) {
        this.stores = stores;
        this.redis = new RedisProbe(redis);
        this.container = new BuiltAtFirstUse<>(() -> stores.storage().container(CONTAINER));
    }

    List<ReadinessProbe> all() {
        return List.of(
                new ReadinessProbe("database", true, stores.database()::ping),
                new ReadinessProbe("keys", true, () -> stores.rootKeys().current()),
                new ReadinessProbe("redis", false, redis::ping),
                new ReadinessProbe("storage", false, () -> container.get().exists()));
    }

    @Override
    public void close() {
        redis.close();
    }
}
