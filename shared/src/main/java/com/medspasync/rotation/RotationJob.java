package com.medspasync.rotation;

import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.PracticeDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a rotation, a turn at a time.
 *
 * <p>How nothing is left behind, although writers go on: a stage is opened by one statement, after which every writing statement that still
 * uses the old version is refused by itself and repeated with the new one. Those that were allowed before may still be under way. So the
 * sweeps run until they find nothing; and a sweep that found nothing counts only if it began when all those had ended.
 *
 * <p>A worker that dies is found out when its hold ends. Whoever goes on finds in the row how far the rotation is, and in the data what is
 * left: every step may be done again. Several messages for one rotation do no more than one. Thread-safe.
 */
public final class RotationJob {

    private static final Logger LOG = LoggerFactory.getLogger(RotationJob.class);

    private final PracticeDatabase database;
    private final Map<Rotation.Kind, List<Stage>> stages;
    private final RotationQueue queue;
    private final Pace pace;

    /** @param database logged in for maintenance: a rotation reaches into every practice */
    public RotationJob(
            PracticeDatabase database, Map<Rotation.Kind, List<Stage>> stages, RotationQueue queue, Pace pace) {
        this.database = database;
        this.stages = Map.copyOf(stages);
        this.queue = queue;
        this.pace = pace;
    }

    /** What a turn ended with. */
    private enum End {
        FINISHED,
        TIME_IS_UP,
        MUST_SETTLE
    }

    /**
     * Goes on with a rotation, for at most {@link Pace#turn} and a batch, and sends a message for what is left then.
     *
     * @throws RuntimeException what went wrong, if it may pass: the message is to come again
     */
    public void run(UUID rotation) {
        var taken = Turn.take(database, rotation);
        if (taken.isEmpty()) {
            if (Turn.isUnfinished(database, rotation)) {
                queue.send(rotation, Turn.HOLD);
            }
            return;
        }
        Turn turn = taken.get();
        try {
            switch (work(turn)) {
                case FINISHED -> turn.complete();
                case TIME_IS_UP -> goOn(turn, rotation, Duration.ZERO);
                case MUST_SETTLE -> goOn(turn, rotation, pace.settle());
            }
        } catch (LeaseLost lost) {
            LOG.warn("Rotation {} was taken over by another worker", rotation);
        } catch (RotationStopped stopped) {
            stop(turn, rotation, String.valueOf(stopped.getMessage()));
        } catch (TamperedCiphertext unreadable) {
            // Its message names the place, and nothing that stands there.
            stop(turn, rotation, "Something does not open: " + unreadable.getMessage());
        } catch (RuntimeException e) {
            release(turn, e);
            throw e;
        }
    }

    /** Gives up on a rotation whose message has come too often. */
    public void giveUp(UUID rotation) {
        Turn.take(database, rotation).ifPresent(turn -> {
            LOG.error("ALARM rotation-stopped {}: its message was given up", rotation);
            turn.fail("It failed several times in a row; the log says why. Resume it when that is mended.");
        });
    }

    private static void stop(Turn turn, UUID rotation, String reason) {
        LOG.error("ALARM rotation-stopped {}: {}", rotation, reason);
        turn.fail(reason);
    }

    private void goOn(Turn turn, UUID rotation, Duration delay) {
        turn.release();
        queue.send(rotation, delay);
    }

    private static void release(Turn turn, RuntimeException cause) {
        try {
            turn.release();
        } catch (RuntimeException e) {
            // The hold then ends by itself.
            cause.addSuppressed(e);
        }
    }

    private End work(Turn turn) {
        long deadline = System.nanoTime() + pace.turn().toNanos();
        List<Stage> todo = stages.getOrDefault(turn.kind(), List.of());
        while (turn.stage() < todo.size()) {
            Stage stage = todo.get(turn.stage());
            if (!turn.isOpen()) {
                stage.opening().run(turn);
                turn.opened();
            }
            boolean settled = turn.keep(0, pace.settle());
            long moved = 0;
            for (Sweep sweep : stage.sweeps()) {
                for (int found = sweep(sweep, turn); found > 0; found = sweep(sweep, turn)) {
                    moved += found;
                    if (System.nanoTime() > deadline) {
                        return End.TIME_IS_UP;
                    }
                }
            }
            if (moved == 0 && (settled || stage.sweeps().isEmpty())) {
                turn.advance();
            } else if (moved == 0) {
                return End.MUST_SETTLE;
            }
        }
        return End.FINISHED;
    }

    private int sweep(Sweep sweep, Turn turn) {
        long start = System.nanoTime();
        int found = sweep.next(turn, pace.batch());
        if (found > 0) {
            turn.keep(found, pace.settle());
            pace.rest(found, System.nanoTime() - start);
        }
        return found;
    }
}
