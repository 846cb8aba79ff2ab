package com.medspasync.crypto;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes are not what was sealed for this place: altered, cut, moved from elsewhere, or never a ciphertext. */
public final class TamperedCiphertext extends CryptoException {

    @Nullable
    private final transient SealContext context;

    TamperedCiphertext(@Nullable SealContext context, String reason) {
        this(context, reason, null);
    }

    TamperedCiphertext(@Nullable SealContext context, String reason, @Nullable Throwable cause) {
        super((context == null ? "ciphertext" : "ciphertext of " + context) + " refused: " + reason, cause);
        this.context = context;
    }

    /** The place that was read, where it is known. */
    public Optional<SealContext> context() {
        return Optional.ofNullable(context);
    }
}
