package com.medspasync.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.notice.NoticeComposer.Composition.Obsolete;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices that are not delivered at the first attempt, or never. */
class NoticeTroubleTest {

    private final NoticeScene scene = new NoticeScene();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
        scene.close();
    }

    @Test
    void run_receiverInTrouble_isTriedAgainUntilItTakesIt() {
        UUID notice = scene.notice();
        scene.age(notice, "1 hour");
        scene.receiver.answer(500);
        assertThatThrownBy(() -> scene.delivery.run(notice))
                .isInstanceOf(NoticeDelivery.NotDelivered.class)
                .hasMessage("answered with 500");
        assertThat(scene.state(
                        notice, "delivered_at, failed_at, attempts, error, held_until < now() + interval '25 seconds'"))
                .isEqualTo("null|null|1|answered with 500|t");
        // The queue brings it again, and the watch knows.
        assertThat(scene.watch.announceWaiting()).isZero();
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

        assertThat(scene.watch.announceWaiting()).isZero();

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
}
