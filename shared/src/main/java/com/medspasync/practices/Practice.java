package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A practice, as one caller sees it.
 *
 * @param timeZone in which its days begin and end
 * @param openingHours null where it is always open
 * @param slotMinutes between the times at which an appointment may begin, counted from the beginning of working time
 * @param lateCancellationHours a client who cancels later than that before the appointment cancels late
 * @param reminderHours how long before an appointment its reminder is due; null for none
 * @param taxId null also where it is withheld, as is the next
 * @param withheld the names of the fields that the caller does not see, whether or not they have a value
 */
public record Practice(
        PracticeId id,
        String name,
        @Nullable String address,
        @Nullable PhoneNumber phone,
        @Nullable EmailAddress email,
        @Nullable String taxId,
        @Nullable String licenseNumber,
        ZoneId timeZone,
        @Nullable WeekHours openingHours,
        int slotMinutes,
        int lateCancellationHours,
        @Nullable Integer reminderHours,
        int version,
        Instant createdAt,
        Instant updatedAt,
        List<String> withheld) {

    public Practice {
        withheld = List.copyOf(withheld);
    }

    /** Names the practice and hides its numbers. */
    @Override
    public String toString() {
        return "Practice[" + id + "]";
    }
}
