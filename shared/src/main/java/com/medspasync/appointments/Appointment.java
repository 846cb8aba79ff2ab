package com.medspasync.appointments;

import com.medspasync.database.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is not stored encrypted of an appointment.
 *
 * @param dateTime when it begins
 * @param duration in minutes
 * @param bufferBefore minutes that the staff member is taken before it
 * @param bufferAfter minutes that the staff member is taken after it
 * @param cancellationReason null unless it is cancelled
 * @param version counts the record's changes from 1
 */
public record Appointment(
        UUID id,
        UUID client,
        UUID service,
        UUID staff,
        Instant dateTime,
        int duration,
        int bufferBefore,
        int bufferAfter,
        AppointmentStatus status,
        @Nullable CancellationReason cancellationReason,
        boolean lateCancellation,
        BigDecimal price,
        PaymentStatus paymentStatus,
        boolean reminderSent,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            id, client_id, service_id, staff_id, date_time, duration, buffer_before, buffer_after, status, cancellation_reason,
              late_cancellation, price, payment_status, reminder_sent, version, created_at, updated_at""";

    /**
     * Common table expressions that find the appointment {@code :id}, deleted or not, in all its columns. From an id it is the booking that leads to the one
     * partition that holds the appointment.
     *
     * @param name of the expression that has it
     */
    static String byId(String name) {
        return """
                booking as materialized (
                  select starts_at from staff_bookings where practice_id = :practice::uuid and appointment_id = :id::uuid),
                %s as materialized (
                  select a.*
                  from booking b
                  join appointments a on a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = b.starts_at)""".formatted(name);
    }

    /** The same of a table that has an alias in the statement. */
    static String columns(String alias) {
        return Arrays.stream(COLUMNS.split(",\\s+", -1))
                .map(column -> alias + "." + column)
                .collect(Collectors.joining(", "));
    }

    static Appointment of(Row row) {
        String reason = row.textOrNull("cancellation_reason");
        return new Appointment(
                row.uuid("id"),
                row.uuid("client_id"),
                row.uuid("service_id"),
                row.uuid("staff_id"),
                row.instant("date_time"),
                row.integer("duration"),
                row.integer("buffer_before"),
                row.integer("buffer_after"),
                AppointmentStatus.valueOf(row.text("status")),
                reason == null ? null : CancellationReason.valueOf(reason),
                row.bool("late_cancellation"),
                row.numeric("price"),
                PaymentStatus.valueOf(row.text("payment_status")),
                row.bool("reminder_sent"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** Names the record and says nothing of whom it is for. */
    @Override
    public String toString() {
        return "Appointment[" + id + ", version " + version + "]";
    }
}
