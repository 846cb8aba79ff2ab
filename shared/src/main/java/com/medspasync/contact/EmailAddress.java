package com.medspasync.contact;

import com.medspasync.input.Parsed;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address as it was given. Two addresses reach the same mailbox, as far as can be told from outside, when their
 * {@link #searchForm} is equal.
 *
 * <p>Accepted is the dot-atom of RFC 5322 before the {@code @} and a domain name of at least two labels after it, which may be
 * internationalised (RFC 5890). Quoted local parts, comments and address literals are refused: nobody's mailbox has one.
 */
public record EmailAddress(String value) {

    /** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
    public static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)+(?=.*[A-Za-z])" + LABEL);

    /** @throws IllegalArgumentException when {@code value} is none; the message does not repeat it */
    public EmailAddress {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an e-mail address");
        }
    }

    /** Reads what a person typed. */
    public static Parsed<EmailAddress> parse(String text) {
        return isValid(text)
                ? Parsed.valid(new EmailAddress(text))
                : Parsed.invalid("format", "must be an e-mail address such as name@example.com");
    }

    /**
     * What uniqueness and search compare: lower case, the domain in its ASCII form. RFC 5321 lets a host tell local parts apart
     * by case; none does, and people do not.
     */
    public String searchForm() {
        int at = value.lastIndexOf('@');
        return (value.substring(0, at) + "@" + IDN.toASCII(value.substring(at + 1))).toLowerCase(Locale.ROOT);
    }

    /** Hides the address: it identifies a person. */
    @Override
    public String toString() {
        return "EmailAddress[hidden]";
    }

    private static boolean isValid(String text) {
        int at = text.lastIndexOf('@');
        if (text.length() > MAX_LENGTH || at < 1 || at > MAX_LOCAL) {
            return false;
        }
        return LOCAL.matcher(text.substring(0, at)).matches() && isDomain(text.substring(at + 1));
    }

    private static boolean isDomain(String text) {
        try {
            String ascii = IDN.toASCII(text);
            return ascii.length() <= 253 && DOMAIN.matcher(ascii).matches();
        } catch (IllegalArgumentException notADomainName) {
            // How IDN says so; its message repeats the text.
            return false;
        }
    }
}
