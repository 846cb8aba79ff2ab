package com.medspasync.appointments;

import com.medspasync.input.Violation;
import java.util.List;

/** What became of booking an appointment. */
public sealed interface Booking {

    /** It is booked. */
    record Booked(AppointmentView appointment) implements Booking {}

    /** The same request had booked it before: the appointment as it was then. */
    record Replayed(AppointmentView appointment) implements Booking {}

    /** Its idempotency key came with another request before. Nothing was booked. */
    record Mismatch() implements Booking {}

    /** The same request is still running elsewhere, for longer than one waits. Whether it succeeds is not known yet. */
    record InProgress() implements Booking {}

    /** The staff member is taken. Nothing was booked. */
    record Taken(Clash clash) implements Booking {}

    /** The practice's own records and rules do not let it be. Nothing was booked. */
    record Refused(List<Violation> violations) implements Booking {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
