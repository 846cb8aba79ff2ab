package com.medspasync.appointments;

import com.medspasync.masking.ClientField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An appointment as one caller sees it.
 *
 * @param notes null when there are none, or when they are withheld
 * @param withheld which fields the caller does not see, whether or not the appointment has them
 * @param expanded the records that were asked for with it
 */
public record AppointmentView(
        Appointment appointment, @Nullable String notes, List<ClientField> withheld, Expanded expanded) {

    public AppointmentView {
        withheld = List.copyOf(withheld);
    }

    /** Names the record and says nothing of whom it is for. */
    @Override
    public String toString() {
        return appointment.toString();
    }
}
