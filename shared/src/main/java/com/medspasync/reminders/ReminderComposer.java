package com.medspasync.reminders;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer;
import com.medspasync.tenant.Caller;
import java.util.Map;

/**
 * Tells whoever reminds a practice's clients which appointment is near: by ids and the time alone, with whom and what is behind them for those who may read it. The appointment is
 * looked up when the message is sent, so that nobody is reminded of one that has meanwhile been cancelled, or of one that is over. Thread-safe.
 */
public final class ReminderComposer implements NoticeComposer {

    /** The booking leads from the id to the partition. */
    private static final Sql FIND = Sql.of("""
            select a.client_id, a.service_id, a.staff_id, a.date_time, p.time_zone, a.deleted_at is not null as deleted,
              a.status not in ('SCHEDULED', 'CONFIRMED') as over, a.date_time <= now() as past, not a.reminder_sent as moved
            from staff_bookings b
            join appointments a on a.practice_id = b.practice_id and a.id = b.appointment_id and a.date_time = b.starts_at
            join practices p on p.id = b.practice_id
            where b.practice_id = :practice::uuid and b.appointment_id = :id::uuid""");

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public ReminderComposer(PracticeDatabase database) {
        this.database = database;
    }

    @Override
    public Composition compose(Notice notice, Caller caller) {
        return database.first(caller, FIND.bind().uuid("id", notice.subject()), row -> composition(notice, row))
                .orElseGet(() -> new Composition.Obsolete("there is no such appointment"));
    }

    private static Composition composition(Notice notice, Row row) {
        if (row.bool("deleted")) {
            return new Composition.Obsolete("the appointment was deleted");
        }
        if (row.bool("over")) {
            return new Composition.Obsolete("the appointment was cancelled, or completed");
        }
        if (row.bool("past")) {
            return new Composition.Obsolete("the appointment has begun");
        }
        if (row.bool("moved")) {
            return new Composition.Obsolete("the appointment was moved, and is reminded of anew when that is due");
        }
        return new Composition.Composed(
                null,
                Map.of(
                        "appointmentId", notice.subject(),
                        "clientId", row.uuid("client_id"),
                        "serviceId", row.uuid("service_id"),
                        "staffId", row.uuid("staff_id"),
                        "startsAt", row.instant("date_time"),
                        "timeZone", row.text("time_zone")));
    }
}
