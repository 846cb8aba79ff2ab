package com.medspasync.maskedcopy;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for real values in what should have none. */
final class Leaks {

    private static final int SHORT = 4;

    private static final List<DateTimeFormatter> SPELLINGS = Stream.of(
                    "yyyy-MM-dd",
                    "yyyyMMdd",
                    "yyyy/MM/dd",
                    "MM/dd/yyyy",
                    "M/d/yyyy",
                    "MM/dd/yy",
                    "M/d/yy",
                    "dd.MM.yyyy",
                    "d.M.yyyy",
                    "dd/MM/yyyy",
                    "MM-dd-yyyy",
                    "dd-MM-yyyy",
                    "MMMM d, yyyy",
                    "MMMM d yyyy",
                    "MMM d, yyyy",
                    "d MMMM yyyy",
                    "d MMM yyyy",
                    "dd-MMM-yyyy",
                    "MMMM d")
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.US))
            .toList();

    private final String text;
    private final String digits;
    private final Set<String> tokens;

    Leaks(Collection<String> output) {
        this.text = plain(String.join("\n", output));
        this.digits = text.replaceAll("(?<=[0-9])[-. ()/]+(?=[0-9])", "");
        this.tokens = new HashSet<>(List.of(text.split("[^\\p{Alnum}]+", -1)));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
    }

    /** Which of the values are there: whole words of less than four characters, and longer ones anywhere, in whatever spelling. */
    List<String> find(Collection<String> values) {
        List<String> found = new ArrayList<>();
        for (String value : values) {
            if (spellings(value).anyMatch(this::isThere)) {
                found.add(value);
            }
        }
        return found;
    }

    private static Stream<String> spellings(String value) {
        if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            LocalDate date = LocalDate.parse(value);
            return SPELLINGS.stream().map(date::format);
        }
        return Stream.of(value);
    }

    private boolean isThere(String value) {
        String wanted = plain(value);
        String numeral = wanted.replaceAll("[-. ()/+]", "");
        boolean asNumber = numeral.length() >= 7
                && numeral.chars().allMatch(c -> c >= '0' && c <= '9')
                && digits.contains(numeral);
        return asNumber || (wanted.length() < SHORT ? tokens.contains(wanted) : text.contains(wanted));
    }
}
