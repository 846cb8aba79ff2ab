package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.TraceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Fires a timer's function, on one host of all those on the same storage, and never while it still runs. */
final class TimerListener extends Listener {

    private static final Logger LOG = Logger.getLogger(TimerListener.class.getName());

    private final Function function;
    private final Ncrontab schedule;
    private final Invocations invocations;
    private final Supplier<HostLock> locks;
    private final Clock clock;
    private @Nullable HostLock lock;
    private @Nullable LocalDateTime due;

    /**
     * Prepares; {@link #start} begins to listen.
     *
     * @param locks opens the timer's lock; called on the listener's thread, because that takes a while
     */
    TimerListener(
            Function function, Trigger.Timer trigger, Invocations invocations, Supplier<HostLock> locks, Clock clock) {
        super(function.name());
        this.function = function;
        this.schedule = trigger.schedule();
        this.invocations = invocations;
        this.locks = locks;
        this.clock = clock;
    }

    @Override
    void work() throws InterruptedException {
        HostLock current = lock;
        if (current == null) {
            current = locks.get();
            lock = current;
        }
        if (!current.hold()) {
            due = null;
            await(current.renewal());
            return;
        }
        LocalDateTime moment = due;
        if (moment == null) {
            due = schedule.after(now()).orElse(LocalDateTime.MAX);
        } else if (moment.isAfter(now())) {
            await(shorter(Duration.between(now(), moment), current.renewal()));
        } else {
            // What fell due while the function ran is left out, as by the real host.
            fire(moment, current);
            due = null;
        }
    }

    /** The lock is kept while the function runs, however long. */
    private void fire(LocalDateTime moment, HostLock held) throws InterruptedException {
        var running = start(moment);
        var unused = running.whenComplete((result, failure) -> wake());
        while (!running.isDone() && !isStopping()) {
            await(held.renewal());
            held.hold();
        }
        try {
            running.join();
        } catch (CompletionException | CancellationException logged) {
            LOG.fine(() -> function.name() + " failed; the next time is a new try");
        }
    }

    /** Runs the function at once, whatever the schedule says. */
    java.util.concurrent.CompletableFuture<@Nullable Object> start(LocalDateTime moment) {
        TraceContext trace = new WorkerContext.Trace(TraceParents.child(null), "");
        return invocations.start(function, new Input.Message(state(moment), Map.of()), trace);
    }

    LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    void finish() {
        if (lock != null) {
            lock.release();
        }
    }

    private String state(LocalDateTime moment) {
        String next = schedule.after(moment).map(time -> "\"" + time + "Z\"").orElse("null");
        return """
                {"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"%sZ","LastUpdated":"%sZ","Next":%s},"IsPastDue":false}""".formatted(moment, moment, next);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
