package com.medspasync.functions;

import com.fasterxml.uuid.Generators;
import com.medspasync.emergency.EmergencyAccesses;
import com.medspasync.functions.blob.BlobCopies;
import com.medspasync.functions.http.AccessPolicyFunctions;
import com.medspasync.functions.http.AppointmentFunctions;
import com.medspasync.functions.http.AuthFunctions;
import com.medspasync.functions.http.AuthenticatorFunctions;
import com.medspasync.functions.http.AvailabilityFunctions;
import com.medspasync.functions.http.BearerTokens;
import com.medspasync.functions.http.CatchAllFunction;
import com.medspasync.functions.http.ClientFunctions;
import com.medspasync.functions.http.DocsFunctions;
import com.medspasync.functions.http.EmergencyFunctions;
import com.medspasync.functions.http.HealthFunctions;
import com.medspasync.functions.http.JwksFunctions;
import com.medspasync.functions.http.KeyRotationFunctions;
import com.medspasync.functions.http.KeyShreddingFunctions;
import com.medspasync.functions.http.MaskedCopyFunctions;
import com.medspasync.functions.http.MessageChannelFunctions;
import com.medspasync.functions.http.PasswordResetFunctions;
import com.medspasync.functions.http.PracticeFunctions;
import com.medspasync.functions.http.Readiness;
import com.medspasync.functions.http.ReportFunctions;
import com.medspasync.functions.http.ScheduleExceptionFunctions;
import com.medspasync.functions.http.ServiceFunctions;
import com.medspasync.functions.http.SessionFunctions;
import com.medspasync.functions.http.StaffFunctions;
import com.medspasync.functions.http.UserFunctions;
import com.medspasync.functions.http.UserRescueFunctions;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.queue.JobMessages;
import com.medspasync.functions.queue.KeyRotationWorker;
import com.medspasync.functions.queue.KeyShreddingWorker;
import com.medspasync.functions.queue.MaskedCopyWorker;
import com.medspasync.functions.queue.NoticeWorker;
import com.medspasync.functions.timer.CertificationTimer;
import com.medspasync.functions.timer.ExpiryTimer;
import com.medspasync.functions.timer.JobTimer;
import com.medspasync.functions.timer.NoticeTimer;
import com.medspasync.functions.timer.PartitionTimer;
import com.medspasync.functions.timer.ReminderTimer;
import com.medspasync.functions.timer.SummaryTimer;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobTable;
import com.medspasync.maskedcopy.CopyStore;
import com.medspasync.maskedcopy.MaskedCopies;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.WebhookChannel;
import com.medspasync.message.WebhookUrl;
import com.medspasync.notice.NoticeComposer;
import com.medspasync.notice.NoticeKind;
import com.medspasync.reporting.AppointmentSummaries;
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
import org.jspecify.annotations.Nullable;

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
        return on(new Stores(settings, random, clock), settings, Map.of(), random, clock);
    }

    /**
     * The app on {@code stores}, which it closes.
     *
     * @param composers of notices, in the place of the platform's own or besides them
     */
    static App on(
            Stores stores,
            AppSettings settings,
            Map<NoticeKind, NoticeComposer> composers,
            SecureRandom random,
            Clock clock) {
        JobQueue rotationQueue = queue(stores, KeyRotationWorker.QUEUE);
        JobQueue shreddingQueue = queue(stores, KeyShreddingWorker.QUEUE);
        JobQueue copyQueue = queue(stores, MaskedCopyWorker.QUEUE);
        JobQueue noticeQueue = queue(stores, NoticeWorker.QUEUE);
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
                        noticeQueue,
                        composers,
                        channel(settings.messages(), clock),
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
                        new PasswordResetFunctions(kernel, features.identity().passwordResets()),
                        new SessionFunctions(kernel, features.identity()),
                        new AuthenticatorFunctions(kernel, features.identity().authenticators()),
                        new UserFunctions(kernel, features.identity()),
                        new UserRescueFunctions(kernel, features.identity()),
                        new AccessPolicyFunctions(kernel, features.accessPolicies()),
                        new ClientFunctions(kernel, features.clients(), clock),
                        new AppointmentFunctions(kernel, features.appointments(), clock),
                        new AvailabilityFunctions(kernel, features.availability()),
                        new PracticeFunctions(
                                kernel,
                                features.practiceSettings(),
                                features.admissions(),
                                features.identity().practiceClosing(),
                                ids),
                        new ServiceFunctions(kernel, features.services()),
                        new StaffFunctions(kernel, features.staff()),
                        new ScheduleExceptionFunctions(kernel, features.scheduleExceptions()),
                        new EmergencyFunctions(
                                kernel,
                                new EmergencyAccesses(
                                        stores.database(), features.accessTokens(), features.notices(), ids)),
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
                        new JobTimer(maintenance.map(Maintenance::watch).orElse(null)),
                        new MessageChannelFunctions(kernel, features.channels()),
                        new NoticeWorker(maintenance.map(Maintenance::notices).orElse(null)),
                        new ExpiryTimer(maintenance.map(Maintenance::expiry).orElse(null)),
                        new ReminderTimer(
                                maintenance.map(Maintenance::reminders).orElse(null)),
                        new NoticeTimer(
                                maintenance.map(Maintenance::noticeWatch).orElse(null)),
                        new ReportFunctions(kernel, new AppointmentSummaries(stores.database())),
                        new SummaryTimer(maintenance.map(Maintenance::summary).orElse(null)),
                        new PartitionTimer(
                                maintenance.map(Maintenance::partitions).orElse(null))));
    }

    /** The platform's own channel, if it has one; that the settings allow the clear only on this machine is checked where they are read. */
    private static @Nullable MessageChannel channel(AppSettings.@Nullable MessageWebhook webhook, Clock clock) {
        if (webhook == null) {
            return null;
        }
        return webhook.url().getScheme().equals("http")
                ? WebhookChannel.onThisMachine(webhook.url(), webhook.secret(), clock)
                : WebhookChannel.to(new WebhookUrl(webhook.url()), webhook.secret(), clock);
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
