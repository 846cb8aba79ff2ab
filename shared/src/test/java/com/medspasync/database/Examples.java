package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.UUID;

/** Callers, and one table under row-level security, that the tests of this package share. */
final class Examples {

    static final Caller GLOW = caller(1);
    static final Caller RADIANCE = caller(2);

    static final Sql INSERT_NOTE = Sql.of("""
            insert into notes (practice_id, id, body)
            values (:practice::uuid, :id::uuid, :body)
            returning id""");

    static final Sql READ_NOTE = Sql.of("""
            select id, body
            from notes
            where practice_id = :practice::uuid and id = :id::uuid""");

    static final Sql NOTES = Sql.of("select practice_id, id, body from notes order by body");

    private Examples() {}

    /** The platform at work for a practice of its own, the same in each run. */
    private static Caller caller(long number) {
        return Caller.platform(
                new PracticeId(new UUID(0x7000, number)), new Origin("203.0.113.9", "curl/8", UUID.randomUUID()));
    }

    /** A database with only the table {@code notes}, confined to the practice and writable by the application. */
    static EmbeddedDatabase withNotes(EmbeddedDatabase database) {
        database.execute("""
                create table notes (
                    practice_id uuid not null,
                    id uuid not null,
                    body text not null constraint notes_body_short check (length(body) <= 100),
                    amount int,
                    primary key (practice_id, id),
                    constraint notes_body_unique unique (practice_id, body))""", """
                alter table notes enable row level security""", """
                alter table notes force row level security""", """
                create policy notes_of_practice on notes
                    using (practice_id = (select nullif(current_setting('app.current_practice_id', true), '')::uuid))
                    with check (practice_id = (select nullif(current_setting('app.current_practice_id', true), '')::uuid))
                """, """
                grant select, insert, update, delete on notes to medspasync_app""");
        return database;
    }

    static Query insertNote(UUID id, String body) {
        return INSERT_NOTE.bind().uuid("id", id).text("body", body);
    }

    static Query readNote(UUID id) {
        return READ_NOTE.bind().uuid("id", id);
    }
}
