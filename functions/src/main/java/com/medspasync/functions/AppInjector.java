package com.medspasync.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hands the worker its function instances, for each invocation, out of the one {@link App} of this process. The app is built with
 * the first invocation.
 *
 * <p>Whatever is thrown here makes the invocation hang until its timeout. So an app that cannot be built answers 503 in its
 * place, and is tried again with the next invocation after a pause.
 */
public final class AppInjector implements FunctionInstanceInjector, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AppInjector.class.getName());
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private final Supplier<App> building;
    private volatile @Nullable App app;
    private long lastTry;

    /** For the worker: the settings are those of the process. */
    public AppInjector() {
        this(AppSettings::ofProcess, App::of);
    }

    AppInjector(Supplier<AppSettings> settings) {
        this(settings, App::of);
    }

    /** For an app that is composed in another way. */
    AppInjector(Supplier<AppSettings> settings, Function<AppSettings, App> composing) {
        this.building = () -> composing.apply(settings.get());
    }

    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
        App built = app;
        if (built == null) {
            built = build();
        }
        return built == null ? ClosedFunctions.instance(type) : type.cast(built.function(type));
    }

    private synchronized @Nullable App build() {
        long now = System.nanoTime();
        if (app != null || (lastTry != 0 && now - lastTry < PAUSE_NANOS)) {
            return app;
        }
        lastTry = now;
        try {
            app = building.get();
        } catch (InvalidSettings invalid) {
            // Its message names settings and repeats no value.
            LOG.log(Level.SEVERE, "ALARM app-not-built {0}", invalid.getMessage());
        } catch (Throwable fault) {
            LOG.log(Level.SEVERE, "ALARM app-not-built {0}", fault.getClass().getName());
        }
        return app;
    }

    /** Closes what the app opened: the local host does, Azure ends the process. */
    @Override
    public synchronized void close() {
        App built = app;
        if (built != null) {
            built.close();
        }
    }
}
