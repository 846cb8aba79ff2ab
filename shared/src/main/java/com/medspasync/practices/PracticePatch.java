package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.schedule.WeekHours;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What is to become of a practice; null keeps what cannot be empty. The components are those of {@link Practice}. */
public record PracticePatch(
        @Nullable String name,
        Change<String> address,
        Change<PhoneNumber> phone,
        Change<EmailAddress> email,
        Change<String> taxId,
        Change<String> licenseNumber,
        @Nullable ZoneId timeZone,
        Change<WeekHours> openingHours,
        @Nullable Integer slotMinutes,
        @Nullable Integer lateCancellationHours,
        Change<Integer> reminderHours) {

    /** Reads a merge patch, in which the hours are one value: what is given replaces the whole week. */
    public static Parsed<PracticePatch> read(Fields in) {
        String name = PracticeFields.name(in).changeOnly().valueOrNull();
        Change<String> address = PracticeFields.address(in).change();
        Change<PhoneNumber> phone = PracticeFields.phone(in).change();
        Change<EmailAddress> email = PracticeFields.email(in).change();
        Change<String> taxId = PracticeFields.taxId(in).change();
        Change<String> licenseNumber = PracticeFields.licenseNumber(in).change();
        ZoneId timeZone = PracticeFields.timeZone(in).changeOnly().valueOrNull();
        Change<WeekHours> openingHours =
                in.object("openingHours", WeekHours::read).change();
        Integer slotMinutes = in.integer("slotMinutes", 5, 120).changeOnly().valueOrNull();
        Integer lateHours =
                in.integer("lateCancellationHours", 0, 168).changeOnly().valueOrNull();
        Change<Integer> reminderHours = in.integer("reminderHours", 1, 168).change();
        return in.finish(() -> new PracticePatch(
                name,
                address,
                phone,
                email,
                taxId,
                licenseNumber,
                timeZone,
                openingHours,
                slotMinutes,
                lateHours,
                reminderHours));
    }

    /** Whether it encrypts. */
    boolean encrypts() {
        return taxId instanceof Change.Set || licenseNumber instanceof Change.Set;
    }

    /** Hides the numbers. */
    @Override
    public String toString() {
        return "PracticePatch[]";
    }
}
