package com.medspasync.rotation;

import com.medspasync.database.Row;
import com.medspasync.job.JobRequests;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of one key, as far as it has come.
 *
 * @param practice whose key it is, or whose client's; null for the root's
 * @param client whose key it is; null but for a client's
 * @param reason why, in the words of who asked for it
 * @param requestedBy the operator who asked for it; null for the platform itself
 * @param fromVersion the version that is replaced; null until the new one is there
 * @param toVersion the version that replaces it
 * @param done how many things were moved to it so far: wrapped keys, encrypted fields, index entries
 * @param error why it does not go on, when it has failed
 */
public record Rotation(
        UUID id,
        Kind kind,
        @Nullable UUID practice,
        @Nullable UUID client,
        String reason,
        @Nullable UUID requestedBy,
        Status status,
        @Nullable Integer fromVersion,
        @Nullable Integer toVersion,
        long done,
        @Nullable String error,
        int version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt)
        implements JobRequests.Job {

    /** Which key is replaced. */
    public enum Kind {
        /** The root: practices' keys and signing keys are wrapped anew. */
        ROOT,
        /** A practice's: its clients' keys are wrapped anew, its blind indexes built anew, its own fields encrypted anew. */
        PRACTICE,
        /** A client's, under suspicion: everything of the client is encrypted anew. */
        CLIENT
    }

    /** How far it is. */
    public enum Status {
        /** Asked for. */
        PENDING,
        /** Under way, perhaps waiting for its next turn. */
        PROCESSING,
        /** Nothing is left under the old version. */
        COMPLETED,
        /** It stopped at something that somebody has to look at; both versions are in use, and it can be resumed. */
        FAILED
    }

    @Override
    public boolean isUnfinished() {
        return status == Status.PENDING || status == Status.PROCESSING;
    }

    static final String COLUMNS =
            "id, kind, target_practice, target_client, reason, requested_by, status, from_version,"
                    + " to_version, done, error, version, created_at, updated_at, completed_at";

    static Rotation of(Row row) {
        return new Rotation(
                row.uuid("id"),
                Kind.valueOf(row.text("kind")),
                row.uuidOrNull("target_practice"),
                row.uuidOrNull("target_client"),
                row.text("reason"),
                row.uuidOrNull("requested_by"),
                Status.valueOf(row.text("status")),
                row.integerOrNull("from_version"),
                row.integerOrNull("to_version"),
                row.bigint("done"),
                row.textOrNull("error"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instantOrNull("completed_at"));
    }
}
