package com.medspasync.staff;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.input.Value;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A staff member who is to be; the components are those of {@link StaffMember}. */
public record StaffDraft(
        UUID userId,
        PersonName firstName,
        PersonName lastName,
        Role role,
        List<String> specializations,
        @Nullable PhoneNumber phone,
        @Nullable EmailAddress email,
        @Nullable WeekHours workingHours,
        @Nullable BigDecimal hourlyRate,
        boolean active) {

    /** How many categories one may be given for. */
    public static final int MOST_SPECIALIZATIONS = 50;

    /** Of a category, in Unicode code points. */
    public static final int MAX_CATEGORY = 100;

    /** The highest rate. */
    public static final BigDecimal MAX_RATE = new BigDecimal("9999.99");

    public StaffDraft {
        specializations = List.copyOf(specializations);
    }

    /** Reads one from the body of a request. */
    public static Parsed<StaffDraft> read(Fields in) {
        Given<UUID> userId = in.uuid("userId").required();
        Given<PersonName> firstName = name(in, "firstName").required();
        Given<PersonName> lastName = name(in, "lastName").required();
        Given<Role> role = role(in).required();
        List<String> specializations = specializations(in).or(List.of());
        PhoneNumber phone = phone(in).optional();
        EmailAddress email = email(in).optional();
        WeekHours workingHours = in.object("workingHours", WeekHours::read).optional();
        BigDecimal hourlyRate = in.amount("hourlyRate", MAX_RATE).optional();
        boolean active = in.flag("active").or(true);
        return in.finish(() -> new StaffDraft(
                userId.value(),
                firstName.value(),
                lastName.value(),
                role.value(),
                specializations,
                phone,
                email,
                workingHours,
                hourlyRate,
                active));
    }

    static Value<PersonName> name(Fields in, String field) {
        return in.text(field, PersonName.MAX_LENGTH).then(PersonName::parse);
    }

    static Value<Role> role(Fields in) {
        return in.choice("role", Role.class)
                .check(role -> role != Role.OPERATOR, "choice", "must be one of ADMIN, MANAGER, PRACTITIONER, STAFF");
    }

    static Value<List<String>> specializations(Fields in) {
        return in.texts("specializations", MOST_SPECIALIZATIONS, MAX_CATEGORY);
    }

    static Value<PhoneNumber> phone(Fields in) {
        return in.text("phone", PhoneNumber.MAX_LENGTH).then(PhoneNumber::parse);
    }

    static Value<EmailAddress> email(Fields in) {
        return in.text("email", EmailAddress.MAX_LENGTH).then(EmailAddress::parse);
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "StaffDraft[" + userId + "]";
    }
}
