package com.medspasync.shredding;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.util.UUID;

/**
 * The second step to the destruction of a practice's keys.
 *
 * @param practice named once more, so that no other one goes by mistake
 */
public record Confirmation(UUID practice) {

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<Confirmation> read(Fields in) {
        Given<UUID> practice = in.uuid("practiceId").required();
        return in.finish(() -> new Confirmation(practice.value()));
    }
}
