package com.medspasync.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.message.MessageChannel;
import com.medspasync.message.Received;
import com.medspasync.notice.NoticeDelivery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReminderDeliveryTest {

    private final ReminderScene scene = new ReminderScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void deliver_reminder_saysIdsAndTheTimeAndNothingElse() {
        UUID appointment = scene.appointment("2 hours");
        scene.watch.remind();
        scene.deliver();

        Received message = scene.receiver.received().getFirst();
        assertThat(message.kind()).isEqualTo("APPOINTMENT_REMINDER");
        assertThat(message.body().properties().stream().map(field -> field.getKey()))
                .containsExactlyInAnyOrder(
                        "id",
                        "kind",
                        "practiceId",
                        "createdAt",
                        "appointmentId",
                        "clientId",
                        "serviceId",
                        "staffId",
                        "startsAt",
                        "timeZone");
        assertThat(message.body().path("practiceId").asText())
                .isEqualTo(scene.glow.practice().toString());
        assertThat(message.body().path("appointmentId").asText()).isEqualTo(appointment.toString());
        assertThat(message.body().path("clientId").asText())
                .isEqualTo(scene.glow.client().toString());
        assertThat(message.body().path("serviceId").asText())
                .isEqualTo(scene.glow.service().toString());
        assertThat(message.body().path("staffId").asText())
                .isEqualTo(scene.glow.staff().toString());
        assertThat(message.body().path("timeZone").asText()).isEqualTo("America/New_York");
        assertThat(Instant.parse(message.body().path("startsAt").asText()))
                .isEqualTo(Instant.parse(scene.platform
                        .rows("select to_json(date_time at time zone 'UTC') #>> '{}' || 'Z' from appointments")
                        .getFirst()));
        assertThat(message.text()).doesNotContain("Jane", "Austen", "@", "Grace", "Hopper", "Lip", "Botox", "500");
    }

    @Test
    void deliver_sameMessageTwice_remindsOnce() {
        scene.appointment("2 hours");
        scene.watch.remind();
        scene.queued.addAll(List.copyOf(scene.queued));
        assertThat(scene.queued).hasSize(2);
        scene.deliver();
        assertThat(scene.receiver.received()).hasSize(1);
    }

    /** What ends a worker in the middle. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void deliver_workerKilledBetweenSendingAndSayingSo_remindsAgainUnderTheSameId() {
        scene.appointment("2 hours");
        scene.watch.remind();
        MessageChannel channel = scene.toReceiver();
        NoticeDelivery killed = scene.delivery(message -> {
            assertThat(channel.deliver(message)).isEqualTo(new MessageChannel.Delivery.Delivered());
            throw new Killed();
        });
        UUID notice = scene.queued.removeFirst();
        assertThatThrownBy(() -> killed.run(notice)).isInstanceOf(Killed.class);
        scene.age("3 minutes");
        assertThat(scene.notices.announceWaiting()).isEqualTo(1);
        scene.deliver();
        assertThat(scene.receiver.received())
                .hasSize(2)
                .allMatch(message -> message.id().equals(notice.toString()));
    }

    @Test
    void deliver_receiverDownAndUpAgain_remindsThen() {
        UUID appointment = scene.appointment("2 hours");
        scene.watch.remind();
        scene.receiver.answer(503);
        assertThatThrownBy(scene::deliver).isInstanceOf(RuntimeException.class);
        assertThat(scene.notices(appointment, "delivered_at, error")).containsExactly("null|answered with 503");

        scene.receiver.answer(204);
        scene.age("3 minutes");
        assertThat(scene.notices.announceWaiting()).isEqualTo(1);
        scene.deliver();
        assertThat(scene.notices(appointment, "delivered_at is not null, attempts"))
                .containsExactly("t|2");
    }

    @Test
    void deliver_appointmentThatIsNoMore_remindsNobody() {
        UUID cancelled = due();
        scene.change(cancelled, "status = 'CANCELLED'");
        UUID completed = due();
        scene.change(completed, "status = 'COMPLETED'");
        UUID deleted = due();
        scene.change(deleted, "deleted_at = now()");
        UUID gone = due();
        scene.platform.execute("delete from appointments where id = '%s'".formatted(gone));
        scene.deliver();
        assertThat(scene.receiver.received()).isEmpty();
        assertObsolete(cancelled, "the appointment was cancelled, or completed");
        assertObsolete(completed, "the appointment was cancelled, or completed");
        assertObsolete(deleted, "the appointment was deleted");
        assertObsolete(gone, "there is no such appointment");
    }

    @Test
    void deliver_laterThanTheAppointment_remindsNobody() {
        UUID appointment = due();
        scene.move(appointment, "-2 hours");
        scene.change(appointment, "reminder_sent = true");
        scene.deliver();
        assertThat(scene.receiver.received()).isEmpty();
        assertObsolete(appointment, "the appointment has begun");
    }

    @Test
    void deliver_appointmentMovedMeanwhile_remindsOnceItIsNearAgain() {
        UUID appointment = due();
        scene.move(appointment, "30 days");
        scene.deliver();
        assertThat(scene.receiver.received()).isEmpty();
        assertObsolete(appointment, "the appointment was moved, and is reminded of anew when that is due");
        assertThat(scene.watch.remind()).isZero();

        scene.move(appointment, "-29 days -4 hours");
        assertThat(scene.watch.remind()).isEqualTo(1);
        scene.deliver();
        assertThat(scene.receiver.received()).hasSize(1);
    }

    /** The time that it is told of is the one that it has when the message leaves. */
    @Test
    void deliver_appointmentMovedWithinItsTime_remindsOnceOfTheNewOne() {
        UUID appointment = due();
        scene.move(appointment, "3 hours");
        scene.deliver();
        scene.watch.remind();
        scene.deliver();
        assertThat(scene.receiver.received()).hasSize(1);
        assertThat(scene.notices(appointment, "delivered_at is not null, failed_at is not null"))
                .containsExactly("f|t", "t|f");
    }

    /** An appointment that somebody has been told of, but not yet outside. */
    private UUID due() {
        UUID appointment = scene.appointment("1 hour");
        assertThat(scene.watch.remind()).isEqualTo(1);
        return appointment;
    }

    private void assertObsolete(UUID appointment, String reason) {
        assertThat(scene.notices(appointment, "delivered_at, failed_at is not null, error")
                        .getFirst())
                .isEqualTo("null|t|obsolete: " + reason);
    }
}
