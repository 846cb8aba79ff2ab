package com.medspasync.clients;

import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said about an emergency contact: all of it in a new record, any part of it in a merge patch. */
public record EmergencyContactPatch(Change<String> name, Change<String> relationship, Change<PhoneNumber> phone) {

    /** Reads the parts, each by itself. */
    public static Parsed<EmergencyContactPatch> read(Fields in) {
        Change<String> name = ClientFields.unmasked(in.text("name", 200)).change();
        Change<String> relationship =
                ClientFields.unmasked(in.text("relationship", 100)).change();
        Change<PhoneNumber> phone = ClientFields.unmasked(in.text("phone", PhoneNumber.MAX_LENGTH))
                .then(PhoneNumber::parse)
                .change();
        return in.finish(() -> new EmergencyContactPatch(name, relationship, phone));
    }

    /** The patch that makes any contact this one. */
    static EmergencyContactPatch to(EmergencyContact contact) {
        return new EmergencyContactPatch(
                new Change.Set<>(contact.name()),
                Changes.to(contact.relationship()),
                new Change.Set<>(contact.phone()));
    }

    /** Whether what comes of it depends on the contact there was. */
    boolean needsBase() {
        return !(name.isChange() && relationship.isChange() && phone.isChange());
    }

    /** The contact this makes of {@code base}, or of nothing: a whole one, or what it still lacks. */
    Parsed<EmergencyContact> onto(@Nullable EmergencyContact base) {
        String newName = Changes.apply(name, base == null ? null : base.name());
        PhoneNumber newPhone = Changes.apply(phone, base == null ? null : base.phone());
        if (newName != null && newPhone != null) {
            String newRelationship = Changes.apply(relationship, base == null ? null : base.relationship());
            return Parsed.valid(new EmergencyContact(newName, newRelationship, newPhone));
        }
        List<Violation> violations = new ArrayList<>();
        if (newName == null) {
            violations.add(new Violation("/name", "required", "must be given"));
        }
        if (newPhone == null) {
            violations.add(new Violation("/phone", "required", "must be given"));
        }
        return new Parsed.Invalid<>(violations);
    }

    /** Hides the contact. */
    @Override
    public String toString() {
        return "EmergencyContactPatch[hidden]";
    }
}
