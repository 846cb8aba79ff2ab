package com.medspasync.notice;

import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that the platform has to tell, by ids alone.
 *
 * @param subject whom or what it is about
 * @param attempt how often somebody has begun to deliver it, from 1
 */
public record Notice(PracticeId practice, UUID id, NoticeKind kind, UUID subject, Instant createdAt, int attempt) {

    static Notice of(Row row) {
        return new Notice(
                new PracticeId(row.uuid("practice_id")),
                row.uuid("id"),
                NoticeKind.valueOf(row.text("kind")),
                row.uuid("subject_id"),
                row.instant("created_at"),
                row.integer("attempts"));
    }
}
