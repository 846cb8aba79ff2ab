package com.medspasync.maskedcopy;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.util.UUID;

/**
 * Of which practice a masked copy is to be made, and why.
 *
 * @param reason for the audit; without PHI
 */
public record CopyRequest(UUID practice, String reason) {

    private static final int MAX_REASON = 500;

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<CopyRequest> read(Fields in) {
        Given<UUID> practice = in.uuid("practiceId").required();
        Given<String> reason = in.text("reason", MAX_REASON).required();
        return in.finish(() -> new CopyRequest(practice.value(), reason.value()));
    }
}
