package com.medspasync.rotation;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.rotation.Rotation.Kind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which key is to be replaced, and why.
 *
 * @param practice of a practice's key and of a client's
 * @param client of a client's key
 * @param reason for the audit; without PHI
 */
public record RotationRequest(
        Kind kind, @Nullable UUID practice, @Nullable UUID client, String reason) {

    private static final int MAX_REASON = 500;

    public RotationRequest {
        if ((practice == null) != (kind == Kind.ROOT) || (client == null) == (kind == Kind.CLIENT)) {
            throw new IllegalArgumentException("a key of kind " + kind + " belongs to somebody else");
        }
    }

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<RotationRequest> read(Fields in) {
        Given<Kind> kind = in.choice("kind", Kind.class).required();
        UUID practice = in.uuid("practiceId").optional();
        UUID client = in.uuid("clientId").optional();
        Given<String> reason = in.text("reason", MAX_REASON).required();
        kind.ifValid(given -> {
            mustBeGiven(in, "practiceId", given != Kind.ROOT);
            mustBeGiven(in, "clientId", given == Kind.CLIENT);
        });
        return in.finish(() -> new RotationRequest(kind.value(), practice, client, reason.value()));
    }

    private static void mustBeGiven(Fields in, String name, boolean needed) {
        if (needed && !in.isGiven(name)) {
            in.reject(name, "required", "must be given for a key of this kind");
        }
        if (!needed && in.isGiven(name)) {
            in.reject(name, "conflict", "must not be given for a key of this kind");
        }
    }
}
