package com.medspasync.functions.http;

import com.medspasync.appointments.Appointment;
import com.medspasync.appointments.AppointmentStatus;
import com.medspasync.appointments.AppointmentView;
import com.medspasync.appointments.CancellationReason;
import com.medspasync.appointments.Expanded;
import com.medspasync.appointments.PaymentStatus;
import com.medspasync.clients.ClientSummaryView;
import com.medspasync.functions.http.kernel.EntityTags;
import com.medspasync.masking.ClientField;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as the API shows it to one caller (schema {@code Appointment} of the contract). What is null is left out.
 *
 * @param endsAt when the client leaves; the buffers lie outside
 * @param withheld the names of the fields that the caller does not see; null when there are none
 * @param etag to change the appointment by; null where a header has it
 */
record AppointmentBody(
        UUID id,
        UUID clientId,
        UUID serviceId,
        UUID staffId,
        Instant dateTime,
        Instant endsAt,
        int duration,
        int bufferBefore,
        int bufferAfter,
        AppointmentStatus status,
        @Nullable CancellationReason cancellationReason,
        @Nullable Boolean lateCancellation,
        BigDecimal price,
        PaymentStatus paymentStatus,
        boolean reminderSent,
        @Nullable String notes,
        @Nullable List<String> withheld,
        @Nullable Client client,
        Expanded.@Nullable Service service,
        Expanded.@Nullable Staff staff,
        @Nullable String etag,
        Instant createdAt,
        Instant updatedAt) {

    /** What is shown of the client beside the appointment. */
    record Client(
            UUID id,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone) {

        static @Nullable Client of(@Nullable ClientSummaryView client) {
            return client == null
                    ? null
                    : new Client(client.id(), client.firstName(), client.lastName(), client.email(), client.phone());
        }

        /** Names the record and says nothing of the person. */
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    static AppointmentBody of(AppointmentView view, @Nullable String etag) {
        Appointment appointment = view.appointment();
        boolean cancelled = appointment.status() == AppointmentStatus.CANCELLED;
        return new AppointmentBody(
                appointment.id(),
                appointment.client(),
                appointment.service(),
                appointment.staff(),
                appointment.dateTime(),
                appointment.dateTime().plus(Duration.ofMinutes(appointment.duration())),
                appointment.duration(),
                appointment.bufferBefore(),
                appointment.bufferAfter(),
                appointment.status(),
                appointment.cancellationReason(),
                cancelled ? appointment.lateCancellation() : null,
                appointment.price(),
                appointment.paymentStatus(),
                appointment.reminderSent(),
                view.notes(),
                view.withheld().isEmpty()
                        ? null
                        : view.withheld().stream().map(ClientField::text).toList(),
                Client.of(view.expanded().client()),
                view.expanded().service(),
                view.expanded().staff(),
                etag,
                appointment.createdAt(),
                appointment.updatedAt());
    }

    /** In a place that no header tags. */
    static AppointmentBody tagged(AppointmentView view) {
        return of(view, EntityTags.of(view.appointment().version()));
    }

    /** Names the record and says nothing of whom it is for. */
    @Override
    public String toString() {
        return "AppointmentBody[" + id + "]";
    }
}
