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
            page as materialized (
              select
                row_number() over (order by timestamp desc, id desc) as position,
                id, timestamp, action, user_id, ip_address, request_id, old_values, new_values, erased_at
              from audit_logs
              where practice_id = :practice::uuid and record_id = :id::uuid and table_name = 'clients'
                and action in ('CREATE', 'UPDATE', 'DELETE', 'RESTORE')
                and (timestamp, id) < (:after_time::timestamptz, :after_id::uuid)
              order by timestamp desc, id desc
              limit :top + 1),
            audit as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, :user::uuid, 'READ', 'clients', id, :address, :agent, :request::uuid, '{"of": "history"}'
              from known)
            select page.*, users.email as user_email, keyring.*
            from known
            cross join keyring
            left join page on true
            left join users on users.practice_id = :practice::uuid and users.id = page.user_id
            order by page.position""".formatted(WrappedKeys.CTE));

    private static final List<String> NOW = List.of("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final Cursors cursors;

    ClientHistory(PracticeDatabase database, ClientCipher cipher, Cursors cursors) {
        this.database = database;
        this.cipher = cipher;
        this.cursors = cursors;
    }

    /** One row of the audit, and the keys to read it with; without one where a client has no history. */
    private record Item(WrappedKeys keys, @Nullable AuditRow row) {

        static Item of(Row row) {
            return new Item(WrappedKeys.of(row), row.uuidOrNull("id") == null ? null : AuditRow.of(row));
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
                        .integer("top", top),
                Item::of);
        if (items.isEmpty()) {
            return new Lookup.Missing<>();
        }
        return new Lookup.Found<>(page(caller, id, top, question, items));
    }

    private Listing<HistoryEntry> page(Caller caller, UUID id, int top, String question, List<Item> items) {
        HistoryReader reader =
                new HistoryReader(cipher, caller, id, items.get(0).keys());
        List<AuditRow> rows = items.stream()
                .flatMap(item -> Optional.ofNullable(item.row()).stream())
                .toList();
        List<HistoryEntry> shown = rows.stream().limit(top).map(reader::entry).toList();
        if (rows.size() <= top) {
            return new Listing.Page<>(shown, null);
        }
        AuditRow last = rows.get(top - 1);
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
