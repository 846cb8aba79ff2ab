package com.medspasync.appointments;

import com.medspasync.input.Violation;
import java.util.List;

/** What became of changing or restoring an appointment. */
public sealed interface AppointmentChange {

    /** It is done, or was so before: the appointment as it is now. */
    record Changed(AppointmentView appointment) implements AppointmentChange {}

    /** Somebody else changed it first. */
    record Stale() implements AppointmentChange {}

    /** The practice has no such appointment and had none. */
    record Missing() implements AppointmentChange {}

    /** It is deleted; it may be restored. */
    record Gone() implements AppointmentChange {}

    /** The staff member is taken then. Nothing was changed. */
    record Taken(Clash clash) implements AppointmentChange {}

    /** The practice's own records and rules do not let it be. Nothing was changed. */
    record Refused(List<Violation> violations) implements AppointmentChange {
        public Refused {
            violations = List.copyOf(violations);
        }
    }

    /** Others may do that, and the caller may not. Nothing was changed. */
    record Forbidden(String detail) implements AppointmentChange {}
}
