package com.medspasync.clients;

import com.medspasync.masking.Masks;
import org.jspecify.annotations.Nullable;

/**
 * An address as a caller sees it. Masked, its first line is {@code 123 *** St} and the rest {@code ***}, apart from the country: that one
 * alone is no part of where in a country somebody lives.
 */
public record AddressView(
        String line1,
        @Nullable String line2,
        String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country) {

    static AddressView of(Address address) {
        return new AddressView(
                address.line1(),
                address.line2(),
                address.city(),
                address.state(),
                address.postalCode(),
                address.country());
    }

    static AddressView masked(Address address) {
        return new AddressView(
                Masks.addressLine(address.line1()),
                hidden(address.line2()),
                Masks.HIDDEN,
                hidden(address.state()),
                hidden(address.postalCode()),
                address.country());
    }

    private static @Nullable String hidden(@Nullable String text) {
        return text == null ? null : Masks.HIDDEN;
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "AddressView[hidden]";
    }
}
