package com.medspasync.staff;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works in a practice, as one caller sees them.
 *
 * @param userId with whom they log in
 * @param role what they are in the practice; what they may do is their user's role
 * @param specializations the categories of services that they may give
 * @param workingHours of every week; null for none
 * @param hourlyRate with two decimals; null also where it is withheld
 * @param active whether they can be booked
 * @param withheld the names of the fields that the caller does not see, whether or not they have a value
 */
public record StaffMember(
        UUID id,
        UUID userId,
        PersonName firstName,
        PersonName lastName,
        Role role,
        List<String> specializations,
        @Nullable PhoneNumber phone,
        @Nullable EmailAddress email,
        @Nullable WeekHours workingHours,
        @Nullable BigDecimal hourlyRate,
        boolean active,
        int version,
        Instant createdAt,
        Instant updatedAt,
        List<String> withheld) {

    private static final List<String> RATE = List.of("hourlyRate");

    public StaffMember {
        specializations = List.copyOf(specializations);
        withheld = List.copyOf(withheld);
    }

    /** A new one, seen by whom nothing is withheld from. */
    static StaffMember of(UUID id, StaffDraft draft, Instant now) {
        return new StaffMember(
                id,
                draft.userId(),
                draft.firstName(),
                draft.lastName(),
                draft.role(),
                draft.specializations(),
                draft.phone(),
                draft.email(),
                draft.workingHours(),
                draft.hourlyRate(),
                draft.active(),
                1,
                now,
                now,
                List.of());
    }

    /** The same staff member as {@code caller} sees them: what is earned, only who manages the staff. */
    StaffMember shownTo(Caller caller) {
        return caller.may(Permission.STAFF_WRITE)
                ? this
                : new StaffMember(
                        id,
                        userId,
                        firstName,
                        lastName,
                        role,
                        specializations,
                        phone,
                        email,
                        workingHours,
                        null,
                        active,
                        version,
                        createdAt,
                        updatedAt,
                        RATE);
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "StaffMember[" + id + "]";
    }
}
