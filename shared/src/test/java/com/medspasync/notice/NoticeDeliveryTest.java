package com.medspasync.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.SharedSecret;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.Received;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeDeliveryTest {

    private final NoticeScene scene = new NoticeScene();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
        scene.close();
    }

    @Test
    void run_notice_isDeliveredWithWhatItsComposerSays() {
        UUID notice = scene.notice();
        scene.delivery.run(notice);

        Received message = scene.receiver.received().getFirst();
        assertThat(message.id()).isEqualTo(notice.toString());
        assertThat(message.kind()).isEqualTo("INVITATION");
        assertThat(message.body().path("practiceId").asText()).isEqualTo(scene.practice.toString());
        assertThat(message.body().at("/recipient/email").asText()).isEqualTo(NoticeScene.EMAIL);
        assertThat(message.body().path("token").asText()).isEqualTo(scene.tokens.getFirst());
        Instant created = Instant.parse(message.body().path("createdAt").asText());
        assertThat(created)
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plusSeconds(1));
        assertThat(scene.state(notice, "delivered_at is not null, failed_at, held_until, attempts, error"))
                .isEqualTo("t|null|null|1|null");
    }

    @Test
    void run_sameMessageTwice_deliversOnce() {
        UUID notice = scene.notice();
        scene.delivery.run(notice);
        scene.delivery.run(notice);
        assertThat(scene.receiver.received()).hasSize(1);
        assertThat(scene.state(notice, "attempts")).isEqualTo("1");
    }

    @Test
    void run_whileAnotherIsAtIt_leavesItAlone() {
        UUID notice = scene.notice();
        NoticeDelivery second = scene.delivery(scene.toReceiver());
        NoticeDelivery first = scene.delivery(scene.toReceiver(), (composed, caller) -> {
            second.run(composed.id());
            return scene.compose(composed, caller);
        });
        first.run(notice);
        assertThat(scene.receiver.received()).hasSize(1);
        assertThat(scene.tokens).hasSize(1);
    }

    @Test
    void run_byManyWorkersAtOnce_deliversEachOnce() throws Exception {
        List<UUID> notices = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            notices.add(scene.notice());
        }
        int workers = 4;
        CyclicBarrier together = new CyclicBarrier(workers);
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(threads.submit(() -> {
                    for (UUID notice : notices) {
                        together.await();
                        scene.delivery.run(notice);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        }
        assertThat(scene.receiver.received().stream().map(Received::id))
                .containsExactlyInAnyOrderElementsOf(
                        notices.stream().map(UUID::toString).toList());
    }

    /** What ends a worker in the middle, past everything that could still say something. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void run_workerKilledBetweenSendingAndSayingSo_deliversAgainUnderTheSameId() {
        UUID notice = scene.notice();
        MessageChannel channel = scene.toReceiver();
        NoticeDelivery killed = scene.delivery(message -> {
            assertThat(channel.deliver(message)).isEqualTo(new MessageChannel.Delivery.Delivered());
            throw new Killed();
        });
        assertThatThrownBy(() -> killed.run(notice)).isInstanceOf(Killed.class);
        assertThat(scene.state(notice, "delivered_at, attempts, held_until > now()"))
                .isEqualTo("null|1|t");

        // Nobody knows yet that it is dead.
        scene.delivery.run(notice);
        assertThat(scene.receiver.received()).hasSize(1);
        assertThat(scene.watch.announceWaiting()).isZero();

        scene.age(notice, "3 minutes");
        assertThat(scene.watch.announceWaiting()).isEqualTo(1);
        scene.queued.forEach(scene.delivery::run);
        assertThat(scene.receiver.received())
                .hasSize(2)
                .allMatch(message -> message.id().equals(notice.toString()));
        assertThat(scene.state(notice, "delivered_at is not null, attempts")).isEqualTo("t|2");
    }

    /** It took longer than it held the notice; so another delivered too, and failed. */
    @Test
    void run_workerThatComesLate_hasDeliveredAllTheSame() {
        UUID notice = scene.notice();
        MessageChannel channel = scene.toReceiver();
        NoticeDelivery slow = scene.delivery(message -> {
            scene.age(notice, "61 seconds");
            scene.delivery(refused -> new MessageChannel.Delivery.Refused("answered with 410"))
                    .run(notice);
            assertThat(scene.state(notice, "failed_at is not null")).isEqualTo("t");
            return channel.deliver(message);
        });
        slow.run(notice);
        assertThat(scene.state(notice, "delivered_at is not null, failed_at, error, attempts"))
                .isEqualTo("t|null|null|2");
    }

    @Test
    void run_composer_worksForThePracticeAndIsAuditedUnderTheNotice() {
        UUID notice = scene.notice();
        List<Caller> callers = new ArrayList<>();
        scene.delivery(scene.toReceiver(), (composed, caller) -> {
                    callers.add(caller);
                    return scene.compose(composed, caller);
                })
                .run(notice);
        assertThat(callers).containsExactly(Caller.platform(scene.practice, new Origin(null, null, notice)));
    }

    @Test
    void secretAndAddress_standInTheMessageAndNowhereElse() {
        UUID notice = scene.notice();
        scene.receiver.answer(500);
        assertThatThrownBy(() -> scene.delivery.run(notice)).isInstanceOf(RuntimeException.class);
        scene.age(notice, "1 minute");
        scene.receiver.answer(200);
        scene.delivery.run(notice);
        assertThat(scene.tokens).hasSize(2);
        List<String> kept = new ArrayList<>(logged.lines());
        kept.addAll(scene.platform.rows("select n::text from notices n"));
        kept.addAll(scene.platform.rows("select a::text from audit_logs a"));
        assertThat(kept)
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(scene.tokens)
                        .doesNotContain(
                                NoticeScene.EMAIL,
                                scene.receiver.secret(),
                                scene.receiver.url("127.0.0.1").toString()));
        assertThat(SharedSecret.copyOf(new byte[SharedSecret.SHORTEST]).toString())
                .isEqualTo("SharedSecret[hidden]");
    }
}
