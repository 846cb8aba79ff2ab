package com.medspasync.contact;

import com.medspasync.input.Parsed;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * A person's first or last name as it was given: 1 to 100 characters (Unicode code points), none of them a control character, at
 * least one of them visible, no white space around it. What {@link #parse} takes anew also has a letter, and nothing that does not show
 * or that changes how other text shows; older records may.
 */
public record PersonName(String value) {

    /** In Unicode code points. */
    public static final int MAX_LENGTH = 100;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern DROPPED = Pattern.compile("[\\p{Cf}'’‘ʼʻʹ`´.,]+");
    /**
     * Format characters, among them those of bidirectional text, and the rest of Unicode's property Default_Ignorable_Code_Point, which Java
     * has no name for; apart from the two joiners.
     */
    private static final Pattern HIDDEN =
            Pattern.compile("[[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u3164"
                    + "\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8\\x{E0000}-\\x{E0FFF}]&&[^\\u200C\\u200D]]");

    /**
     * A joiner that joins nothing. It belongs between two letters with their marks, and after the virama of an Indic script also at the end
     * of a word (compare RFC 5892, appendix A).
     */
    private static final Pattern LOOSE_JOINER = Pattern.compile(
            "(?<![\\p{L}\\p{M}])[\\u200C\\u200D]"
                    + "|(?<![\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])[\\u200C\\u200D](?![\\p{L}\\p{M}])");

    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern SPACES = Pattern.compile("[\\p{Pd}\\p{Z}\\s]+");
    private static final Pattern NOT_LATIN = Pattern.compile("[^a-z]+");

    /** Letters that people leave the stroke or the ligature of, but that Unicode does not decompose. */
    private static final Map<Integer, String> PLAIN = Map.of(
            (int) 'ł', "l", (int) 'ø', "o", (int) 'đ', "d", (int) 'ð', "d", (int) 'ħ', "h", (int) 'æ', "ae", (int) 'œ',
            "oe", (int) 'þ', "th", (int) 'ı', "i");

    private static final int CODE_LENGTH = 8;

    /** @throws IllegalArgumentException when {@code value} is none; the message does not repeat it */
    public PersonName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a person's name");
        }
    }

    /** Reads one line of text, such as {@code Fields.text} gives. */
    public static Parsed<PersonName> parse(String text) {
        if (!isValid(text)) {
            return Parsed.invalid("format", "must be 1 to " + MAX_LENGTH + " visible characters");
        }
        if (HIDDEN.matcher(text).find() || LOOSE_JOINER.matcher(text).find()) {
            return Parsed.invalid("hidden-character", "must not contain characters that do not show");
        }
        return LETTER.matcher(text).find()
                ? Parsed.valid(new PersonName(text))
                : Parsed.invalid("format", "must have a letter");
    }

    /** What searches compare and lists sort by; see {@link #searchForm(String)}. */
    public String searchForm() {
        return searchForm(value);
    }

    /**
     * How the name sounds: the primary Double Metaphone code (Philips 2000) of each word, with a space between them; empty when it has
     * no Latin letter.
     */
    public String soundForm() {
        return codes(value, false);
    }

    /** How a name that sounds like {@code text} may have been stored: its primary and its alternate codes; empty when it has none. */
    public static List<String> soundForms(String text) {
        return Stream.of(codes(text, false), codes(text, true))
                .filter(code -> !code.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * One form for all spellings that people use alike: compatibility forms and accents removed (NFKD without marks), case
     * folded, apostrophes and dots left out, hyphens made spaces. {@code O’Brien-Müller} is {@code obrien muller}. Of text in
     * which nothing would be left, it is the text itself in lower case.
     */
    public static String searchForm(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        // By way of upper case, which folds what lower case alone tells apart: ß and ss, ς and σ.
        String folded = plain.toUpperCase(Locale.ROOT);
        StringBuilder letters = new StringBuilder(folded.length());
        // Letter by letter, because the lower case of a whole word ends in ς again.
        folded.codePoints()
                .map(Character::toLowerCase)
                .forEach(c -> letters.append(PLAIN.getOrDefault(c, Character.toString(c))));
        String joined = DROPPED.matcher(letters).replaceAll("");
        String result = SPACES.matcher(joined).replaceAll(" ").strip();
        return result.isEmpty() ? text.toLowerCase(Locale.ROOT) : result;
    }

    /** Hides the name: it identifies a person. */
    @Override
    public String toString() {
        return "PersonName[hidden]";
    }

    private static String codes(String text, boolean alternate) {
        return SPACES.splitAsStream(searchForm(text))
                .map(word -> code(NOT_LATIN.matcher(word).replaceAll(""), alternate))
                .filter(code -> !code.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String code(String latin, boolean alternate) {
        if (latin.isEmpty()) {
            return "";
        }
        // Made for each use: it is cheap, and its code length is not safely published.
        DoubleMetaphone metaphone = new DoubleMetaphone();
        metaphone.setMaxCodeLen(CODE_LENGTH);
        return metaphone.doubleMetaphone(latin, alternate);
    }

    private static boolean isValid(String text) {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                && text.equals(text.strip())
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
                && text.codePoints().anyMatch(PersonName::isVisible);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE -> false;
            default -> !Character.isWhitespace(codePoint) && !Character.isSpaceChar(codePoint);
        };
    }
}
