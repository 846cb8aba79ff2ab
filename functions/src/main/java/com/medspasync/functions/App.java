package com.medspasync.functions;

import com.fasterxml.uuid.Generators;
import com.medspasync.functions.blob.BlobCopies;
import com.medspasync.functions.http.AuthFunctions;
import com.medspasync.functions.http.AuthenticatorFunctions;
import com.medspasync.functions.http.BearerTokens;
import com.medspasync.functions.http.CatchAllFunction;
import com.medspasync.functions.http.ClientFunctions;
import com.medspasync.functions.http.DocsFunctions;
import com.medspasync.functions.http.HealthFunctions;
import com.medspasync.functions.http.JwksFunctions;
import com.medspasync.functions.http.KeyRotationFunctions;
import com.medspasync.functions.http.KeyShreddingFunctions;
import com.medspasync.functions.http.MaskedCopyFunctions;
import com.medspasync.functions.http.Readiness;
import com.medspasync.functions.http.SessionFunctions;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.queue.JobMessages;
import com.medspasync.functions.queue.KeyRotationWorker;
import com.medspasync.functions.queue.KeyShreddingWorker;
import com.medspasync.functions.queue.MaskedCopyWorker;
import com.medspasync.functions.timer.CertificationTimer;
import com.medspasync.functions.timer.JobTimer;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobTable;
import com.medspasync.maskedcopy.CopyStore;
import com.medspasync.maskedcopy.MaskedCopies;
import com.medspasync.rotation.Pace;
import com.medspasync.rotation.Rotations;
import com.medspasync.shredding.Shreddings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The composition root of the running app: every function's instance, once. Building it opens no connection and asks no other
 * service, so that a cold start waits for nobody and an outage does not keep the app from starting.
 */
public final class App implements AutoCloseable {

    /** What a store may take before it counts as down. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(2);

    private final Stores stores;
    private final StoreProbes probes;
    private final Map<Class<?>, Object> functions;

    private App(Stores stores, StoreProbes probes, Stream<Object> functions) {
        this.stores = stores;
        this.probes = probes;
        this.functions = functions.collect(Collectors.toUnmodifiableMap(Object::getClass, Function.identity()));
    }

    /** The app, on the stores that the settings name. */
    static App of(AppSettings settings) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        return on(new Stores(settings, random, clock), settings, random, clock);
    }

    /** The app on {@code stores}, which it closes. */
    static App on(Stores stores, AppSettings settings, SecureRandom random, Clock clock) {
        JobQueue rotationQueue = queue(stores, KeyRotationWorker.QUEUE);
        JobQueue shreddingQueue = queue(stores, KeyShreddingWorker.QUEUE);
        JobQueue copyQueue = queue(stores, MaskedCopyWorker.QUEUE);
        CopyStore copyStore = new BlobCopies(() -> stores.storage().container(BlobCopies.CONTAINER));
        Supplier<UUID> ids = Generators.timeBasedEpochRandomGenerator()::generate;
        Features features = Features.on(stores, random, clock);
        Optional<Maintenance> maintenance = stores.maintenance()
                .map(database -> Maintenance.on(
                        database,
                        stores.rootKeys(),
                        Map.of(
                                JobTable.KEY_ROTATIONS,
                                rotationQueue,
                                JobTable.KEY_SHREDDINGS,
                                shreddingQueue,
                                JobTable.MASKED_COPIES,
                                copyQueue),
                        copyStore,
                        Pace.USUAL,
                        settings.shredding().keyBackups(),
                        random,
                        clock));
        Kernel kernel = new Kernel(
                new Kernel.Settings(settings.corsOrigins(), settings.trustedProxyHops()),
                new BearerTokens(features.accessTokens()),
                clock);
        StoreProbes probes = new StoreProbes(settings.redis(), stores);
        return new App(
                stores,
                probes,
                Stream.of(
                        new HealthFunctions(
                                kernel, new Readiness(probes.all(), READY_WITHIN), stores.database()::schemaVersion),
                        new DocsFunctions(kernel),
                        new JwksFunctions(kernel, features.accessTokens()),
                        new CatchAllFunction(kernel),
                        new AuthFunctions(kernel, features.identity()),
                        new SessionFunctions(kernel, features.identity()),
                        new AuthenticatorFunctions(kernel, features.identity().authenticators()),
                        new ClientFunctions(kernel, features.clients(), clock),
                        new KeyRotationFunctions(kernel, new Rotations(stores.database(), rotationQueue, ids)),
                        new KeyShreddingFunctions(
                                kernel,
                                new Shreddings(
                                        stores.database(),
                                        shreddingQueue,
                                        settings.shredding().waitingPeriod(),
                                        ids)),
                        new KeyRotationWorker(
                                maintenance.map(Maintenance::rotations).orElse(null)),
                        new KeyShreddingWorker(
                                maintenance.map(Maintenance::shreddings).orElse(null)),
                        new CertificationTimer(
                                maintenance.map(Maintenance::certification).orElse(null)),
                        new MaskedCopyFunctions(kernel, new MaskedCopies(stores.database(), copyStore, copyQueue, ids)),
                        new MaskedCopyWorker(
                                maintenance.map(Maintenance::copies).orElse(null)),
                        new JobTimer(maintenance.map(Maintenance::watch).orElse(null))));
    }

    private static JobQueue queue(Stores stores, String name) {
        return new JobMessages(() -> stores.storage().queue(name));
    }

    /** The instance whose methods serve the functions of {@code type}. */
    Object function(Class<?> type) {
        Object function = functions.get(type);
        if (function == null) {
            throw new IllegalArgumentException(type.getName() + " is missing in the composition root");
        }
        return function;
    }

    @Override
    public void close() {
        probes.close();
        stores.close();
    }
}
