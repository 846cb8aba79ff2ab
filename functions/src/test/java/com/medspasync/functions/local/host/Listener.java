package com.medspasync.functions.local.host;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A thread that waits for something and sets functions off, until it is stopped. What fails is logged and tried again. */
abstract class Listener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Listener.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private boolean woken;

    Listener(String name) {
        this.name = name;
        thread = Thread.ofPlatform().name("listener-" + name).daemon().unstarted(this::run);
    }

    /** Does the work once, waiting only through {@link #await}. */
    abstract void work() throws InterruptedException;

    /** Called once, on the listener's thread, after the last {@link #work}. */
    void finish() {}

    void start() {
        thread.start();
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@code time}, for {@link #wake}, or for the stop. A wake since the last wait counts: it is never lost. */
    void await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!stopping && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                try {
                    work();
                } catch (RuntimeException e) {
                    if (!isStopping()) {
                        LOG.log(Level.WARNING, e, () -> "Listening for " + name + " failed and goes on");
                    }
                    await(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            LOG.fine(() -> "Listening for " + name + " was interrupted");
        } finally {
            finishLogged();
        }
    }

    private void finishLogged() {
        try {
            finish();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "Listening for " + name + " did not end well");
        }
    }

    /** Stops listening; what runs by then runs to its end, within limits. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(STOP_LIMIT)) {
                LOG.warning(() -> "Listening for " + name + " does not stop");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
