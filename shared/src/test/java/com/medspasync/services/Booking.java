package com.medspasync.services;

import com.medspasync.clients.Platform;
import com.medspasync.tenant.PracticeId;
import java.util.UUID;

/** Appointments that are in the database, however they got there. */
public final class Booking {

    private Booking() {}

    /** A user of {@code practice} who has no staff record. */
    public static UUID user(Platform platform, PracticeId practice) {
        UUID user = UUID.randomUUID();
        platform.execute("""
                insert into users (practice_id, id, email, email_search, role) values ('%1$s', '%2$s', '%2$s@x.example', '%2$s@x.example', 'STAFF')""".formatted(practice, user));
        return user;
    }

    /** A staff member of {@code practice} with a user of their own. */
    public static UUID staff(Platform platform, PracticeId practice) {
        UUID staff = UUID.randomUUID();
        platform.execute("""
                insert into staff (practice_id, id, user_id, first_name, last_name, role)
                values ('%s', '%s', '%s', 'Ada', 'Byron', 'PRACTITIONER')""".formatted(practice, staff, user(platform, practice)));
        return staff;
    }

    /** Has a client booked for an hour, {@code hours} from now. */
    public static void of(
            Platform platform, PracticeId practice, UUID service, UUID staff, int hours, boolean blocking) {
        UUID client = UUID.randomUUID();
        UUID appointment = UUID.randomUUID();
        platform.execute(
                """
                insert into clients (practice_id, id, first_name, last_name, email, first_name_search, last_name_search, email_search)
                values ('%1$s', '%2$s', 'Ann', 'Lee', '%2$s@c.example', 'ann', 'lee', '%2$s@c.example')""".formatted(practice, client),
                """
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
                values ('%s', '%s', '%s', '%s', '%s', date_trunc('hour', now()) + interval '%d hours', 60, 99.90)""".formatted(practice, appointment, client, service, staff, hours),
                """
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
                select practice_id, id, staff_id, date_time, tstzrange(date_time, date_time + interval '1 hour'), %s
                from appointments where practice_id = '%s' and id = '%s'""".formatted(blocking, practice, appointment));
    }
}
