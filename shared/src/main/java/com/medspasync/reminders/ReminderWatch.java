package com.medspasync.reminders;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for appointments that are so near that their clients are to be reminded, and has a notice of each delivered.
 *
 * <p>One statement marks an appointment and writes its notice, so there is one of each whatever happens between; what is marked and not announced, the watch of notices
 * announces. Several may look at once: neither waits for the rows that another has, and a row that another has marked meanwhile is looked at again before it counts.
 *
 * <p>The mark changes neither {@code version} nor {@code updated_at}: it is the platform's own, and somebody who has the appointment open can still save it. Thread-safe.
 */
public final class ReminderWatch {

    /** So many at a time, of one practice too. */
    static final int BATCH = 500;

    private static final int MOST_BATCHES = 40;

    /**
     * Practices that nobody delivers messages for are left out: their appointments wait, unmarked, until there is a channel.
     *
     * <p>The limit inside keeps the planner from joining practices and appointments in any other way than practice by practice through the index, and the longest time that a practice
     * may have leaves out the partitions of other years.
     */
    static final Sql MARK = Sql.of("""
            with due as materialized (
              select a.practice_id, a.id, a.date_time
              from practices p
              cross join lateral (
                select practice_id, id, date_time
                from appointments
                where practice_id = p.id and not reminder_sent and deleted_at is null and status in ('SCHEDULED', 'CONFIRMED')
                  and date_time > now() and date_time <= now() + make_interval(hours => p.reminder_hours) and date_time <= now() + interval '168 hours'
                order by date_time
                limit :batch
                for update skip locked) a
              where p.reminder_hours is not null and p.deleted_at is null
                and (:platform_channel or exists (select from message_channels c where c.practice_id = p.id and c.deleted_at is null))
              limit :batch),
            marked as (
              update appointments a
              set reminder_sent = true
              from due
              where a.practice_id = due.practice_id and a.id = due.id and a.date_time = due.date_time
              returning a.practice_id, a.id),
            %s
            select id from noticed""".formatted(Notices.writtenEach(NoticeKind.APPOINTMENT_REMINDER, "marked", "id")));

    private final PracticeDatabase database;
    private final JobQueue queue;
    private final boolean platformChannel;
    private final Supplier<UUID> ids;

    /**
     * @param database logged in for maintenance: appointments are of every practice
     * @param queue of notices
     * @param platformChannel whether there is a channel for messages of practices that have none of their own
     * @param ids unique ones that count up with time, of notices and of requests of the platform's own
     */
    public ReminderWatch(PracticeDatabase database, JobQueue queue, boolean platformChannel, Supplier<UUID> ids) {
        this.database = database;
        this.queue = queue;
        this.platformChannel = platformChannel;
        this.ids = ids;
    }

    /**
     * Has all be reminded that are due, or as many as a timer may take; the next run takes the rest.
     *
     * @return how many
     * @throws QueueUnavailable when the queue does not take one
     */
    public int remind() {
        int reminded = 0;
        int batch = BATCH;
        for (int i = 0; i < MOST_BATCHES && batch == BATCH; i++) {
            List<UUID> notices = mark();
            notices.forEach(notice -> queue.send(notice, Duration.ZERO));
            batch = notices.size();
            reminded += batch;
        }
        return reminded;
    }

    /** Marks what is due, and writes its notices. */
    List<UUID> mark() {
        Query query = MARK.bind().integer("batch", BATCH).bool("platform_channel", platformChannel);
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
        return database.list(
                platform,
                Notices.bindEach(query, Stream.generate(ids).limit(BATCH).toList()),
                row -> row.uuid("id"));
    }
}
