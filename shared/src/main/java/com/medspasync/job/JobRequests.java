package com.medspasync.job;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.RowMapper;
import com.medspasync.tenant.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What is asked of jobs of one kind, by statements that a feature brings: whatever leaves one to be worked on is followed by a message. A message
 * too many does no harm. Thread-safe.
 *
 * @param <J> a job as the feature shows it
 */
public final class JobRequests<J extends JobRequests.Job> {

    /** A job as its row says. */
    public interface Job {

        UUID id();

        /** Whether a worker has something to do for it. */
        boolean isUnfinished();
    }

    private final PracticeDatabase database;
    private final JobQueue queue;
    private final RowMapper<J> mapper;

    public JobRequests(PracticeDatabase database, JobQueue queue, RowMapper<J> mapper) {
        this.database = database;
        this.queue = queue;
        this.mapper = mapper;
    }

    /**
     * Starts a job, or gives the one of the same that is not finished.
     *
     * @param start gives the row that it makes or finds; none when what the job is about is not there, or when somebody else made
     *     the row at the same moment
     * @param known says in {@code known} whether what the job is about is there
     * @return empty when that is not there
     * @throws QueueUnavailable when the queue does not take the message; the job stands, and waits for the next call or for
     *     {@link JobWatch}
     */
    public Optional<J> start(Caller caller, Query start, Query known) {
        Optional<J> started = database.first(caller, start, mapper);
        if (started.isEmpty() && database.one(caller, known, row -> row.bool("known"))) {
            // Somebody else's row was not in this statement's snapshot.
            started = database.first(caller, start, mapper);
        }
        started.ifPresent(this::announce);
        return started;
    }

    /**
     * Changes a job.
     *
     * @param change gives the row as it is then; none when there is none
     * @throws QueueUnavailable as {@link #start}
     */
    public Optional<J> change(Caller caller, Query change) {
        Optional<J> changed = database.first(caller, change, mapper);
        changed.ifPresent(this::announce);
        return changed;
    }

    private void announce(J job) {
        if (job.isUnfinished()) {
            queue.send(job.id(), Duration.ZERO);
        }
    }
}
