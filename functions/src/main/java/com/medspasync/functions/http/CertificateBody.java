package com.medspasync.functions.http;

import com.medspasync.shredding.Certificate;
import com.medspasync.shredding.Shredding;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A certificate as the API shows it (schema {@code ShreddingCertificate} of the contract). What is null is left out. */
record CertificateBody(
        UUID shreddingId,
        Shredding.Kind kind,
        UUID practiceId,
        @Nullable UUID clientId,
        String reason,
        Instant requestedAt,
        @Nullable UUID requestedBy,
        @Nullable Instant confirmedAt,
        @Nullable UUID confirmedBy,
        long clientKeys,
        long practiceKeys,
        Instant destroyedAt,
        Instant keyBackupsExpiredAt,
        Instant certifiedAt,
        String statement) {

    static CertificateBody of(Certificate certificate) {
        Shredding of = certificate.of();
        return new CertificateBody(
                of.id(),
                of.kind(),
                of.practice(),
                of.client(),
                of.reason(),
                of.createdAt(),
                of.requestedBy(),
                of.confirmedAt(),
                of.confirmedBy(),
                of.clientKeys(),
                of.practiceKeys(),
                certificate.destroyedAt(),
                certificate.keyBackupsExpiredAt(),
                certificate.certifiedAt(),
                certificate.statement());
    }
}
