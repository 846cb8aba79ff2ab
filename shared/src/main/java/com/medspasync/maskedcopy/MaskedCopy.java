package com.medspasync.maskedcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.database.Row;
import com.medspasync.job.JobRequests;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A masked copy of a practice, as far as it has come.
 *
 * @param practice whose records were copied
 * @param reason why, in the words of who asked for it
 * @param requestedBy the operator who asked for it
 * @param done how many rows were copied so far
 * @param total how many there were when it began; null before that. More may come to be copied, which were written meanwhile
 * @param files once it is complete
 * @param error why it does not go on, when it has failed
 * @param deletedAt when its files were deleted
 */
public record MaskedCopy(
        UUID id,
        UUID practice,
        String reason,
        @Nullable UUID requestedBy,
        Status status,
        long done,
        @Nullable Long total,
        List<CopiedFile> files,
        @Nullable String error,
        int version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt,
        @Nullable Instant deletedAt)
        implements JobRequests.Job {

    /** How far it is. */
    public enum Status {
        /** Asked for. */
        PENDING,
        /** Under way, perhaps waiting for its next turn. */
        PROCESSING,
        /** Its files can be read. */
        COMPLETED,
        /** It stopped at something that somebody has to look at, and can be resumed. */
        FAILED
    }

    @Override
    public boolean isUnfinished() {
        return status == Status.PENDING || status == Status.PROCESSING;
    }

    static final String COLUMNS =
            "id, target_practice, reason, requested_by, status, done, total, files, error, version,"
                    + " created_at, updated_at, completed_at, deleted_at";

    private static final JsonMapper MAPPER = new JsonMapper();

    public MaskedCopy {
        files = List.copyOf(files);
    }

    static MaskedCopy of(Row row) {
        return new MaskedCopy(
                row.uuid("id"),
                row.uuid("target_practice"),
                row.text("reason"),
                row.uuidOrNull("requested_by"),
                Status.valueOf(row.text("status")),
                row.bigint("done"),
                row.bigintOrNull("total"),
                files(row.jsonOrNull("files")),
                row.textOrNull("error"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instantOrNull("completed_at"),
                row.instantOrNull("deleted_at"));
    }

    private static List<CopiedFile> files(@Nullable String json) {
        try {
            return json == null ? List.of() : MAPPER.readValue(json, new TypeReference<List<CopiedFile>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of files that was written here cannot be read");
        }
    }
}
