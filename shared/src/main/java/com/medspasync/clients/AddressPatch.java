package com.medspasync.clients;

import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said about an address: all of it in a new record, any part of it in a merge patch (RFC 7396 merges objects in objects). */
public record AddressPatch(
        Change<String> line1,
        Change<String> line2,
        Change<String> city,
        Change<String> state,
        Change<String> postalCode,
        Change<String> country) {

    /** Where a new address is that names no country. One that is known is never emptied back to this. */
    private static final String US = "US";

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern ZIP_CODE = Pattern.compile("[0-9]{5}(-[0-9]{4})?");
    private static final Pattern STATE_CODE = Pattern.compile("[A-Z]{2}");

    /** Reads the parts, each by itself. */
    public static Parsed<AddressPatch> read(Fields in) {
        Change<String> line1 = ClientFields.unmasked(in.text("line1", 200)).change();
        Change<String> line2 = ClientFields.unmasked(in.text("line2", 200)).change();
        Change<String> city = ClientFields.unmasked(in.text("city", 100)).change();
        Change<String> state = ClientFields.unmasked(in.text("state", 100)).change();
        Change<String> postalCode =
                ClientFields.unmasked(in.text("postalCode", 20)).change();
        Change<String> country = in.text("country", 2)
                .check(COUNTRIES::contains, "choice", "must be a country's two letters in ISO 3166-1, such as US")
                .changeOnly();
        return in.finish(() -> new AddressPatch(line1, line2, city, state, postalCode, country));
    }

    /** The patch that makes any address this one. */
    static AddressPatch to(Address address) {
        return new AddressPatch(
                new Change.Set<>(address.line1()),
                Changes.to(address.line2()),
                new Change.Set<>(address.city()),
                Changes.to(address.state()),
                Changes.to(address.postalCode()),
                new Change.Set<>(address.country()));
    }

    /** Whether what comes of it depends on the address there was. */
    boolean needsBase() {
        return !(line1.isChange()
                && line2.isChange()
                && city.isChange()
                && state.isChange()
                && postalCode.isChange()
                && country.isChange());
    }

    /** The address this makes of {@code base}, or of nothing: a whole one, or what it still lacks. */
    Parsed<Address> onto(@Nullable Address base) {
        String newLine1 = Changes.apply(line1, base == null ? null : base.line1());
        String newCity = Changes.apply(city, base == null ? null : base.city());
        String newState = Changes.apply(state, base == null ? null : base.state());
        String newPostalCode = Changes.apply(postalCode, base == null ? null : base.postalCode());
        String givenCountry = Changes.apply(country, base == null ? null : base.country());
        String newCountry = givenCountry == null ? US : givenCountry;
        List<Violation> violations = new ArrayList<>();
        if (newLine1 == null) {
            violations.add(new Violation("/line1", "required", "must be given"));
        }
        if (newCity == null) {
            violations.add(new Violation("/city", "required", "must be given"));
        }
        if (newCountry.equals(US)) {
            checkUs(newState, newPostalCode, violations);
        }
        if (newLine1 == null || newCity == null || !violations.isEmpty()) {
            return new Parsed.Invalid<>(violations);
        }
        String newLine2 = Changes.apply(line2, base == null ? null : base.line2());
        return Parsed.valid(new Address(newLine1, newLine2, newCity, newState, newPostalCode, newCountry));
    }

    private static void checkUs(@Nullable String state, @Nullable String postalCode, List<Violation> violations) {
        if (state != null && !STATE_CODE.matcher(state).matches()) {
            violations.add(new Violation("/state", "format", "must be a state's two capital letters, such as NY"));
        }
        if (postalCode != null && !ZIP_CODE.matcher(postalCode).matches()) {
            violations.add(new Violation("/postalCode", "format", "must be a ZIP code such as 10001 or 10001-1234"));
        }
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "AddressPatch[hidden]";
    }
}
