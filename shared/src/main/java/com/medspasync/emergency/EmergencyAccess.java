package com.medspasync.emergency;

import com.medspasync.database.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leave to see one client's whole record for a while.
 *
 * @param endedAt when its user gave it up before it expired
 * @param disclosures how often something was recorded while it was made use of
 */
public record EmergencyAccess(
        UUID id,
        UUID user,
        UUID client,
        String reason,
        Status status,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable UUID reviewedBy,
        @Nullable Instant reviewedAt,
        @Nullable Verdict verdict,
        @Nullable String note,
        long disclosures) {

    /** How it stands. */
    public enum Status {
        /** It can be made use of. */
        OPEN,
        /** It is over, and somebody has to review it. */
        TO_REVIEW,
        REVIEWED
    }

    /** What a review finds. */
    public enum Verdict {
        JUSTIFIED,
        UNJUSTIFIED
    }

    /** What a query selects of {@code e}, a row of emergency_accesses. */
    static final String COLUMNS = """
            e.id, e.user_id, e.client_id, e.reason, e.created_at, e.expires_at, e.ended_at, e.reviewed_by, e.reviewed_at, e.verdict, e.review_note,
              case when e.reviewed_at is not null then 'REVIEWED' when least(e.ended_at, e.expires_at) > now() then 'OPEN' else 'TO_REVIEW' end as status,
              (select count(*) from audit_logs a
               where a.practice_id = e.practice_id and a.break_glass = e.id and a.timestamp >= e.created_at) as disclosures""";

    static EmergencyAccess of(Row row) {
        String verdict = row.textOrNull("verdict");
        return new EmergencyAccess(
                row.uuid("id"),
                row.uuid("user_id"),
                row.uuid("client_id"),
                row.text("reason"),
                Status.valueOf(row.text("status")),
                row.instant("created_at"),
                row.instant("expires_at"),
                row.instantOrNull("ended_at"),
                row.uuidOrNull("reviewed_by"),
                row.instantOrNull("reviewed_at"),
                verdict == null ? null : Verdict.valueOf(verdict),
                row.textOrNull("review_note"),
                row.bigint("disclosures"));
    }

    /** Without the texts, which may be about a person. */
    @Override
    public String toString() {
        return "EmergencyAccess[" + id + ", " + status + "]";
    }
}
