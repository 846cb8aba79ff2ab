package com.medspasync.appointments;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment that is to be booked.
 *
 * @param dateTime when it begins, to the minute
 * @param duration in minutes; null for the service's
 * @param price null for the service's
 * @param overrideReason why it is booked although the staff member does not offer the service, or does not work then; null when no rule is to
 *     be broken
 */
public record AppointmentDraft(
        UUID client,
        UUID service,
        UUID staff,
        Instant dateTime,
        @Nullable Integer duration,
        @Nullable BigDecimal price,
        @Nullable String notes,
        @Nullable String overrideReason) {

    /**
     * Reads a body, and finds everything that is wrong with it.
     *
     * @param now which times are far from
     */
    public static Parsed<AppointmentDraft> read(Fields in, Instant now) {
        AppointmentFields fields = new AppointmentFields(in, now);
        Given<UUID> client = fields.client().required();
        Given<UUID> service = fields.service().required();
        Given<UUID> staff = fields.staff().required();
        Given<Instant> dateTime = fields.dateTime().required();
        Integer duration = fields.duration().optional();
        BigDecimal price = fields.price().optional();
        String notes = fields.notes().optional();
        String overrideReason = fields.overrideReason().optional();
        return in.finish(() -> new AppointmentDraft(
                client.value(),
                service.value(),
                staff.value(),
                dateTime.value(),
                duration,
                price,
                notes,
                overrideReason));
    }

    /** Hides what it is about. */
    @Override
    public String toString() {
        return "AppointmentDraft[hidden]";
    }
}
