package com.medspasync.practices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.Row;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A practice as the table has it, its numbers encrypted. */
@SuppressWarnings("ArrayRecordComponent") // opened at once, never compared
record PracticeRow(
        PracticeId id,
        String name,
        @Nullable String address,
        @Nullable String phone,
        @Nullable String email,
        byte @Nullable [] taxId,
        byte @Nullable [] licenseNumber,
        String timeZone,
        @Nullable String openingHours,
        int slotMinutes,
        int lateCancellationHours,
        @Nullable Integer reminderHours,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            "id, name, address, phone, email, tax_id, license_number, time_zone, opening_hours, slot_minutes, late_cancellation_hours, reminder_hours, version, created_at, updated_at";

    private static final JsonMapper JSON = new JsonMapper();

    /** Which fields only administrators of the practice see. */
    private static final List<String> NUMBERS = List.of("taxId", "licenseNumber");

    /** Reads {@link #COLUMNS}. */
    static PracticeRow of(Row row) {
        return new PracticeRow(
                new PracticeId(row.uuid("id")),
                row.text("name"),
                row.textOrNull("address"),
                row.textOrNull("phone"),
                row.textOrNull("email"),
                row.bytesOrNull("tax_id"),
                row.bytesOrNull("license_number"),
                row.text("time_zone"),
                row.jsonOrNull("opening_hours"),
                row.integer("slot_minutes"),
                row.integer("late_cancellation_hours"),
                row.integerOrNull("reminder_hours"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** The practice with its numbers. */
    Practice opened(PracticeNumbers numbers) {
        return shown(
                numbers.opened(id, PracticeNumbers.TAX_ID, taxId),
                numbers.opened(id, PracticeNumbers.LICENSE_NUMBER, licenseNumber),
                List.of());
    }

    /** The practice without its numbers, which are not opened. */
    Practice withoutNumbers() {
        return shown(null, null, NUMBERS);
    }

    private Practice shown(@Nullable String taxNumber, @Nullable String license, List<String> withheld) {
        return new Practice(
                id,
                name,
                address,
                phone == null ? null : new PhoneNumber(phone),
                email == null ? null : new EmailAddress(email),
                taxNumber,
                license,
                ZoneId.of(timeZone),
                openingHours == null ? null : hours(openingHours),
                slotMinutes,
                lateCancellationHours,
                reminderHours,
                version,
                createdAt,
                updatedAt,
                withheld);
    }

    private static WeekHours hours(String json) {
        try {
            return WeekHours.of(JSON.readTree(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb is always JSON");
        }
    }
}
