package com.medspasync.functions.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores that the environment does not give, started side by side. */
public final class EmbeddedStores implements AutoCloseable {

    /**
     * One that can be embedded.
     *
     * @param givenBy any of these app settings says that there is one already
     */
    private record Kind(String name, List<String> givenBy, Function<Path, Store> start) {

        boolean isGiven(Map<String, String> environment) {
            return givenBy.stream()
                    .anyMatch(setting -> !environment.getOrDefault(setting, "").isBlank());
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("PostgreSQL", List.of("DATABASE_URL"), data -> Postgres.start(data.resolve("postgres"))),
            new Kind("Redis", List.of("REDIS_URL"), data -> Redis.start(data.resolve("redis"))),
            new Kind(
                    "Azurite",
                    List.of("AzureWebJobsStorage", "AzureWebJobsStorage__blobServiceUri"),
                    data -> Azurite.start(data.resolve("azurite"))));

    private final List<Store> started;

    private EmbeddedStores(List<Store> started) {
        this.started = started;
    }

    /** The names of those that {@code environment} gives. */
    public static List<String> given(Map<String, String> environment) {
        return KINDS.stream()
                .filter(kind -> kind.isGiven(environment))
                .map(Kind::name)
                .toList();
    }

    /** Whether {@code environment} gives the database, which is then somebody else's to prepare. */
    public static boolean givesDatabase(Map<String, String> environment) {
        return KINDS.getFirst().isGiven(environment);
    }

    /** Whether {@code environment} gives them all. */
    public static boolean allGiven(Map<String, String> environment) {
        return given(environment).size() == KINDS.size();
    }

    /**
     * Starts what {@code environment} does not give.
     *
     * @param step wraps each start, to tell of it
     * @throws RuntimeException what the first failing start threw, when the others have stopped again
     */
    public static EmbeddedStores start(
            Map<String, String> environment, Path data, BiFunction<String, Supplier<Store>, Store> step) {
        List<CompletableFuture<Store>> starting = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Kind kind : KINDS) {
                if (!kind.isGiven(environment)) {
                    starting.add(CompletableFuture.supplyAsync(
                            () -> step.apply(kind.name(), () -> kind.start().apply(data)), threads));
                }
            }
        }
        List<Store> started = new ArrayList<>();
        for (CompletableFuture<Store> start : starting) {
            if (!start.isCompletedExceptionally()) {
                started.add(start.join());
            }
        }
        EmbeddedStores stores = new EmbeddedStores(List.copyOf(started));
        try {
            starting.forEach(CompletableFuture::join);
            return stores;
        } catch (CompletionException e) {
            stores.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What the app must be told about those started here. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        started.forEach(store -> settings.putAll(store.settings()));
        return settings;
    }

    /** Stops what was started here, side by side. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            CompletableFuture<?>[] stopping = started.stream()
                    .map(store -> CompletableFuture.runAsync(store::close, threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(stopping).join();
        }
    }
}
