package com.medspasync.availability;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A practice that gives one service, and who works in it; written by plain SQL. */
final class Diary {

    static final String CATEGORY = "Injectables";

    private final EmbeddedDatabase database;
    final PracticeId practice = new PracticeId(UUID.randomUUID());
    final UUID service = UUID.randomUUID();
    final Caller caller = Caller.platform(practice, new Origin(null, null, UUID.randomUUID()));

    /**
     * @param openingHours by day of the week; null for always open
     * @param slotMinutes from one slot to the next
     */
    Diary(EmbeddedDatabase database, String zone, @Nullable String openingHours, int slotMinutes) {
        this.database = database;
        execute(
                "insert into practices (id, name, time_zone, opening_hours, slot_minutes) values ('%s', 'Glow', '%s', %s, %d)"
                        .formatted(practice, zone, literal(openingHours), slotMinutes));
    }

    /** The same hours on every day of the week. */
    static String daily(String hours) {
        return "{\"monday\":%1$s,\"tuesday\":%1$s,\"wednesday\":%1$s,\"thursday\":%1$s,\"friday\":%1$s,\"saturday\":%1$s,\"sunday\":%1$s}"
                .formatted(hours);
    }

    /** Hours such as {@code 09:00-12:00 13:00-17:00}. */
    static String hours(String parts) {
        return parts.isEmpty()
                ? "[]"
                : "[{\"from\":\"" + parts.replace("-", "\",\"to\":\"").replace(" ", "\"},{\"from\":\"") + "\"}]";
    }

    /** Gives the service, which takes so many minutes. */
    void service(int before, int duration, int after) {
        execute("""
                insert into services (practice_id, id, name, category, duration, buffer_before, buffer_after, price)
                values ('%s', '%s', 'Botox', '%s', %d, %d, %d, 300)""".formatted(practice, service, CATEGORY, duration, before, after));
    }

    /** Somebody who gives the service. */
    UUID staff(@Nullable String workingHours) {
        return staff(workingHours, CATEGORY);
    }

    UUID staff(@Nullable String workingHours, String specialization) {
        UUID user = UUID.randomUUID();
        UUID staff = UUID.randomUUID();
        execute(
                "insert into users (practice_id, id, email, email_search) values ('%1$s', '%2$s', '%2$s@example.com', '%2$s@example.com')"
                        .formatted(practice, user),
                """
                insert into staff (practice_id, id, user_id, first_name, last_name, role, specializations, working_hours)
                values ('%s', '%s', '%s', 'Grace', 'Lim', 'PRACTITIONER', '{Facials,%s}', %s)""".formatted(practice, staff, user, specialization, literal(workingHours)));
        return staff;
    }

    /** Other hours than the week's, of a staff member or, where that is null, of the practice. */
    void exception(@Nullable UUID staff, String first, String last, String hours) {
        execute("""
                insert into schedule_exceptions (practice_id, id, staff_id, first_day, last_day, hours)
                values ('%s', gen_random_uuid(), %s, '%s', '%s', '%s')""".formatted(practice, literal(staff == null ? null : staff.toString()), first, last, hours(hours)));
    }

    /** Keeps somebody occupied, buffers included; the appointment begins after {@code before} minutes of it. */
    void booking(UUID staff, Instant from, Instant to, int before, boolean blocking) {
        execute("""
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
                values ('%s', gen_random_uuid(), '%s', '%s', tstzrange('%s', '%s'), %s)
                on conflict do nothing""".formatted(practice, staff, from.plus(Duration.ofMinutes(before)), from, to, blocking));
    }

    void booking(UUID staff, String from, String to) {
        booking(staff, Instant.parse(from), Instant.parse(to), 0, true);
    }

    void execute(String... statements) {
        database.execute(statements);
    }

    private static String literal(@Nullable String text) {
        return text == null ? "null" : "'" + text + "'";
    }
}
