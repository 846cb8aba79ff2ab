package com.medspasync.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Paging;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads from the audit who changed a record of one kind, when and how; also of one that is deleted. Thread-safe. */
public final class RecordHistory {

    /**
     * How much of the audit's values a page holds at most, in bytes of their JSON, unless its first row alone has more: a page is opened and
     * answered in one piece.
     */
    public static final int MOST_BYTES = 1024 * 1024;

    private static final List<String> NOW = List.of("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private final PracticeDatabase database;
    private final Cursors cursors;
    private final Sql statement;
    private final String kind;

    /** Makes what changed in a row of the audit of its values before and after. */
    @FunctionalInterface
    public interface Reader {
        List<FieldChange> changes(JsonNode before, JsonNode after);
    }

    /**
     * The histories of one kind of record.
     *
     * @param statement of {@link #statement}
     * @param kind of the record, for a cursor to belong to
     */
    public RecordHistory(PracticeDatabase database, Cursors cursors, Sql statement, String kind) {
        this.database = database;
        this.cursors = cursors;
        this.statement = statement;
        this.kind = kind;
    }

    /**
     * The statement that reads a page, to be held in a static field. Where the record is not the client itself, the audit names the client beside it.
     *
     * @param table the record's
     * @param known selects from it the {@code id} of the record {@code :id}, and as {@code client_id} the client under whose keys it is encrypted
     */
    public static Sql statement(String table, String known) {
        return Sql.of("""
                with known as materialized (
                  %2$s),
                keyring as materialized (
                  %3$s),
                candidate as materialized (
                  select id, timestamp, action, user_id, ip_address, request_id, old_values, new_values, erased_at
                  from audit_logs
                  where practice_id = :practice::uuid and record_id = :id::uuid and table_name = '%1$s'
                    and action in ('CREATE', 'UPDATE', 'DELETE', 'RESTORE')
                    and (timestamp, id) < (:after_time::timestamptz, :after_id::uuid)
                  order by timestamp desc, id desc
                  limit :top + 1),
                measured as (
                  select
                    *, row_number() over newest as position, count(*) over () as candidates,
                    sum(coalesce(octet_length(old_values::text), 0) + coalesce(octet_length(new_values::text), 0)) over newest as bytes
                  from candidate
                  window newest as (order by timestamp desc, id desc rows unbounded preceding)),
                page as materialized (
                  select * from measured where position = 1 or (position <= :top and bytes <= :most_bytes)),
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
                  select
                    :practice::uuid, :user::uuid, 'READ', '%1$s', id, :address, :agent, :request::uuid, :purpose,
                    '{"of": "history"}'::jsonb || coalesce(:unmasked::jsonb, '{}')
                  from known
                  returning id),
                subject as (
                  insert into audit_subjects (practice_id, record_id, audit_id)
                  select :practice::uuid, known.client_id, audit.id from known cross join audit where known.client_id <> known.id)
                select page.*, users.email as user_email, keyring.*, known.client_id
                from known
                cross join keyring
                left join page on true
                left join users on users.practice_id = :practice::uuid and users.id = page.user_id
                order by page.position""".formatted(table, known, WrappedKeys.select("(select client_id from known)")));
    }

    /** The client under whose keys a record's values are encrypted, and those keys. */
    public record Keyed(UUID client, WrappedKeys keys) {}

    /**
     * One row of the audit, and the keys to read it with; without one where a record has no history.
     *
     * @param candidates how many rows there were for the page: one more than asked for if there are as many
     */
    private record Item(Keyed keyed, @Nullable AuditRow row, long candidates) {

        static Item of(Row row) {
            Keyed keyed = new Keyed(row.uuid("client_id"), WrappedKeys.of(row));
            return row.uuidOrNull("id") == null
                    ? new Item(keyed, null, 0)
                    : new Item(keyed, AuditRow.of(row), row.bigint("candidates"));
        }
    }

    /**
     * The changes of a record, the newest first.
     *
     * @param top how many on a page, 1 to {@link Paging#MOST}
     * @param cursor where the page begins, as the page before said; null for the first
     * @param unmasked details for the audit: which fields are shown only for the caller's purpose; null for none
     * @param reader what reads the record's values for the caller
     */
    public Lookup<Listing<HistoryEntry>> page(
            Caller caller,
            UUID id,
            int top,
            @Nullable String cursor,
            @Nullable String unmasked,
            Function<Keyed, Reader> reader) {
        Paging.requireTop(top);
        String question = "history of " + kind + " " + id;
        Optional<List<String>> after =
                cursor == null ? Optional.of(NOW) : cursors.open(caller.practice(), question, cursor);
        if (after.isEmpty()) {
            return new Lookup.Found<>(new Listing.BadCursor<>());
        }
        List<Item> items = database.list(
                caller,
                statement
                        .bind()
                        .uuid("id", id)
                        .text("after_time", after.get().get(0))
                        .text("after_id", after.get().get(1))
                        .integer("top", top)
                        .integer("most_bytes", MOST_BYTES)
                        .json("unmasked", unmasked),
                Item::of);
        if (items.isEmpty()) {
            return new Lookup.Missing<>();
        }
        return new Lookup.Found<>(
                page(caller, question, items, reader.apply(items.get(0).keyed())));
    }

    private Listing<HistoryEntry> page(Caller caller, String question, List<Item> items, Reader reader) {
        List<AuditRow> rows = items.stream()
                .flatMap(item -> Optional.ofNullable(item.row()).stream())
                .toList();
        List<HistoryEntry> shown = rows.stream().map(row -> row.entry(reader)).toList();
        if (rows.size() == items.get(0).candidates()) {
            return new Listing.Page<>(shown, null);
        }
        AuditRow last = rows.get(rows.size() - 1);
        Instant at = last.at();
        return new Listing.Page<>(
                shown,
                cursors.seal(
                        caller.practice(),
                        question,
                        List.of(at.toString(), last.id().toString())));
    }
}
