package com.medspasync.staff;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a staff member; null keeps what cannot be empty. The components are those of {@link StaffMember}; whose login it
 * is stays.
 */
public record StaffPatch(
        @Nullable PersonName firstName,
        @Nullable PersonName lastName,
        @Nullable Role role,
        @Nullable List<String> specializations,
        Change<PhoneNumber> phone,
        Change<EmailAddress> email,
        Change<WeekHours> workingHours,
        Change<BigDecimal> hourlyRate,
        @Nullable Boolean active) {

    public StaffPatch {
        specializations = specializations == null ? null : List.copyOf(specializations);
    }

    /** Reads a merge patch, in which the hours are one value: what is given replaces the whole week. */
    public static Parsed<StaffPatch> read(Fields in) {
        PersonName firstName = StaffDraft.name(in, "firstName").changeOnly().valueOrNull();
        PersonName lastName = StaffDraft.name(in, "lastName").changeOnly().valueOrNull();
        Role role = StaffDraft.role(in).changeOnly().valueOrNull();
        List<String> specializations =
                StaffDraft.specializations(in).changeOnly().valueOrNull();
        Change<PhoneNumber> phone = StaffDraft.phone(in).change();
        Change<EmailAddress> email = StaffDraft.email(in).change();
        Change<WeekHours> workingHours =
                in.object("workingHours", WeekHours::read).change();
        Change<BigDecimal> hourlyRate =
                in.amount("hourlyRate", StaffDraft.MAX_RATE).change();
        Boolean active = in.flag("active").changeOnly().valueOrNull();
        return in.finish(() -> new StaffPatch(
                firstName, lastName, role, specializations, phone, email, workingHours, hourlyRate, active));
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "StaffPatch[]";
    }
}
