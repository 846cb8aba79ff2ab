package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Azure Functions host and its Java worker in one object: serves HTTP functions on the loopback interface, polls queues and fires timers. It
 * behaves as they do where that can surprise a function; {@code HostFactsTest} and its neighbours say how.
 */
public final class LocalHost implements AutoCloseable {

    /** How long requests under way may still take once the host is told to stop. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final FunctionInstanceInjector injector;
    private final Invocations invocations;
    private final HttpFunctions http;
    private final HttpFront front;
    private final List<Listener> listeners = new ArrayList<>();
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("renewals").daemon().factory());

    private LocalHost(Builder builder) {
        Map<String, String> settings = builder.settings;
        HostJson hostJson = builder.hostJson;
        List<Function> functions = builder.catalogue.load(text -> expand(text, settings)).stream()
                .filter(function -> !isDisabled(function.name(), settings))
                .toList();
        injector = builder.injector == null ? found() : builder.injector;
        invocations = new Invocations(new Worker(injector), hostJson.functionTimeout());
        HttpThrottle throttle = new HttpThrottle(hostJson.http());
        AdminApi admin = new AdminApi();
        for (Function function : functions) {
            listen(function, builder, admin);
        }
        http = new HttpFunctions(
                new Router(hostJson.routePrefix(), functions),
                invocations,
                throttle,
                builder.cors,
                admin,
                builder.gatewayTimeout);
        front = new HttpFront(builder.port, http, bodyLimit(settings));
        listeners.forEach(Listener::start);
    }

    /** Serves the functions of {@code catalogue}. */
    public static Builder serving(FunctionCatalogue catalogue) {
        return new Builder(catalogue);
    }

    /** Where the host listens, such as {@code http://localhost:7071}. */
    public URI url() {
        return URI.create("http://localhost:" + front.port());
    }

    /** Stops: no new connections, messages or firings; what runs may finish within limits; then everything closes. */
    @Override
    public void close() {
        front.stopListening();
        listeners.parallelStream().forEach(Listener::close);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (http.underWay() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        front.close();
        invocations.close();
        renewals.shutdownNow();
        if (injector instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("The app did not close", e);
            }
        }
    }

    private void listen(Function function, Builder builder, AdminApi admin) {
        switch (function.trigger()) {
            case Trigger.Http http -> {}
            case Trigger.Queue queue -> {
                QueueListener listener = new QueueListener(
                        function,
                        queue,
                        connection(queue.connection(), builder.settings),
                        builder.hostJson.queues(),
                        invocations,
                        renewals);
                listeners.add(listener);
                admin.offer(function.name(), listener::runOnce);
            }
            case Trigger.Timer timer -> {
                String connection = connection("AzureWebJobsStorage", builder.settings);
                String hostId = builder.settings.getOrDefault("AzureFunctionsWebHost__hostid", "medspasync");
                Duration period = builder.hostJson.listenerLockPeriod();
                TimerListener listener = new TimerListener(
                        function,
                        timer,
                        invocations,
                        () -> new HostLock(connection, hostId, function.name() + ".Listener", period),
                        builder.clock);
                listeners.add(listener);
                admin.offer(function.name(), input -> {
                    var unused = listener.start(listener.now());
                });
            }
        }
    }

    private static String connection(String name, Map<String, String> settings) {
        String value = settings.getOrDefault("AzureWebJobs" + name, settings.get(name));
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("No app setting holds the connection " + name);
        }
        return value;
    }

    /** On Linux the second form is the one a shell can set. */
    private static boolean isDisabled(String function, Map<String, String> settings) {
        String value = settings.getOrDefault(
                "AzureWebJobs." + function + ".Disabled",
                settings.getOrDefault("AzureWebJobs_" + function + "_Disabled", "false"));
        return value.equals("1") || value.equalsIgnoreCase("true");
    }

    private static String expand(String text, Map<String, String> settings) {
        return Pattern.compile("%([^%]+)%").matcher(text).replaceAll(match -> {
            String value = settings.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("No app setting " + match.group(1) + " for " + text);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static long bodyLimit(Map<String, String> settings) {
        return Long.parseLong(settings.getOrDefault("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "104857600"));
    }

    /** The app's own injector if it has one; else, as the worker does, plain constructors. */
    private static FunctionInstanceInjector found() {
        return ServiceLoader.load(FunctionInstanceInjector.class)
                .findFirst()
                .orElseGet(() -> new FunctionInstanceInjector() {
                    @Override
                    public <T> T getInstance(Class<T> type) throws Exception {
                        return type.getDeclaredConstructor().newInstance();
                    }
                });
    }

    /** How the host is to run. */
    public static final class Builder {

        private final FunctionCatalogue catalogue;
        private HostJson hostJson = HostJson.defaults();
        private Map<String, String> settings = Map.of();
        private Cors cors = Cors.none();
        private Clock clock = Clock.systemUTC();
        private Duration gatewayTimeout = Duration.ofSeconds(230);
        private @Nullable FunctionInstanceInjector injector;
        private int port;

        private Builder(FunctionCatalogue catalogue) {
            this.catalogue = catalogue;
        }

        public Builder hostJson(HostJson value) {
            hostJson = value;
            return this;
        }

        /** The app settings that the host itself reads: connections, disabled functions, %SETTING% in triggers. */
        public Builder settings(Map<String, String> value) {
            settings = Map.copyOf(value);
            return this;
        }

        public Builder cors(Cors value) {
            cors = value;
            return this;
        }

        /** Tells timers the time. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** After which the front end answers 502 while the function runs on; 230 s on Azure. */
        public Builder gatewayTimeout(Duration value) {
            gatewayTimeout = value;
            return this;
        }

        /** Instead of the one that ServiceLoader finds. */
        public Builder injector(FunctionInstanceInjector value) {
            injector = value;
            return this;
        }

        /** 0, the default, for any free port. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Starts the host; it serves when this returns.
         *
         * @throws IllegalArgumentException if a function cannot be loaded or a setting is missing
         * @throws IllegalStateException if the port is taken
         */
        public LocalHost start() {
            return new LocalHost(this);
        }
    }
}
