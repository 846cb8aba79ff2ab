package com.medspasync.availability;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which free times are asked for.
 *
 * @param staff whose; null for those of everybody who gives the service
 * @param from the first day, in the practice's time zone
 * @param to the last day, at most {@link #MOST_DAYS} with the first
 */
public record AvailabilityRequest(UUID service, @Nullable UUID staff, LocalDate from, LocalDate to) {

    /** How many days may be asked for at once. */
    public static final int MOST_DAYS = 31;

    /** @throws IllegalArgumentException when there are no days, or too many */
    public AvailabilityRequest {
        if (days(from, to) < 1 || days(from, to) > MOST_DAYS) {
            throw new IllegalArgumentException("not 1 to " + MOST_DAYS + " days");
        }
    }

    /** Reads the parameters {@code serviceId}, {@code staffId}, {@code from} and {@code to}. */
    public static Parsed<AvailabilityRequest> read(Fields in) {
        Given<UUID> service = in.uuid("serviceId").required();
        UUID staff = in.uuid("staffId").optional();
        Given<LocalDate> from = in.date("from").required();
        Given<LocalDate> to = in.date("to").required();
        from.ifValid(first -> to.ifValid(last -> {
            if (last.isBefore(first)) {
                in.reject("to", "range", "must not be before from");
            } else if (days(first, last) > MOST_DAYS) {
                in.reject("to", "range", "must be at most " + (MOST_DAYS - 1) + " days after from");
            }
        }));
        return in.finish(() -> new AvailabilityRequest(service.value(), staff, from.value(), to.value()));
    }

    private static long days(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }
}
