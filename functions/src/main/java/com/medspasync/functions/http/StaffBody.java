package com.medspasync.functions.http;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.schedule.WeekHours;
import com.medspasync.staff.StaffMember;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A staff member as the API shows them (schema {@code StaffMember} of the contract). What is null is left out.
 *
 * @param withheld the names of the fields that the caller does not see; null when there are none
 * @param etag in lists, where there is no header for it
 */
record StaffBody(
        UUID id,
        UUID userId,
        String firstName,
        String lastName,
        Role role,
        List<String> specializations,
        @Nullable String phone,
        @Nullable String email,
        @Nullable Map<String, List<Map<String, String>>> workingHours,
        @Nullable BigDecimal hourlyRate,
        boolean active,
        Instant createdAt,
        Instant updatedAt,
        @Nullable List<String> withheld,
        @Nullable String etag) {

    static StaffBody of(StaffMember member, @Nullable String etag) {
        PhoneNumber phone = member.phone();
        EmailAddress email = member.email();
        WeekHours hours = member.workingHours();
        return new StaffBody(
                member.id(),
                member.userId(),
                member.firstName().value(),
                member.lastName().value(),
                member.role(),
                member.specializations(),
                phone == null ? null : phone.e164(),
                email == null ? null : email.value(),
                hours == null ? null : hours.json(),
                member.hourlyRate(),
                member.active(),
                member.createdAt(),
                member.updatedAt(),
                member.withheld().isEmpty() ? null : member.withheld(),
                etag);
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "StaffBody[" + id + "]";
    }
}
