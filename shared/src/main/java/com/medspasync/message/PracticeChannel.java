package com.medspasync.message;

import com.medspasync.database.Row;
import java.net.URI;
import java.time.Instant;

/** Where a practice has its messages sent, as it may be shown: without the secret. */
public record PracticeChannel(WebhookUrl url, int version, Instant createdAt, Instant updatedAt) {

    static PracticeChannel of(Row row) {
        return new PracticeChannel(
                new WebhookUrl(URI.create(row.text("url"))),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
