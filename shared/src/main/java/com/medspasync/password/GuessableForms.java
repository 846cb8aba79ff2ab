package com.medspasync.password;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What remains of a password when the changes are undone that people make to a word and guessers make after them: capitals, digits and signs around
 * it, digits that look like letters, separators.
 */
final class GuessableForms {

    private static final Pattern ENDS = Pattern.compile("^\\P{L}+|\\P{L}+$");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private GuessableForms() {}

    /** All forms of {@code password} that are to be looked for, without repetition. */
    static Set<String> of(String password) {
        String folded = folded(password);
        String core = core(folded);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(folded);
        forms.add(squeezed(folded));
        forms.add(core);
        forms.add(squeezed(core));
        forms.add(read(core, 'i'));
        forms.add(read(core, 'l'));
        return forms;
    }

    /** Lower case, composed (NFC). */
    static String folded(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** Without what is not a letter at its ends: {@code password} of {@code password2024!}. */
    static String core(String folded) {
        return ENDS.matcher(folded).replaceAll("");
    }

    /** Letters and digits alone. */
    static String squeezed(String text) {
        return SEPARATORS.matcher(text).replaceAll("");
    }

    /** As one reads {@code p@ssw0rd}; {@code one} is what 1 and ! stand for. Separators are left out. */
    static String read(String text, char one) {
        return squeezed(text.replace('0', 'o')
                .replace('1', one)
                .replace('!', one)
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't'));
    }
}
