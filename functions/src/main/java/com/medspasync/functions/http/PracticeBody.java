package com.medspasync.functions.http;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.practices.Practice;
import com.medspasync.schedule.WeekHours;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A practice as the API shows it (schema {@code Practice} of the contract). What is null is left out.
 *
 * @param withheld the names of the fields that the caller does not see; null when there are none
 */
record PracticeBody(
        UUID id,
        String name,
        @Nullable String address,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String taxId,
        @Nullable String licenseNumber,
        String timeZone,
        @Nullable Map<String, List<Map<String, String>>> openingHours,
        int slotMinutes,
        int lateCancellationHours,
        @Nullable Integer reminderHours,
        Instant createdAt,
        Instant updatedAt,
        @Nullable List<String> withheld) {

    /** @param etag in the header alone: a practice's record stands in no list */
    static PracticeBody of(Practice practice, @Nullable String etag) {
        PhoneNumber phone = practice.phone();
        EmailAddress email = practice.email();
        WeekHours hours = practice.openingHours();
        return new PracticeBody(
                practice.id().value(),
                practice.name(),
                practice.address(),
                phone == null ? null : phone.e164(),
                email == null ? null : email.value(),
                practice.taxId(),
                practice.licenseNumber(),
                practice.timeZone().getId(),
                hours == null ? null : hours.json(),
                practice.slotMinutes(),
                practice.lateCancellationHours(),
                practice.reminderHours(),
                practice.createdAt(),
                practice.updatedAt(),
                practice.withheld().isEmpty() ? null : practice.withheld());
    }

    /** Names the practice and hides its numbers. */
    @Override
    public String toString() {
        return "PracticeBody[" + id + "]";
    }
}
