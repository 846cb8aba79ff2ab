package com.medspasync.appointments;

import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of an appointment: a merge patch (RFC 7396). Null stays as it is, but for {@code cancellationReason}, which is there exactly
 * if it is to be cancelled.
 *
 * @param service where it is another one: duration, price and buffers become that service's, unless they are given
 * @param overrideReason as in {@link AppointmentDraft}
 */
public record AppointmentPatch(
        @Nullable UUID service,
        @Nullable UUID staff,
        @Nullable Instant dateTime,
        @Nullable Integer duration,
        @Nullable BigDecimal price,
        @Nullable AppointmentStatus status,
        @Nullable CancellationReason cancellationReason,
        @Nullable PaymentStatus paymentStatus,
        Change<String> notes,
        @Nullable String overrideReason) {

    /**
     * Reads a body, and finds everything that is wrong with it.
     *
     * @param now which times are far from
     */
    public static Parsed<AppointmentPatch> read(Fields in, Instant now) {
        AppointmentFields fields = new AppointmentFields(in, now);
        UUID service = fields.service().changeOnly().valueOrNull();
        UUID staff = fields.staff().changeOnly().valueOrNull();
        Instant dateTime = fields.dateTime().changeOnly().valueOrNull();
        Integer duration = fields.duration().changeOnly().valueOrNull();
        BigDecimal price = fields.price().changeOnly().valueOrNull();
        AppointmentStatus status =
                in.choice("status", AppointmentStatus.class).changeOnly().valueOrNull();
        CancellationReason reason =
                in.choice("cancellationReason", CancellationReason.class).optional();
        PaymentStatus payment =
                in.choice("paymentStatus", PaymentStatus.class).changeOnly().valueOrNull();
        Change<String> notes = fields.notes().change();
        String overrideReason = fields.overrideReason().optional();
        if (status == AppointmentStatus.CANCELLED && !in.isGiven("cancellationReason")) {
            in.reject("cancellationReason", "required", "must be given with the status CANCELLED");
        }
        boolean read = status != null || !in.isGiven("status");
        if (read && status != AppointmentStatus.CANCELLED && in.isGiven("cancellationReason")) {
            in.reject("cancellationReason", "unexpected", "goes with the status CANCELLED alone");
        }
        return in.finish(() -> new AppointmentPatch(
                service, staff, dateTime, duration, price, status, reason, payment, notes, overrideReason));
    }

    /** Hides what it is about. */
    @Override
    public String toString() {
        return "AppointmentPatch[hidden]";
    }
}
