package com.medspasync.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.SharedSecret;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.Received;
import com.medspasync.notice.NoticeComposer.Composition.Obsolete;
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
    void run_receiverInTrouble_isTriedAgainUntilItTakesIt() {
        UUID notice = scene.notice();
        scene.receiver.answer(500);
        assertThatThrownBy(() -> scene.delivery.run(notice))
                .isInstanceOf(NoticeDelivery.NotDelivered.class)
                .hasMessage("answered with 500");
        assertThat(scene.state(
                        notice, "delivered_at, failed_at, attempts, error, held_until < now() + interval '25 seconds'"))
                .isEqualTo("null|null|1|answered with 500|t");
        // The queue brings it again, and the watch knows.
        scene.age(notice, "30 seconds");
        assertThat(scene.watch.announceWaiting()).isZero();

        scene.receiver.answer(200);
        scene.delivery.run(notice);
        assertThat(scene.state(notice, "delivered_at is not null, attempts, error"))
                .isEqualTo("t|2|null");
        assertThat(scene.receiver.received())
                .hasSize(2)
                .allMatch(message -> message.id().equals(notice.toString()));
        assertThat(logged.alarms()).isEmpty();
    }

    @Test
    void run_receiverThatDoesNotWantIt_isNotAskedAgain() {
        UUID notice = scene.notice();
        scene.receiver.answer(410);
        scene.delivery.run(notice);
        assertThat(scene.state(notice, "delivered_at, failed_at is not null, held_until, error"))
                .isEqualTo("null|t|null|answered with 410");
        assertThat(logged.alarms()).singleElement().asString().contains("notice-failed INVITATION " + notice);

        scene.delivery.run(notice);
        scene.age(notice, "1 hour");
        assertThat(scene.watch.announceWaiting()).isZero();
        assertThat(scene.receiver.received()).hasSize(1);
    }

    @Test
    void run_withoutAnyChannel_alarmsAndWaitsForOne_andMakesNoSecretMeanwhile() {
        UUID notice = scene.notice();
        NoticeDelivery nowhere = scene.delivery(null);
        assertThatThrownBy(() -> nowhere.run(notice)).isInstanceOf(NoticeDelivery.NotDelivered.class);
        assertThat(logged.alarms()).singleElement().asString().contains("no-message-channel INVITATION " + notice);
        assertThat(scene.tokens).isEmpty();

        scene.age(notice, "1 minute");
        scene.delivery.run(notice);
        assertThat(scene.receiver.received()).hasSize(1);
    }

    @Test
    void run_noticeThatTellsNothingAnyMore_isOver() {
        UUID notice = scene.notice();
        NoticeDelivery delivery =
                scene.delivery(scene.toReceiver(), (composed, caller) -> new Obsolete("the user is inactive"));
        delivery.run(notice);
        assertThat(scene.state(notice, "delivered_at, failed_at is not null, error"))
                .isEqualTo("null|t|obsolete: the user is inactive");
        assertThat(scene.receiver.received()).isEmpty();
        assertThat(logged.alarms()).isEmpty();
    }

    @Test
    void run_composerThatFails_isTriedAgain_andWhatItSaysStandsNowhere() {
        UUID notice = scene.notice();
        NoticeDelivery broken = scene.delivery(scene.toReceiver(), (composed, caller) -> {
            throw new IllegalStateException(NoticeScene.EMAIL);
        });
        assertThatThrownBy(() -> broken.run(notice)).isInstanceOf(IllegalStateException.class);
        assertThat(scene.state(notice, "failed_at, error")).isEqualTo("null|IllegalStateException");
        assertThat(logged.lines()).isNotEmpty().noneMatch(line -> line.contains(NoticeScene.EMAIL));
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

    /** The poison queue: its message came too often. */
    @Test
    void giveUp_youngNotice_isPutOffAndTriedAgain_andAnOldOneHasFailed() {
        UUID notice = scene.notice();
        scene.delivery.giveUp(notice);
        assertThat(scene.state(
                        notice,
                        "failed_at, held_until between now() + interval '9 minutes' and now() + interval '11 minutes'"))
                .isEqualTo("null|t");
        assertThat(logged.alarms()).singleElement().asString().contains("notice-late INVITATION " + notice);
        scene.delivery.run(notice);
        assertThat(scene.receiver.received()).isEmpty();

        scene.age(notice, "12 minutes");
        assertThat(scene.watch.announceWaiting()).isEqualTo(1);
        scene.age(notice, "2 hours");
        scene.delivery.giveUp(notice);
        assertThat(scene.state(
                        notice,
                        "failed_at, held_until between now() + interval '2 hours' and now() + interval '4 hours'"))
                .isEqualTo("null|t");

        scene.age(notice, "1 day");
        scene.delivery.giveUp(notice);
        assertThat(scene.state(notice, "delivered_at, failed_at is not null, held_until"))
                .isEqualTo("null|t|null");
        assertThat(logged.alarms().getLast()).contains("notice-failed INVITATION " + notice);
        scene.delivery.run(notice);
        assertThat(scene.receiver.received()).isEmpty();
    }

    @Test
    void giveUp_noticeThatIsDelivered_changesNothing() {
        UUID notice = scene.notice();
        scene.delivery.run(notice);
        scene.delivery.giveUp(notice);
        scene.delivery.giveUp(UUID.randomUUID());
        assertThat(scene.state(notice, "delivered_at is not null, failed_at")).isEqualTo("t|null");
        assertThat(logged.alarms()).isEmpty();
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
