package com.medspasync.job;

import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.PracticeDatabase;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has jobs of one table worked on, a turn at a time.
 *
 * <p>A worker that dies is found out when its lease ends. Whoever goes on finds in the row how far the job is, so every step of the work has
 * to bear being done again. Several messages for one job do no more than one. Thread-safe.
 */
public final class JobRunner implements QueueWork {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final PracticeDatabase database;
    private final JobTable table;
    private final JobQueue queue;
    private final Work work;

    /** @param database logged in for maintenance: jobs reach into every practice */
    public JobRunner(PracticeDatabase database, JobTable table, JobQueue queue, Work work) {
        this.database = database;
        this.table = table;
        this.queue = queue;
        this.work = work;
    }

    /** What there is to be done for a job. Thread-safe. */
    @FunctionalInterface
    public interface Work {

        /**
         * Goes on with the job, for minutes at most, and shows by {@link Lease#keep} that it lives.
         *
         * @throws JobStopped at something that somebody has to look at: the job fails, and can be resumed
         * @throws RuntimeException what went wrong, if it may pass: the message is to come again
         */
        Progress goOn(Lease lease);
    }

    /** What a turn ended with. */
    public sealed interface Progress {

        /** There is nothing left to be done. */
        record Finished() implements Progress {}

        /** The rest is for another message, some time later. */
        record Unfinished(Duration pause) implements Progress {}
    }

    /**
     * Goes on with a job, and sends a message for what is left then.
     *
     * @throws RuntimeException what went wrong, if it may pass: the message is to come again
     */
    @Override
    public void run(UUID job) {
        var taken = Lease.take(database, table, job);
        if (taken.isEmpty()) {
            if (Lease.isUnfinished(database, table, job)) {
                queue.send(job, Lease.HOLD);
            }
            return;
        }
        Lease lease = taken.get();
        try {
            switch (work.goOn(lease)) {
                case Progress.Finished() -> lease.complete();
                case Progress.Unfinished(Duration pause) -> {
                    lease.release();
                    queue.send(job, pause);
                }
            }
        } catch (LeaseLost lost) {
            LOG.warn("Job {} of {} was taken over by another worker", job, table);
        } catch (JobStopped stopped) {
            stop(lease, String.valueOf(stopped.getMessage()));
        } catch (TamperedCiphertext unreadable) {
            // Its message names the place, and nothing that stands there.
            stop(lease, "Something does not open: " + unreadable.getMessage());
        } catch (RuntimeException e) {
            release(lease, e);
            throw e;
        }
    }

    /** Gives up on a job whose message has come too often. */
    @Override
    public void giveUp(UUID job) {
        Lease.take(database, table, job)
                .ifPresent(lease -> stop(
                        lease, "It failed several times in a row; the log says why. Resume it when that is mended."));
    }

    private void stop(Lease lease, String reason) {
        LOG.error("ALARM job-stopped {} of {}: {}", lease.job(), table, reason);
        lease.fail(reason);
    }

    private static void release(Lease lease, RuntimeException cause) {
        try {
            lease.release();
        } catch (RuntimeException e) {
            // The lease then ends by itself.
            cause.addSuppressed(e);
        }
    }
}
