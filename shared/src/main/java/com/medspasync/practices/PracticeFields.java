package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Value;
import java.time.ZoneId;

/** The fields of a practice that are read alike when it is taken on and when it is changed. */
final class PracticeFields {

    static final int MAX_NAME = 100;
    static final int MAX_ADDRESS = 300;
    static final int MAX_NUMBER = 50;
    static final int MAX_ZONE = 64;

    private static final String OF_JAVA_ALONE = "SystemV/";

    private PracticeFields() {}

    static Value<String> name(Fields in) {
        return in.text("name", MAX_NAME);
    }

    static Value<String> address(Fields in) {
        return in.lines("address", MAX_ADDRESS);
    }

    static Value<PhoneNumber> phone(Fields in) {
        return in.text("phone", PhoneNumber.MAX_LENGTH).then(PhoneNumber::parse);
    }

    static Value<EmailAddress> email(Fields in) {
        return in.text("email", EmailAddress.MAX_LENGTH).then(EmailAddress::parse);
    }

    static Value<String> taxId(Fields in) {
        return in.text("taxId", MAX_NUMBER);
    }

    static Value<String> licenseNumber(Fields in) {
        return in.text("licenseNumber", MAX_NUMBER);
    }

    static Value<ZoneId> timeZone(Fields in) {
        return in.text("timeZone", MAX_ZONE).then(PracticeFields::zone);
    }

    /**
     * A name of the IANA database that Java knows; neither an offset nor an abbreviation that only looks like one. Java has some names of its own,
     * {@code SystemV/AST4}, which PostgreSQL takes for rules written out and reckons by in its own way.
     */
    private static Parsed<ZoneId> zone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) && !name.startsWith(OF_JAVA_ALONE)
                ? Parsed.valid(ZoneId.of(name))
                : Parsed.invalid("choice", "must be the name of an IANA time zone such as America/New_York");
    }
}
