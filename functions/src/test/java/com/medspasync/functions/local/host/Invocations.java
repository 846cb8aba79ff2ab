package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.TraceContext;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs invocations on an unbounded pool of platform threads, as the worker does, and gives up on those that take too long. */
final class Invocations implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Invocations.class.getName());

    private final Worker worker;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("function-", 1).daemon().factory());

    Invocations(Worker worker, Duration timeout) {
        this.worker = worker;
        this.timeout = timeout;
    }

    /**
     * Starts {@code function}. The future ends with what it returned or threw, or with a {@link TimeoutException} when the
     * time is up; the thread is interrupted then. (The real host ends the whole worker process.)
     */
    CompletableFuture<@Nullable Object> start(Function function, Input input, TraceContext trace) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        Future<?> running = threads.submit(() -> run(function, input, trace, answer));
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((result, failure) -> {
            if (failure instanceof TimeoutException) {
                LOG.severe(() -> "Timeout: " + function.name() + " was given up after " + timeout);
                running.cancel(true);
            }
        });
    }

    private void run(Function function, Input input, TraceContext trace, CompletableFuture<@Nullable Object> answer) {
        WorkerContext context = new WorkerContext(function.name(), invocationId(), trace);
        try {
            answer.complete(worker.invoke(function, input, context));
        } catch (Worker.Unbound e) {
            // Without the stack, which says nothing more: or whoever sends such requests would fill the log.
            LOG.warning(() -> function.name() + " was not called: " + e.getMessage());
            answer.completeExceptionally(e);
        } catch (Exception e) {
            LOG.log(Level.SEVERE, e, () -> "Exception left " + function.name());
            answer.completeExceptionally(e);
        } catch (Error e) {
            // As in the worker: nobody answers, and the host waits until the timeout.
            LOG.log(
                    Level.SEVERE,
                    e,
                    () -> "Error before " + function.name() + " ran: the invocation hangs until its timeout");
        }
    }

    private static String invocationId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
