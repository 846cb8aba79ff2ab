package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is looked for: those to whom everything applies that is not null. At least one criterion is given, and of {@code name} and
 * {@code soundsLike} at most one.
 *
 * @param name how the last name or the first name begins; or both names in either order, the second as far as it is typed
 * @param soundsLike a last name or a first name, or both in either order, spelled as it is heard
 * @param email the whole address
 * @param phone the whole number
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record ClientSearch(
        @Nullable String name,
        @Nullable String soundsLike,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        int top,
        @Nullable String cursor) {

    /** Two names, and a space between them. */
    private static final int MAX_NAMES = 2 * PersonName.MAX_LENGTH + 1;

    public ClientSearch {
        if (name != null && soundsLike != null) {
            throw new IllegalArgumentException("a name is searched by its letters or by its sound");
        }
        if (name == null && soundsLike == null && email == null && phone == null) {
            throw new IllegalArgumentException("a search has a criterion");
        }
        Paging.requireTop(top);
    }

    /** By the beginning of a name, or both names. */
    public static ClientSearch byName(String name) {
        return new ClientSearch(name, null, null, null, Paging.USUAL, null);
    }

    /** By the sound of a name, or both names. */
    public static ClientSearch bySound(String name) {
        return new ClientSearch(null, name, null, null, Paging.USUAL, null);
    }

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<ClientSearch> read(Fields in) {
        String name = in.text("name", MAX_NAMES).optional();
        String soundsLike = in.text("soundsLike", MAX_NAMES)
                .check(text -> !PersonName.soundForms(text).isEmpty(), "format", "must contain Latin letters")
                .optional();
        EmailAddress email = in.text("email", EmailAddress.MAX_LENGTH)
                .then(EmailAddress::parse)
                .optional();
        PhoneNumber phone = in.text("phone", PhoneNumber.MAX_LENGTH)
                .then(PhoneNumber::parse)
                .optional();
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        if (in.isGiven("name") && in.isGiven("soundsLike")) {
            in.reject("soundsLike", "conflict", "must not be given together with name");
        }
        if (!in.isGiven("name") && !in.isGiven("soundsLike") && !in.isGiven("email") && !in.isGiven("phone")) {
            in.reject("", "required", "must give one of name, soundsLike, email and phone");
        }
        return in.finish(() -> new ClientSearch(name, soundsLike, email, phone, top, cursor));
    }

    /** The page after this one. */
    public ClientSearch from(String next) {
        return new ClientSearch(name, soundsLike, email, phone, top, next);
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
        return kinds;
    }

    /** What tells this search from another, on any of its pages. It holds the values: only for what is encrypted. */
    String fingerprint() {
        return String.join(
                "\n",
                String.valueOf(name),
                String.valueOf(soundsLike),
                email == null ? "" : email.searchForm(),
                phone == null ? "" : phone.e164());
    }

    /** Hides whom it looks for. */
    @Override
    public String toString() {
        return "ClientSearch" + criteria();
    }
}
