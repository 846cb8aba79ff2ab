package com.medspasync.functions;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pings Redis over one connection, which is opened with the first ping and then mends itself. Thread-safe. */
final class RedisProbe implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final URI uri;
    private @Nullable RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RedisProbe(URI uri) {
        this.uri = uri;
    }

    /** Returns when Redis has answered, and throws when it has not. */
    void ping() {
        connection().sync().ping();
    }

    private synchronized StatefulRedisConnection<String, String> connection() {
        StatefulRedisConnection<String, String> known = connection;
        if (known == null) {
            known = client().connect();
            connection = known;
        }
        return known;
    }

    private synchronized RedisClient client() {
        RedisClient known = client;
        if (known == null) {
            RedisURI target = RedisURI.create(uri);
            target.setTimeout(TIMEOUT);
            known = RedisClient.create(target);
            known.setOptions(ClientOptions.builder()
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(
                            SocketOptions.builder().connectTimeout(TIMEOUT).build())
                    .build());
            client = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        RedisClient known = client;
        if (known != null) {
            known.shutdown(Duration.ZERO, TIMEOUT);
        }
    }
}
