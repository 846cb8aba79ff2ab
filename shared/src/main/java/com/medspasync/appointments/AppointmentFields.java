package com.medspasync.appointments;

import com.medspasync.input.Fields;
import com.medspasync.input.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The fields of an appointment as they are written, each with its rules; a new record and a patch end them differently. */
final class AppointmentFields {

    private static final int MOST_MINUTES = 1440;
    private static final int MAX_NOTES = 8_000;
    private static final int MAX_REASON = 300;
    private static final BigDecimal MAX_PRICE = new BigDecimal("9999999999.99");

    /** There are tables for two years ahead of the present one. */
    private static final Duration MOST_AHEAD = Duration.ofDays(730);

    private static final Duration MOST_PAST = Duration.ofDays(365);

    private final Fields in;
    private final Instant now;

    AppointmentFields(Fields in, Instant now) {
        this.in = in;
        this.now = now;
    }

    Value<UUID> client() {
        return in.uuid("clientId");
    }

    Value<UUID> service() {
        return in.uuid("serviceId");
    }

    Value<UUID> staff() {
        return in.uuid("staffId");
    }

    Value<Instant> dateTime() {
        return in.instant("dateTime")
                .check(time -> time.equals(time.truncatedTo(ChronoUnit.MINUTES)), "format", "must be a whole minute")
                .check(
                        time -> !time.isBefore(now.minus(MOST_PAST)) && !time.isAfter(now.plus(MOST_AHEAD)),
                        "range",
                        "must be within the last year or the next two");
    }

    Value<Integer> duration() {
        return in.integer("duration", 1, MOST_MINUTES);
    }

    Value<BigDecimal> price() {
        return in.amount("price", MAX_PRICE);
    }

    Value<String> notes() {
        return in.lines("notes", MAX_NOTES);
    }

    Value<String> overrideReason() {
        return in.text("overrideReason", MAX_REASON);
    }
}
