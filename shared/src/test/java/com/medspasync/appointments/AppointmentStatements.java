package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static com.medspasync.database.DatabaseRole.APP;

import com.medspasync.clients.Platform;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.idempotency.IdempotencyKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of appointments, but for those of rotations. */
final class AppointmentStatements implements StatementExercise {

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(APP));
        }
        boolean even = round % 2 == 0;
        Salon salon = new Salon(platform);
        Appointments appointments = salon.appointments();
        AppointmentDraft draft = withNotes(salon.draft(at(3, "10:00")), "Noted");
        UUID id = booked(appointments.book(salon.admin(), draft, null))
                .appointment()
                .id();
        appointments.book(salon.admin(), salon.draft(at(3, "04:00")), null);
        appointments.book(
                salon.admin(), salon.draft(at(3, "12:00")), IdempotencyKey.of("key", "POST /appointments", "{}"));
        appointments.findById(salon.admin(), id, even ? Set.of() : Set.of(Related.CLIENT, Related.STAFF));
        changed(appointments.change(
                salon.admin(),
                id,
                1,
                patch(even ? "{\"notes\": \"Anew\"}" : "{\"notes\": \"Anew\", \"status\": \"CONFIRMED\"}")));
        appointments.delete(salon.admin(), id, 2);
        appointments.restore(salon.admin(), id);
        appointments.history(salon.admin(), id, 1 + round, null);
        platform.clients().findById(salon.admin(), salon.client(), ClientAppointments.ALONGSIDE);
        for (AppointmentList.Lead lead : AppointmentList.Lead.values()) {
            appointments.findAll(salon.admin(), filter(salon, lead, even, true));
            appointments.findAll(salon.admin(), filter(salon, lead, even, false));
        }
    }

    private static AppointmentFilter filter(
            Salon salon, AppointmentList.Lead lead, boolean byDay, boolean latestFirst) {
        return new AppointmentFilter(
                byDay ? LocalDate.of(2027, 1, 15) : null,
                byDay ? null : Instant.parse("2026-01-01T00:00:00Z"),
                null,
                lead == AppointmentList.Lead.CLIENT ? salon.client() : null,
                lead == AppointmentList.Lead.STAFF ? salon.anna() : null,
                lead == AppointmentList.Lead.SERVICE ? salon.facial() : null,
                lead == AppointmentList.Lead.STATUS ? AppointmentStatus.SCHEDULED : null,
                lead == AppointmentList.Lead.PAYMENT ? PaymentStatus.PENDING : null,
                byDay ? Set.of() : Set.of(Related.CLIENT, Related.SERVICE, Related.STAFF),
                latestFirst,
                10,
                null);
    }
}
