package com.medspasync.masking;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the place of a value that is not shown whole. Every rule takes any text and never throws. What does not have the form
 * that a rule expects, or is so short that the rule would show most of it, becomes {@link #HIDDEN} whole. No rule tells how long the
 * value is.
 *
 * <p>At most is shown: of a Social Security number four of its nine digits; of a phone number four of its digits, which are at most half of
 * them; of an e-mail address half of what stands before the {@code @}, and the domain; of a date four of eight digits; of the first line
 * of an address a house number of six characters and the kind of street, and never a word of the street's name.
 */
public final class Masks {

    /** What stands for all that is not shown. */
    public static final String HIDDEN = "***";

    private static final Pattern SSN = Pattern.compile("(?:[0-9]{3}-[0-9]{2}-|[0-9]{5})([0-9]{4})");

    /** The dot-atom of RFC 5322 and a domain of at least two labels, which may be internationalised. */
    private static final Pattern EMAIL = Pattern.compile("(?=[^@]{3,64}@)(ATOM(?:\\.ATOM)*+)@((?:LABEL\\.)+LABEL)"
            .replace("ATOM", "[A-Za-z0-9!#$%&'+/=?^_`{|}~-]++")
            .replace("LABEL", "[\\p{L}\\p{M}\\p{N}-]++"));

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ().-]+");
    private static final int FEWEST_DIGITS = 8;
    private static final int MOST_DIGITS = 15;

    private static final Pattern DATE = Pattern.compile("([0-9]{4})-[0-9]{2}-[0-9]{2}");

    private static final Pattern HOUSE_NUMBER = Pattern.compile("(?=.{1,6}$)[0-9]+[A-Za-z]?(?:-[0-9]+[A-Za-z]?)?");

    /** Longer than any value that has one of the forms: not worth looking at, and no matter for a pattern. */
    private static final int LONGEST = 400;

    private Masks() {}

    /** {@code 123-45-6789} and {@code 123456789} are {@code ***-**-6789}. */
    public static String ssn(String text) {
        Matcher matcher = SSN.matcher(bounded(text));
        return matcher.matches() ? "***-**-" + matcher.group(1) : HIDDEN;
    }

    /** {@code john.doe@example.com} is {@code jo***@example.com}; of three characters before the {@code @} one is shown, of fewer none. */
    public static String email(String text) {
        Matcher matcher = EMAIL.matcher(bounded(text));
        if (!matcher.matches()) {
            return HIDDEN;
        }
        String local = matcher.group(1);
        return local.substring(0, Math.min(2, local.length() / 2)) + HIDDEN + "@" + matcher.group(2);
    }

    /** {@code +1 (212) 555-1234} is {@code ***-***-1234}, and so is every number of 8 to 15 digits: its country is not shown. */
    public static String phone(String text) {
        String bounded = bounded(text);
        if (!PHONE.matcher(bounded).matches()) {
            return HIDDEN;
        }
        String digits = bounded.replaceAll("[^0-9]", "");
        return digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS
                ? HIDDEN
                : "***-***-" + digits.substring(digits.length() - 4);
    }

    /** {@code 1984-02-29} is {@code 1984}. */
    public static String date(String text) {
        Matcher matcher = DATE.matcher(bounded(text));
        return matcher.matches() ? matcher.group(1) : HIDDEN;
    }

    /**
     * The first line of an address: {@code 123 Main St} is {@code 123 *** St}. A house number at the beginning stays, and a kind of street
     * at the end ({@link StreetSuffixes}); there is always a word that does not, or all of it is hidden.
     */
    public static String addressLine(String text) {
        String[] words = bounded(text).strip().split("\\s+", -1);
        int last = words.length - 1;
        if (last == 0) {
            return HIDDEN;
        }
        boolean numbered = HOUSE_NUMBER.matcher(words[0]).matches();
        boolean suffixed = last > (numbered ? 1 : 0) && StreetSuffixes.contains(words[last].toUpperCase(Locale.ROOT));
        return (numbered ? words[0] + " " : "") + HIDDEN + (suffixed ? " " + words[last] : "");
    }

    /** Whether {@code text} is masked, or could be: what comes back from a caller who was shown a mask must not replace the value. */
    public static boolean isMasked(String text) {
        return text.contains(HIDDEN);
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? "" : text;
    }
}
