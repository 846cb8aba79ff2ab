package com.medspasync.shredding;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.shredding.Shredding.Kind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose keys are to be destroyed, and why.
 *
 * @param client of a client's keys
 * @param reason for the audit and the certificate; without PHI
 */
public record ShreddingRequest(
        Kind kind, UUID practice, @Nullable UUID client, String reason) {

    private static final int MAX_REASON = 500;

    public ShreddingRequest {
        if ((client == null) == (kind == Kind.CLIENT)) {
            throw new IllegalArgumentException("keys of kind " + kind + " belong to somebody else");
        }
    }

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<ShreddingRequest> read(Fields in) {
        Given<Kind> kind = in.choice("kind", Kind.class).required();
        Given<UUID> practice = in.uuid("practiceId").required();
        UUID client = in.uuid("clientId").optional();
        Given<String> reason = in.text("reason", MAX_REASON).required();
        kind.ifValid(given -> {
            if (given == Kind.CLIENT && !in.isGiven("clientId")) {
                in.reject("clientId", "required", "must be given for a client's keys");
            }
            if (given == Kind.PRACTICE && in.isGiven("clientId")) {
                in.reject("clientId", "conflict", "must not be given for a practice's keys");
            }
        });
        return in.finish(() -> new ShreddingRequest(kind.value(), practice.value(), client, reason.value()));
    }
}
