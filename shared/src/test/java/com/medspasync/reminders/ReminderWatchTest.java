package com.medspasync.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.message.ChannelDraft;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookUrl;
import com.medspasync.reminders.ReminderScene.Place;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReminderWatchTest {

    private final ReminderScene scene = new ReminderScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void remind_appointmentsThatAreNear_writesOneNoticeOfEachAndAnnouncesIt() {
        UUID first = scene.appointment("1 hour");
        UUID last = scene.appointment("23 hours 59 minutes");
        scene.change(last, "status = 'CONFIRMED'");
        assertThat(scene.watch.remind()).isEqualTo(2);
        assertThat(scene.watch.remind()).isZero();
        for (UUID appointment : new UUID[] {first, last}) {
            assertThat(scene.notices(appointment, "practice_id, kind, delivered_at"))
                    .containsExactly(scene.glow.practice() + "|APPOINTMENT_REMINDER|null");
        }
        assertThat(scene.queued.stream().map(UUID::toString))
                .containsExactlyInAnyOrderElementsOf(scene.platform.rows("select id from notices"));
    }

    @Test
    void remind_appointmentsThatAreNotDue_areLeftAlone() {
        scene.appointment("24 hours 1 minute");
        scene.appointment("-1 second");
        scene.change(scene.appointment("1 hour"), "status = 'CANCELLED'");
        scene.change(scene.appointment("1 hour"), "status = 'COMPLETED'");
        scene.change(scene.appointment("1 hour"), "deleted_at = now()");
        scene.change(scene.appointment("1 hour"), "reminder_sent = true");
        Place none = scene.place("none", 24);
        scene.appointment(none, "1 hour");
        scene.platform.execute("update practices set reminder_hours = null where id = '%s'".formatted(none.practice()));
        Place gone = scene.place("gone", 24);
        scene.appointment(gone, "1 hour");
        scene.platform.execute("update practices set deleted_at = now() where id = '%s'".formatted(gone.practice()));
        assertThat(scene.watch.remind()).isZero();
    }

    @Test
    void remind_practices_haveEachItsOwnTime() {
        Place week = scene.place("week", 168);
        Place hour = scene.place("hour", 1);
        for (Place place : new Place[] {week, hour, scene.glow}) {
            scene.appointment(place, "59 minutes");
            scene.appointment(place, "23 hours");
            scene.appointment(place, "167 hours");
        }
        assertThat(scene.watch.remind()).isEqualTo(3 + 1 + 2);
    }

    /** Somebody who has the appointment open can still save it. */
    @Test
    void remind_appointment_keepsItsVersion_andItsPracticeSeesWhoMarkedIt() {
        UUID appointment = scene.appointment("1 hour");
        List<String> before =
                scene.platform.rows("select version, updated_at from appointments where id = ?", appointment);
        scene.watch.remind();
        assertThat(scene.platform.rows("select version, updated_at from appointments where id = ?", appointment))
                .isEqualTo(before);
        assertThat(scene.platform.rows(
                        "select action, user_id, new_values from audit_logs where record_id = ? and action <> 'CREATE'",
                        appointment))
                .containsExactly("UPDATE|null|{\"reminder_sent\": true}");
    }

    @Test
    void remind_twoWatchesAtOnce_writeOneNoticeOfEach() throws Exception {
        int count = 1_200;
        scene.appointments(scene.glow, "gen_random_uuid()", "2 hours", count);
        CyclicBarrier together = new CyclicBarrier(2);
        int reminded = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    together.await();
                    return scene.watch(scene.queue).remind();
                }));
            }
            for (Future<Integer> watch : running) {
                reminded += watch.get();
            }
        }
        // What one skipped because the other had it may be left when a batch was not full.
        reminded += scene.watch.remind();
        assertThat(reminded).isEqualTo(count);
        assertThat(scene.platform.rows("select count(*), count(distinct subject_id) from notices"))
                .containsExactly(count + "|" + count);
        assertThat(scene.queued).hasSize(count).doesNotHaveDuplicates();
        assertThat(scene.platform.rows("select count(*) from appointments where not reminder_sent"))
                .containsExactly("0");
    }

    @Test
    void remind_appointmentCancelledWhileItLooks_isNotMarked() throws Exception {
        UUID appointment = scene.appointment("1 hour");
        try (var connection = scene.database.connect("postgres");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update appointments set status = 'CANCELLED' where id = '%s'".formatted(appointment));
            assertThat(scene.watch.remind()).isZero();
            connection.commit();
        }
        assertThat(scene.watch.remind()).isZero();
        assertThat(scene.notices(appointment, "id")).isEmpty();
    }

    @Test
    void remind_endedBeforeItAnnounced_leavesThatToTheWatchOfNotices() {
        UUID appointment = scene.appointment("2 hours");
        assertThat(scene.watch.mark()).hasSize(1);
        assertThat(scene.queued).isEmpty();

        assertThat(scene.watch.remind()).isZero();
        assertThat(scene.notices.announceWaiting()).isZero();
        scene.age("3 minutes");
        assertThat(scene.notices.announceWaiting()).isEqualTo(1);
        scene.deliver();
        assertThat(scene.notices(appointment, "delivered_at is not null, attempts"))
                .containsExactly("t|1");
        assertThat(scene.receiver.received()).hasSize(1);
    }

    @Test
    void remind_queueIsAway_marksNoMoreThanABatch() {
        scene.appointments(scene.glow, "gen_random_uuid()", "2 hours", ReminderWatch.BATCH + 1);
        ReminderWatch watch = scene.watch((id, delay) -> {
            throw new QueueUnavailable(new IllegalStateException("away"));
        });
        assertThatThrownBy(watch::remind).isInstanceOf(QueueUnavailable.class);
        assertThat(scene.platform.rows("select count(*) from notices")).containsExactly("" + ReminderWatch.BATCH);
    }

    @Test
    void remind_practiceWhoseMessagesNobodyTakes_waitsUntilSomebodyDoes() {
        UUID appointment = scene.appointment("2 hours");
        ReminderWatch withoutPlatforms = new ReminderWatch(scene.maintenance, scene.queue, false, ReminderScene.IDS);
        assertThat(withoutPlatforms.remind()).isZero();
        assertThat(scene.notices(appointment, "id")).isEmpty();

        PracticeChannels channels = new PracticeChannels(
                scene.platform.database(), scene.platform.keys(), scene.platform.cipher(), new SecureRandom());
        channels.set(
                Examples.admin(scene.glow.practice()),
                new ChannelDraft(new WebhookUrl(URI.create("https://hooks.example.com/in")), false),
                null);
        channels.delete(Examples.admin(scene.glow.practice()), 1);
        assertThat(withoutPlatforms.remind()).isZero();
        channels.set(
                Examples.admin(scene.glow.practice()),
                new ChannelDraft(new WebhookUrl(URI.create("https://hooks.example.com/in")), false),
                null);
        assertThat(withoutPlatforms.remind()).isEqualTo(1);
    }

    /** Neither this Java's time and zone nor that of the database's session decide anything. */
    @Test
    void remind_zoneOfTheDatabase_doesNotMatter() {
        scene.appointment("23 hours");
        scene.appointment("25 hours");
        scene.platform.execute(
                "alter database %s set timezone = 'Pacific/Kiritimati'".formatted(scene.database.name()),
                "update practices set time_zone = 'Pacific/Pago_Pago'");
        try (var maintenance = scene.database.open("medspasync_maintenance")) {
            assertThat(new ReminderWatch(maintenance, scene.queue, true, ReminderScene.IDS).remind())
                    .isEqualTo(1);
        }
    }
}
