package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Paging;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads from the audit who changed a client, when and how; also of one that is deleted. */
final class ClientHistory {

    private static final Sql PAGE = Sql.of("""
            with known as materialized (
              select id
              from clients
              where practice_id = :practice::uuid and id = :id::uuid),
            %s,
            candidate as materialized (
              select id, timestamp, action, user_id, ip_address, request_id, old_values, new_values, erased_at
              from audit_logs
              where practice_id = :practice::uuid and record_id = :id::uuid and table_name = 'clients'
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
                :practice::uuid, :user::uuid, 'READ', 'clients', id, :address, :agent, :request::uuid, :purpose,
                '{"of": "history"}'::jsonb || coalesce(:unmasked::jsonb, '{}')
              from known)
            select page.*, users.email as user_email, keyring.*
            from known
            cross join keyring
            left join page on true
            left join users on users.practice_id = :practice::uuid and users.id = page.user_id
            order by page.position""".formatted(WrappedKeys.CTE));

    /**
     * How much of the audit's values a page holds at most, in bytes of their JSON, unless its first row alone has more: a page is opened and
     * answered in one piece.
     */
    static final int MOST_BYTES = 1024 * 1024;

    private static final List<String> NOW = List.of("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final Cursors cursors;

    ClientHistory(PracticeDatabase database, ClientCipher cipher, Cursors cursors) {
        this.database = database;
        this.cipher = cipher;
        this.cursors = cursors;
    }

    /**
     * One row of the audit, and the keys to read it with; without one where a client has no history.
     *
     * @param candidates how many rows there were for the page: one more than asked for if there are as many
     */
    private record Item(WrappedKeys keys, @Nullable AuditRow row, long candidates) {

        static Item of(Row row) {
            WrappedKeys keys = WrappedKeys.of(row);
            return row.uuidOrNull("id") == null
                    ? new Item(keys, null, 0)
                    : new Item(keys, AuditRow.of(row), row.bigint("candidates"));
        }
    }

    Lookup<Listing<HistoryEntry>> page(Caller caller, UUID id, int top, @Nullable String cursor) {
        Paging.requireTop(top);
        String question = "history of client " + id;
        Optional<List<String>> after =
                cursor == null ? Optional.of(NOW) : cursors.open(caller.practice(), question, cursor);
        if (after.isEmpty()) {
            return new Lookup.Found<>(new Listing.BadCursor<>());
        }
        List<Item> items = database.list(
                caller,
                PAGE.bind()
                        .uuid("id", id)
                        .text("after_time", after.get().get(0))
                        .text("after_id", after.get().get(1))
                        .integer("top", top)
                        .integer("most_bytes", MOST_BYTES)
                        .json("unmasked", HistoryReader.unmasked(caller, id)),
                Item::of);
        if (items.isEmpty()) {
            return new Lookup.Missing<>();
        }
        return new Lookup.Found<>(page(caller, id, question, items));
    }

    private Listing<HistoryEntry> page(Caller caller, UUID id, String question, List<Item> items) {
        HistoryReader reader =
                new HistoryReader(cipher, caller, id, items.get(0).keys());
        List<AuditRow> rows = items.stream()
                .flatMap(item -> Optional.ofNullable(item.row()).stream())
                .toList();
        List<HistoryEntry> shown = rows.stream().map(reader::entry).toList();
        if (rows.size() == items.get(0).candidates()) {
            return new Listing.Page<>(shown, null);
        }
        AuditRow last = rows.get(rows.size() - 1);
        return new Listing.Page<>(
                shown,
                cursors.seal(
                        caller.practice(),
                        question,
                        List.of(last.at().toString(), last.id().toString())));
    }

    /** A row of {@code audit_logs} about a client. */
    record AuditRow(
            UUID id,
            Instant at,
            HistoryEntry.Action action,
            @Nullable UUID user,
            @Nullable String userEmail,
            @Nullable String address,
            @Nullable UUID requestId,
            @Nullable String oldValues,
            @Nullable String newValues,
            boolean erased) {

        static AuditRow of(Row row) {
            return new AuditRow(
                    row.uuid("id"),
                    row.instant("timestamp"),
                    HistoryEntry.Action.valueOf(row.text("action")),
                    row.uuidOrNull("user_id"),
                    row.textOrNull("user_email"),
                    row.textOrNull("ip_address"),
                    row.uuidOrNull("request_id"),
                    row.jsonOrNull("old_values"),
                    row.jsonOrNull("new_values"),
                    row.instantOrNull("erased_at") != null);
        }

        /** Hides the values. */
        @Override
        public String toString() {
            return "AuditRow[" + id + "]";
        }
    }
}
