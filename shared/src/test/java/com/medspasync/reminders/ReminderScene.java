package com.medspasync.reminders;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.job.JobQueue;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.MessageChannels;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookChannel;
import com.medspasync.message.WebhookReceiver;
import com.medspasync.message.WebhookSecret;
import com.medspasync.notice.NoticeDelivery;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.NoticeWatch;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A platform with a practice that reminds its clients a day before, somebody who receives its messages, and appointments written by plain SQL. */
final class ReminderScene implements AutoCloseable {

    static final Supplier<UUID> IDS = Generators.timeBasedEpochRandomGenerator()::generate;

    final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    final Platform platform = Platform.on(database);
    final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    final WebhookReceiver receiver = WebhookReceiver.start(message -> {});
    final Place glow = place("glow", 24);

    /** The ids that were put into the queue. */
    final List<UUID> queued = new CopyOnWriteArrayList<>();

    final JobQueue queue = (id, delay) -> queued.add(id);
    final ReminderWatch watch = watch(queue);
    final NoticeWatch notices = new NoticeWatch(maintenance, queue, IDS);
    final NoticeDelivery delivery = delivery(toReceiver());

    /** A practice with one of each that an appointment refers to. */
    record Place(PracticeId practice, UUID client, UUID service, UUID staff) {}

    /** A practice that reminds so many hours before. */
    Place place(String name, int hours) {
        Place place = new Place(platform.practice(name), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        UUID user = UUID.randomUUID();
        platform.execute(
                "update practices set reminder_hours = %d where id = '%s'".formatted(hours, place.practice),
                """
                insert into users (practice_id, id, email, email_search) values ('%1$s', '%2$s', '%2$s@example.com', '%2$s@example.com')""".formatted(place.practice, user),
                """
                insert into staff (practice_id, id, user_id, first_name, last_name, role)
                values ('%s', '%s', '%s', 'Grace', 'Hopper', 'PRACTITIONER')""".formatted(place.practice, place.staff, user),
                """
                insert into services (practice_id, id, name, category, duration, price)
                values ('%s', '%s', 'Lip filler', 'Injectables', 30, 500)""".formatted(place.practice, place.service),
                """
                insert into clients (practice_id, id, first_name, last_name, email, first_name_search, last_name_search, email_search,
                  first_name_phonetic, last_name_phonetic)
                values ('%s', '%s', 'Jane', 'Austen', 'jane@example.org', 'jane', 'austen', '%s@example.org', 'JN', 'ASTN')""".formatted(place.practice, place.client, place.client));
        return place;
    }

    /** An appointment of glow's that begins so long after now. */
    UUID appointment(String after) {
        return appointment(glow, after);
    }

    UUID appointment(Place place, String after) {
        UUID id = UUID.randomUUID();
        appointments(place, "'%s'::uuid".formatted(id), after, 1);
        return id;
    }

    /** So many appointments that begin then. They do not block, so they may be at the same time. */
    void appointments(Place place, String id, String after, int count) {
        platform.execute("""
                with booked as (
                  insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
                  select '%1$s', %5$s, '%4$s', now() + interval '%6$s', tstzrange(now() + interval '%6$s', now() + interval '%6$s' + interval '30 minutes'), false
                  from generate_series(1, %7$d)
                  returning practice_id, appointment_id, staff_id, starts_at)
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price, notes)
                select practice_id, appointment_id, '%2$s', '%3$s', staff_id, starts_at, 30, 500, 'Botox'::bytea
                from booked""".formatted(place.practice, place.client, place.service, place.staff, id, after, count));
    }

    void change(UUID appointment, String assignments) {
        platform.execute("update appointments set %s where id = '%s'".formatted(assignments, appointment));
    }

    /** As a reschedule does. */
    void move(UUID appointment, String by) {
        platform.execute(
                "update appointments set date_time = date_time + interval '%s', reminder_sent = false, version = version + 1 where id = '%s'"
                        .formatted(by, appointment),
                "update staff_bookings set starts_at = starts_at + interval '%1$s', during = tstzrange(lower(during) + interval '%1$s', upper(during) + interval '%1$s') where appointment_id = '%2$s'"
                        .formatted(by, appointment));
    }

    ReminderWatch watch(JobQueue to) {
        return new ReminderWatch(maintenance, to, true, IDS);
    }

    MessageChannel toReceiver() {
        return WebhookChannel.onThisMachine(
                receiver.url("127.0.0.1"),
                WebhookSecret.parse(receiver.secret()).orElseThrow(),
                Clock.systemUTC());
    }

    NoticeDelivery delivery(MessageChannel channel) {
        PracticeChannels own =
                new PracticeChannels(maintenance, platform.keys(), platform.cipher(), new SecureRandom());
        return new NoticeDelivery(
                maintenance,
                new MessageChannels(own, channel, Clock.systemUTC()),
                Map.of(NoticeKind.APPOINTMENT_REMINDER, new ReminderComposer(maintenance)));
    }

    /** Works off the queue. */
    void deliver() {
        List<UUID> messages = List.copyOf(queued);
        queued.removeAll(messages);
        messages.forEach(delivery::run);
    }

    /** Makes notices older. */
    void age(String interval) {
        platform.execute(
                "update notices set created_at = created_at - interval '%1$s', held_until = held_until - interval '%1$s'"
                        .formatted(interval));
    }

    /** What is true of the notices of an appointment. */
    List<String> notices(UUID appointment, String columns) {
        return platform.rows("select " + columns + " from notices where subject_id = ? order by id", appointment);
    }

    @Override
    public void close() {
        receiver.close();
        database.close();
    }
}
