package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is looked for: those to whom everything applies that is not null. At least one criterion is given, and of {@code name} and
 * {@code soundsLike} at most one. What is stored encrypted is looked for alone: the number, or the date of birth with the last name.
 *
 * @param name how the last name or the first name begins; or both names in either order, the second as far as it is typed
 * @param soundsLike a last name or a first name, or both in either order, spelled as it is heard
 * @param email the whole address
 * @param phone the whole number
 * @param ssn the whole number
 * @param birth the date of birth and the whole last name
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record ClientSearch(
        @Nullable String name,
        @Nullable String soundsLike,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        @Nullable Ssn ssn,
        @Nullable Birth birth,
        int top,
        @Nullable String cursor) {

    /** Who was born on a day and has a last name, whole, in any spelling that {@link PersonName#searchForm()} holds for the same. */
    public record Birth(DateOfBirth dateOfBirth, PersonName lastName) {

        /** Hides whom it looks for. */
        @Override
        public String toString() {
            return "Birth[hidden]";
        }
    }

    /** Two names, and a space between them. */
    private static final int MAX_NAMES = 2 * PersonName.MAX_LENGTH + 1;

    public ClientSearch {
        if (name != null && soundsLike != null) {
            throw new IllegalArgumentException("a name is searched by its letters or by its sound");
        }
        boolean readable = name != null || soundsLike != null || email != null || phone != null;
        if (!readable && ssn == null && birth == null) {
            throw new IllegalArgumentException("a search has a criterion");
        }
        if ((ssn != null && birth != null) || (readable && (ssn != null || birth != null))) {
            throw new IllegalArgumentException("what is stored encrypted is looked for alone");
        }
        Paging.requireTop(top);
    }

    /** By what is stored readable. */
    public ClientSearch(
            @Nullable String name,
            @Nullable String soundsLike,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone,
            int top,
            @Nullable String cursor) {
        this(name, soundsLike, email, phone, null, null, top, cursor);
    }

    /** By the beginning of a name, or both names. */
    public static ClientSearch byName(String name) {
        return new ClientSearch(name, null, null, null, Paging.USUAL, null);
    }

    /** By the sound of a name, or both names. */
    public static ClientSearch bySound(String name) {
        return new ClientSearch(null, name, null, null, Paging.USUAL, null);
    }

    /** By a Social Security number. */
    public static ClientSearch bySsn(Ssn ssn) {
        return new ClientSearch(null, null, null, null, ssn, null, Paging.USUAL, null);
    }

    /** By a date of birth and a last name. */
    public static ClientSearch byBirth(DateOfBirth dateOfBirth, PersonName lastName) {
        return new ClientSearch(null, null, null, null, null, new Birth(dateOfBirth, lastName), Paging.USUAL, null);
    }

    /**
     * Reads a body, and finds everything that is wrong with it.
     *
     * @param today which dates of birth lie before
     */
    public static Parsed<ClientSearch> read(Fields in, LocalDate today) {
        ClientFields fields = new ClientFields(in, today);
        String name = in.text("name", MAX_NAMES).optional();
        String soundsLike = in.text("soundsLike", MAX_NAMES)
                .check(text -> !PersonName.soundForms(text).isEmpty(), "format", "must contain Latin letters")
                .optional();
        EmailAddress email = fields.email().optional();
        PhoneNumber phone = fields.phone().optional();
        Ssn ssn = fields.ssn().optional();
        DateOfBirth dateOfBirth = fields.dateOfBirth().optional();
        PersonName lastName = fields.lastName().optional();
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        checkTogether(in);
        return in.finish(() -> new ClientSearch(
                name,
                soundsLike,
                email,
                phone,
                ssn,
                dateOfBirth == null || lastName == null ? null : new Birth(dateOfBirth, lastName),
                top,
                cursor));
    }

    private static void checkTogether(Fields in) {
        List<String> given = Stream.of("name", "soundsLike", "email", "phone", "ssn", "dateOfBirth", "lastName")
                .filter(in::isGiven)
                .toList();
        if (given.isEmpty()) {
            in.reject(
                    "",
                    "required",
                    "must give one of name, soundsLike, email, phone, ssn, and dateOfBirth with lastName");
        }
        if (given.contains("name") && given.contains("soundsLike")) {
            in.reject("soundsLike", "conflict", "must not be given together with name");
        }
        if (given.contains("ssn") && given.size() > 1) {
            in.reject("ssn", "conflict", "must not be given together with other criteria");
        }
        boolean born = given.contains("dateOfBirth");
        boolean named = given.contains("lastName");
        if (born && !named) {
            in.reject("lastName", "required", "must be given together with dateOfBirth");
        } else if (named && !born) {
            in.reject("dateOfBirth", "required", "must be given together with lastName");
        }
        if ((born || named)
                && given.stream().anyMatch(other -> !other.equals("dateOfBirth") && !other.equals("lastName"))) {
            in.reject(born ? "dateOfBirth" : "lastName", "conflict", "must not be given together with other criteria");
        }
    }

    /** The page after this one. */
    public ClientSearch from(String next) {
        return new ClientSearch(name, soundsLike, email, phone, ssn, birth, top, next);
    }

    /** By what it searches, without for which values: what the audit keeps. */
    List<String> criteria() {
        List<String> kinds = new ArrayList<>();
        if (name != null) {
            kinds.add("name");
        }
        if (soundsLike != null) {
            kinds.add("soundsLike");
        }
        if (email != null) {
            kinds.add("email");
        }
        if (phone != null) {
            kinds.add("phone");
        }
        if (ssn != null) {
            kinds.add("ssn");
        }
        if (birth != null) {
            kinds.add("dateOfBirth");
            kinds.add("lastName");
        }
        return kinds;
    }

    /** What tells this search from another, on any of its pages. It holds the values: only for what is encrypted. */
    String fingerprint() {
        return String.join(
                "\n",
                String.valueOf(name),
                String.valueOf(soundsLike),
                email == null ? "" : email.searchForm(),
                phone == null ? "" : phone.e164(),
                ssn == null ? "" : IndexedColumn.normal(ssn),
                birth == null ? "" : IndexedColumn.normal(birth.dateOfBirth(), birth.lastName()));
    }

    /** Hides whom it looks for. */
    @Override
    public String toString() {
        return "ClientSearch" + criteria();
    }
}
