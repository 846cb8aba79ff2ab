package com.medspasync.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.crypto.EntryContext;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Positions in lists, as text that a caller holds on to between two pages. A position is the sort key of a page's last row, which
 * may be a person's name, and it travels in URLs: so it is encrypted, under a key of the practice, and bound to the question it
 * belongs to. Thread-safe.
 */
public final class Cursors {

    /** Longer ones were never made here. */
    public static final int MAX_LENGTH = 2_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final KeyHierarchy keys;
    private final Envelope envelope;

    public Cursors(KeyHierarchy keys, Envelope envelope) {
        this.keys = keys;
        this.envelope = envelope;
    }

    /**
     * The cursor of a position.
     *
     * @param question what is listed, and in which order; shows in messages, so no PHI
     * @param position the sort key of the last row shown
     */
    public String seal(PracticeId practice, String question, List<String> position) {
        try {
            byte[] sealed = envelope.seal(
                    keys.purposeKey(practice, Purpose.CURSORS),
                    context(practice, question),
                    JSON.writeValueAsBytes(position));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a list of texts is always JSON", impossible);
        }
    }

    /** The position of a cursor; empty when it was not sealed for this practice and question, or its key is no more. */
    public Optional<List<String>> open(PracticeId practice, String question, String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            byte[] position =
                    envelope.open(keys.purposeKeys(practice, Purpose.CURSORS), context(practice, question), sealed);
            return Optional.of(List.copyOf(JSON.readValue(position, STRINGS)));
        } catch (IllegalArgumentException | TamperedCiphertext | UnknownKeyVersion notOurs) {
            // Whoever sent it gets an answer that says so; it is no fault of the platform's.
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("what was sealed here is always JSON", impossible);
        }
    }

    private static EntryContext context(PracticeId practice, String question) {
        return new EntryContext(practice, "cursors", question, "position");
    }
}
