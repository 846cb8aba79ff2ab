package com.medspasync.shredding;

import com.medspasync.database.Row;
import com.medspasync.job.JobRequests;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The destruction of a client's or a practice's keys, as far as it has come.
 *
 * @param client whose keys they are; null for all of the practice
 * @param reason why, in the words of who asked for it
 * @param requestedBy the operator who asked for it
 * @param confirmableAt when the second step may be taken, for a practice; null for a client
 * @param confirmedBy the operator who took it
 * @param clientKeys how many keys of clients were destroyed: one for each version
 * @param practiceKeys how many keys of the practice were destroyed
 * @param destroyedAt when they were; nothing can be read from then on
 * @param certifiableAt when the last backup that may hold them has expired
 * @param certifiedAt when, after that, there was no trace of them
 * @param error why it does not go on, when it has failed
 */
public record Shredding(
        UUID id,
        Kind kind,
        UUID practice,
        @Nullable UUID client,
        String reason,
        @Nullable UUID requestedBy,
        Status status,
        @Nullable Instant confirmableAt,
        @Nullable Instant confirmedAt,
        @Nullable UUID confirmedBy,
        long clientKeys,
        long practiceKeys,
        @Nullable Instant destroyedAt,
        @Nullable Instant certifiableAt,
        @Nullable Instant certifiedAt,
        @Nullable String error,
        int version,
        Instant createdAt,
        Instant updatedAt)
        implements JobRequests.Job {

    /** Whose keys are destroyed. */
    public enum Kind {
        /** One client's. */
        CLIENT,
        /** A practice's, and those of all its clients. */
        PRACTICE
    }

    /** How far it is. */
    public enum Status {
        /** Asked for once; a practice's waits to be confirmed. */
        WAITING,
        /** To be done. */
        PENDING,
        /** Under way. */
        PROCESSING,
        /** The keys are destroyed, and what was derived from what they encrypted is gone. */
        COMPLETED,
        /** It stopped at something that somebody has to look at, and can be resumed. */
        FAILED,
        /** Called off while it waited. */
        CANCELLED
    }

    @Override
    public boolean isUnfinished() {
        return status == Status.PENDING || status == Status.PROCESSING;
    }

    static final String COLUMNS =
            "id, kind, target_practice, target_client, reason, requested_by, status, confirmable_at,"
                    + " confirmed_at, confirmed_by, client_keys, practice_keys, destroyed_at, certifiable_at, certified_at, error,"
                    + " version, created_at, updated_at";

    static Shredding of(Row row) {
        return new Shredding(
                row.uuid("id"),
                Kind.valueOf(row.text("kind")),
                row.uuid("target_practice"),
                row.uuidOrNull("target_client"),
                row.text("reason"),
                row.uuidOrNull("requested_by"),
                Status.valueOf(row.text("status")),
                row.instantOrNull("confirmable_at"),
                row.instantOrNull("confirmed_at"),
                row.uuidOrNull("confirmed_by"),
                row.bigint("client_keys"),
                row.bigint("practice_keys"),
                row.instantOrNull("destroyed_at"),
                row.instantOrNull("certifiable_at"),
                row.instantOrNull("certified_at"),
                row.textOrNull("error"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
