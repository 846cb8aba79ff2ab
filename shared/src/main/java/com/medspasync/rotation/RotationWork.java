package com.medspasync.rotation;

import com.medspasync.job.JobRunner;
import com.medspasync.job.JobStopped;
import com.medspasync.job.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What there is to be done for a rotation.
 *
 * <p>How nothing is left behind, although writers go on: a stage is opened by one statement, after which every writing statement that still
 * uses the old version is refused by itself and repeated with the new one. Those that were allowed before may still be under way. So the
 * sweeps run until they find nothing; and a sweep that found nothing counts only if it began when all those had ended. Thread-safe.
 */
public final class RotationWork implements JobRunner.Work {

    /** So many batches in a row of which nothing could be moved are not the doing of writers who were faster. */
    static final int MOST_IN_VAIN = 20;

    private final Map<Rotation.Kind, List<Stage>> stages;
    private final Pace pace;

    public RotationWork(Map<Rotation.Kind, List<Stage>> stages, Pace pace) {
        this.stages = Map.copyOf(stages);
        this.pace = pace;
    }

    @Override
    public JobRunner.Progress goOn(Lease lease) {
        long deadline = System.nanoTime() + pace.turn().toNanos();
        Turn turn = Turn.of(lease);
        List<Stage> todo = stages.getOrDefault(turn.kind(), List.of());
        while (turn.stage() < todo.size()) {
            Stage stage = todo.get(turn.stage());
            if (!turn.isOpen()) {
                stage.opening().run(turn);
                turn.opened();
            }
            turn.keep(0);
            boolean settled = stage.sweeps().isEmpty() || turn.isSettled(pace.settle());
            long found = 0;
            for (Sweep sweep : stage.sweeps()) {
                found += sweep(sweep, turn, deadline);
                if (found > 0 && System.nanoTime() > deadline) {
                    return new JobRunner.Progress.Unfinished(Duration.ZERO);
                }
            }
            if (found == 0 && settled) {
                turn.advance();
            } else if (found == 0) {
                return new JobRunner.Progress.Unfinished(pace.settle());
            }
        }
        return new JobRunner.Progress.Finished();
    }

    /** Has a sweep go on until it finds nothing, or the deadline has passed after a batch; gives how many things it found. */
    private long sweep(Sweep sweep, Turn turn, long deadline) {
        long found = 0;
        int inVain = 0;
        do {
            long start = System.nanoTime();
            Sweep.Batch batch = sweep.next(turn, pace.batch());
            if (batch.found() == 0) {
                break;
            }
            turn.keep(batch.moved());
            found += batch.found();
            inVain = batch.moved() == 0 ? inVain + 1 : 0;
            if (inVain == MOST_IN_VAIN) {
                throw new JobStopped(sweep.getClass().getSimpleName() + " finds things that it cannot move");
            }
            pace.rest(batch.found(), System.nanoTime() - start);
        } while (System.nanoTime() <= deadline);
        return found;
    }
}
