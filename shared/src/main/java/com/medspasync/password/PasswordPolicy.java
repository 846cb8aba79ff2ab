package com.medspasync.password;

import com.medspasync.contact.EmailAddress;
import com.medspasync.hosting.BuiltAtFirstUse;
import com.medspasync.input.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which passwords nobody may choose, however long they are (NIST SP 800-63B-4, section 3.1.1.2): those that are common or were in breaches, those that
 * only look longer than they are, and those made of what everybody knows of the user. Length itself is {@link Password#chosen}'s to check; what
 * characters a password is made of is nobody's business.
 *
 * <p>Keeps and logs nothing of a password. The list is read at first use. Thread-safe.
 */
public final class PasswordPolicy {

    /** The code of a password that guessers try early. */
    public static final String COMMON = "common";

    /** The code of a password that names the user or the platform. */
    public static final String CONTEXT = "context";

    /** The fewest characters that those before them do not foretell: SP 800-63B-4's least length of a password beside a second factor. */
    static final int FEWEST_SURPRISES = 8;

    /** The fewest characters by which a user is known; shorter ones are part of too many words. */
    static final int SHORTEST_NAME = 4;

    private static final String PLATFORM = "medspasync";

    private final Supplier<CommonPasswords> common = new BuiltAtFirstUse<>(CommonPasswords::load);

    /**
     * Why {@code user} may not have this password; empty where nothing speaks against it.
     *
     * @return a violation with the code {@link #COMMON} or {@link #CONTEXT}; its message says what to do, and repeats nothing
     */
    public Optional<Violation> violation(Password password, EmailAddress user) {
        String text = new String(password.utf8(), StandardCharsets.UTF_8);
        if (names(text, user)) {
            return Optional.of(new Violation(
                    "", CONTEXT, "must contain neither the name in your e-mail address nor that of the platform"));
        }
        return isGuessable(text)
                ? Optional.of(new Violation(
                        "", COMMON, "is too easy to guess: it is, or is made from, one that many people have"))
                : Optional.empty();
    }

    private static boolean names(String password, EmailAddress user) {
        String folded = GuessableForms.folded(password);
        Set<String> readings = Set.copyOf(Stream.of(
                        GuessableForms.squeezed(folded),
                        GuessableForms.read(folded, 'i'),
                        GuessableForms.read(folded, 'l'))
                .toList());
        String local = user.value().substring(0, user.value().lastIndexOf('@'));
        return Stream.of(PLATFORM, local, local.split("\\+", 2)[0])
                .map(name -> GuessableForms.squeezed(GuessableForms.folded(name)))
                .filter(name -> name.length() >= SHORTEST_NAME)
                .anyMatch(name -> readings.stream().anyMatch(reading -> reading.contains(name)));
    }

    private boolean isGuessable(String password) {
        String folded = GuessableForms.folded(password);
        return Foretold.surprises(folded) < FEWEST_SURPRISES
                || repeats(folded)
                || repeats(GuessableForms.core(folded))
                || GuessableForms.of(password).stream().anyMatch(common.get()::contains);
    }

    /** Whether it is something too short, several times: repeating adds nothing. A few letters between other signs are no repetition. */
    private static boolean repeats(String text) {
        int period = Foretold.period(text);
        return text.length() >= FEWEST_SURPRISES && period < text.length() && period < Password.MIN_CHARACTERS;
    }
}
