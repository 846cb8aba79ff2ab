package com.medspasync.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import com.medspasync.input.Parsed;
import java.util.regex.Pattern;

/**
 * A phone number in the form of ITU-T E.164: {@code +12125550123}.
 *
 * <p>Which numbers exist changes with time, so only {@link #parse} asks libphonenumber; a number that was stored stays readable
 * when its numbering plan moves on.
 */
public record PhoneNumber(String e164) {

    /** The longest text that {@link #parse} looks at, in characters. */
    public static final int MAX_LENGTH = 40;

    /** Where a number without a country code is taken to be. */
    private static final String DEFAULT_REGION = "US";

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    /** @throws IllegalArgumentException when {@code e164} does not have that form; the message does not repeat it */
    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("not an E.164 phone number");
        }
    }

    /** Reads what a person typed: {@code (212) 555-0123} is in the United States, {@code +49 30 901820} where it says. */
    public static Parsed<PhoneNumber> parse(String text) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            if (text.length() <= MAX_LENGTH) {
                Phonenumber.PhoneNumber number = numbers.parse(text, DEFAULT_REGION);
                if (number.hasExtension()) {
                    return Parsed.invalid("extension", "must be without an extension: E.164 has no place for one");
                }
                if (numbers.isValidNumber(number)) {
                    return Parsed.valid(new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)));
                }
            }
        } catch (NumberParseException notANumber) {
            // Falls through to the answer that every other shape gets.
        }
        return Parsed.invalid("format", "must be a phone number in use, with its country code unless it is in the US");
    }

    /** Hides the number: it identifies a person. */
    @Override
    public String toString() {
        return "PhoneNumber[hidden]";
    }
}
