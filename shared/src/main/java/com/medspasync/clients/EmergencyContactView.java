package com.medspasync.clients;

import com.medspasync.masking.Masks;
import org.jspecify.annotations.Nullable;

/**
 * An emergency contact as a caller sees it. Masked, the name is {@code ***}, and so is the relationship, which practices write what they
 * like into; of the phone number the end is left.
 */
public record EmergencyContactView(String name, @Nullable String relationship, String phone) {

    static EmergencyContactView of(EmergencyContact contact) {
        return new EmergencyContactView(
                contact.name(), contact.relationship(), contact.phone().e164());
    }

    static EmergencyContactView masked(EmergencyContact contact) {
        return new EmergencyContactView(
                Masks.HIDDEN,
                contact.relationship() == null ? null : Masks.HIDDEN,
                Masks.phone(contact.phone().e164()));
    }

    /** Hides the contact. */
    @Override
    public String toString() {
        return "EmergencyContactView[hidden]";
    }
}
