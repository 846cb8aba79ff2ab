package com.medspasync.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.Sql;
import com.medspasync.input.Faults;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.job.JobWatch;
import com.medspasync.job.Lease;
import com.medspasync.job.LeaseLost;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.rotation.Rotation.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotationsTest {

    private static final Sql TOUCH = Sql.of("""
            with %s
            update practices set name = 'touched' where exists (select from held) and id = :target::uuid""".formatted(Turn.HELD));

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void start_repeated_isTheSameRotation() {
        Rotation first = scene.start(Kind.PRACTICE, null);
        assertThat(first.status()).isEqualTo(Status.PENDING);
        assertThat(scene.start(Kind.PRACTICE, null)).isEqualTo(first);
        scene.worker.work();
        assertThat(scene.start(Kind.PRACTICE, null).id()).isNotEqualTo(first.id());
    }

    @Test
    void start_byManyAtOnce_isOneRotation() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<UUID>> starting = Stream.generate(() ->
                            threads.submit(() -> scene.start(Kind.ROOT, null).id()))
                    .limit(8)
                    .toList();
            UUID one = starting.getFirst().get();
            for (Future<UUID> start : starting) {
                assertThat(start.get()).isEqualTo(one);
            }
        }
        assertThat(scene.rows("select count(*) from key_rotations")).containsExactly("1");
    }

    @Test
    void start_ofAKeyThatIsNotThere_isEmpty() {
        RotationRequest unknown = new RotationRequest(Kind.PRACTICE, UUID.randomUUID(), null, "yearly");
        assertThat(scene.rotations.start(Scene.OPERATOR, unknown)).isEmpty();
        assertThat(scene.ask(Kind.CLIENT, UUID.randomUUID())).isEmpty();
        assertThat(scene.rows("select count(*) from key_rotations")).containsExactly("0");
    }

    @Test
    void start_withTheQueueDown_standsAndIsAnnouncedLater() {
        Rotations cut = new Rotations(
                scene.platform.database(),
                (rotation, delay) -> {
                    throw new QueueUnavailable(new IllegalStateException("down"));
                },
                UUID::randomUUID);
        RotationRequest request = new RotationRequest(Kind.ROOT, null, null, "yearly");
        assertThatThrownBy(() -> cut.start(Scene.OPERATOR, request)).isInstanceOf(QueueUnavailable.class);
        JobWatch watch =
                new JobWatch(scene.maintenance, Map.of(JobTable.KEY_ROTATIONS, scene.worker), UUID::randomUUID);
        assertThat(watch.announceWaiting()).isZero();
        scene.platform.execute("update key_rotations set updated_at = now() - interval '3 minutes'");
        assertThat(watch.announceWaiting()).isEqualTo(1);
        scene.worker.work();
        assertThat(scene.rotations.newest(Scene.OPERATOR)).singleElement().returns(Status.COMPLETED, Rotation::status);
    }

    @Test
    void giveUp_rotation_isFailedUntilItIsResumed() {
        Rotation started = scene.start(Kind.ROOT, null);
        scene.worker.job().giveUp(started.id());
        assertThat(scene.find(started).status()).isEqualTo(Status.FAILED);
        assertThat(scene.start(Kind.ROOT, null).id()).isEqualTo(started.id());
        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.FAILED);

        assertThat(scene.rotations.resume(Scene.OPERATOR, started.id()))
                .get()
                .returns(Status.PENDING, Rotation::status)
                .returns(null, Rotation::error);
        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void turn_takenOver_changesNothingAnyMore() {
        Rotation started = scene.start(Kind.PRACTICE, null);
        Turn first = Turn.of(take(started).orElseThrow());
        assertThat(take(started)).isEmpty();
        assertThat(touch(first)).isEqualTo(1);

        scene.platform.execute("update key_rotations set held_until = now() - interval '1 second'");
        Turn second = Turn.of(take(started).orElseThrow());
        assertThat(touch(first)).isZero();
        assertThatThrownBy(() -> first.keep(1)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(first::advance).isInstanceOf(LeaseLost.class);
        assertThat(touch(second)).isEqualTo(1);
    }

    private Optional<Lease> take(Rotation rotation) {
        return Lease.take(scene.maintenance, JobTable.KEY_ROTATIONS, rotation.id());
    }

    @Test
    void sweep_thatFindsAndCannotMove_stopsTheRotationUntilItIsResumed() {
        AtomicBoolean movable = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Sweep stubborn = (turn, most) -> {
            calls.incrementAndGet();
            return movable.get() ? Sweep.Batch.NOTHING : new Sweep.Batch(1, 0);
        };
        Stage stage = new Stage(turn -> turn.choose(1, 2), List.of(stubborn));
        JobQueue nowhere = (job, delay) -> {};
        JobRunner runner = new JobRunner(
                scene.maintenance,
                JobTable.KEY_ROTATIONS,
                nowhere,
                new RotationWork(
                        Map.of(Kind.ROOT, List.of(stage)),
                        new Pace(7, 1_000_000, Duration.ofMinutes(1), Duration.ZERO)));
        Rotation started = new Rotations(scene.platform.database(), nowhere, UUID::randomUUID)
                .start(Scene.OPERATOR, new RotationRequest(Kind.ROOT, null, null, "yearly"))
                .orElseThrow();
        runner.run(started.id());
        assertThat(scene.find(started).status()).isEqualTo(Status.FAILED);
        assertThat(scene.find(started).error()).contains("cannot move");
        assertThat(calls).hasValue(RotationWork.MOST_IN_VAIN);

        movable.set(true);
        scene.rotations.resume(Scene.OPERATOR, started.id());
        runner.run(started.id());
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
    }

    private long touch(Turn turn) {
        return scene.maintenance.update(turn.caller(), turn.hold(TOUCH.bind()).uuid("target", scene.practice.value()));
    }

    @Test
    void steps_areAudited() {
        Rotation done = scene.run(Kind.PRACTICE, null);
        assertThat(scene.rows(
                        "select action, coalesce(user_id::text, 'platform'), new_values ->> 'status', new_values ->> 'to_version', new_values ->> 'stage' from audit_logs where record_id = ? order by timestamp, xid",
                        done.id()))
                .containsExactly(
                        "CREATE|" + Scene.OPERATOR.user() + "|PENDING|null|0",
                        "UPDATE|platform|PROCESSING|null|null",
                        "UPDATE|platform|null|2|null",
                        "UPDATE|platform|null|null|1",
                        "UPDATE|platform|null|null|2",
                        "UPDATE|platform|COMPLETED|null|null");
    }

    @Test
    void read_ofABody_findsEveryFault() {
        assertThat(Faults.of(RotationRequest::read, "{\"kind\": \"ROOT\", \"practiceId\": \"x\", \"clientId\": null}"))
                .containsExactlyInAnyOrder("/practiceId format", "/practiceId conflict", "/reason required");
        assertThat(Faults.of(RotationRequest::read, "{\"kind\": \"CLIENT\", \"reason\": \"\", \"more\": 1}"))
                .containsExactlyInAnyOrder(
                        "/practiceId required", "/clientId required", "/reason blank", "/more unknown");
        assertThat(Faults.of(RotationRequest::read, "{\"kind\": \"NONE\", \"reason\": \"r\"}"))
                .containsExactly("/kind choice");
    }
}
