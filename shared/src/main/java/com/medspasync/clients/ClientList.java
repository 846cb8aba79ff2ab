package com.medspasync.clients;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists a practice's clients by keyset: a page begins after the sort key of the last row before it, and so costs the same wherever
 * it lies, and neither skips nor repeats a row when others come and go.
 */
final class ClientList {

    private static final String NOT_BEFORE_ANY = "-infinity";
    private static final String AFTER_ALL = "infinity";

    /** One statement for each order, with and without a status, so that each has the index that it walks. */
    private static final Map<ClientOrder, Sql> ANY_STATUS = statements("");

    private static final Map<ClientOrder, Sql> ONE_STATUS = statements("and status = :status");

    private static final Sql COUNT = Sql.of("""
            select count(*) as count
            from clients
            where practice_id = :practice::uuid and deleted_at is null and (:status::text is null or status = :status)
              and created_at >= :created_from::timestamptz and created_at < :created_to::timestamptz""");

    private static final String TIMES =
            "created_at >= :created_from::timestamptz and created_at < :created_to::timestamptz";

    /**
     * In the order of names the times are bounds only where they are given. Bounds that say nothing would tempt the server, where it plans
     * for any values, to fetch all rows by their time and sort them.
     */
    private static final String TIMES_BY_NAME = """
            (:created_from::timestamptz is null or created_at >= :created_from::timestamptz)
                    and (:created_to::timestamptz is null or created_at < :created_to::timestamptz)""";

    private final PracticeDatabase database;
    private final Cursors cursors;

    ClientList(PracticeDatabase database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    private record Item(ClientSummary summary, List<String> position) {}

    Listing<ClientSummary> page(Caller caller, ClientFilter filter) {
        String question = "clients " + filter.order().text();
        List<String> after = firstPosition(filter.order());
        String cursor = filter.cursor();
        if (cursor != null) {
            Optional<List<String>> position = open(caller.practice(), question, filter, cursor);
            if (position.isEmpty()) {
                return new Listing.BadCursor<>();
            }
            after = position.get();
        }
        List<Item> items = database.list(
                caller,
                query(filter, after).json("unmasked", AuditedPage.unmasked(caller)),
                row -> item(row, filter.order()));
        List<ClientSummary> shown =
                items.stream().limit(filter.top()).map(Item::summary).toList();
        String next = items.size() > filter.top()
                ? seal(
                        caller.practice(),
                        question,
                        filter,
                        items.get(filter.top() - 1).position())
                : null;
        return new Listing.Page<>(shown, next);
    }

    private String seal(PracticeId practice, String question, ClientFilter filter, List<String> position) {
        List<String> parts = new ArrayList<>(position);
        parts.add(0, filter.fingerprint());
        return cursors.seal(practice, question, parts);
    }

    /** Empty when it is no cursor, or that of a list narrowed otherwise. */
    private Optional<List<String>> open(PracticeId practice, String question, ClientFilter filter, String cursor) {
        return cursors.open(practice, question, cursor)
                .filter(parts -> parts.get(0).equals(filter.fingerprint()))
                .map(parts -> parts.subList(1, parts.size()));
    }

    long count(Caller caller, ClientFilter filter) {
        ClientStatus status = filter.status();
        Query query = COUNT.bind().text("status", status == null ? null : status.name());
        return database.one(caller, bindRange(query, filter), row -> row.bigint("count"));
    }

    private static Query query(ClientFilter filter, List<String> after) {
        ClientStatus status = filter.status();
        Query query = sql(filter.order(), status != null).bind();
        if (status != null) {
            query.text("status", status.name());
        }
        (filter.order().isByName() ? bindBounds(query, filter) : bindRange(query, filter))
                .integer("top", filter.top())
                .json("criteria", criteria(filter.criteria()))
                .text("after_key", after.get(0))
                .text("after_id", after.get(after.size() - 1));
        return filter.order().isByName() ? query.text("after_first_name", after.get(1)) : query;
    }

    /** The statement of an order, for one status or any. */
    static Sql sql(ClientOrder order, boolean oneStatus) {
        Sql sql = (oneStatus ? ONE_STATUS : ANY_STATUS).get(order);
        if (sql == null) {
            throw new IllegalStateException("no statement for " + order);
        }
        return sql;
    }

    private static Query bindRange(Query query, ClientFilter filter) {
        return query.text("created_from", text(filter.createdFrom(), NOT_BEFORE_ANY))
                .text("created_to", text(filter.createdTo(), AFTER_ALL));
    }

    private static Query bindBounds(Query query, ClientFilter filter) {
        return query.instant("created_from", filter.createdFrom()).instant("created_to", filter.createdTo());
    }

    private static String text(@Nullable Instant instant, String otherwise) {
        return instant == null ? otherwise : instant.toString();
    }

    static String criteria(List<String> kinds) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        kinds.forEach(json::add);
        return json.toString();
    }

    private static Item item(Row row, ClientOrder order) {
        ClientSummary summary = ClientRow.summary(row);
        List<String> position = new ArrayList<>();
        position.add(
                order.isByName()
                        ? row.text("last_name_search")
                        : summary.createdAt().toString());
        if (order.isByName()) {
            position.add(row.text("first_name_search"));
        }
        position.add(summary.id().toString());
        return new Item(summary, position);
    }

    /** Before the first row of the order. */
    private static List<String> firstPosition(ClientOrder order) {
        String id =
                order.isDescending() ? "ffffffff-ffff-ffff-ffff-ffffffffffff" : "00000000-0000-0000-0000-000000000000";
        if (order.isByName()) {
            String name = order.isDescending() ? NameRange.HIGHEST : NameRange.LOWEST;
            return List.of(name, name, id);
        }
        return List.of(order.isDescending() ? AFTER_ALL : NOT_BEFORE_ANY, id);
    }

    private static Map<ClientOrder, Sql> statements(String condition) {
        Map<ClientOrder, Sql> statements = new EnumMap<>(ClientOrder.class);
        for (ClientOrder order : ClientOrder.values()) {
            statements.put(order, Sql.of(statement(order, condition)));
        }
        return statements;
    }

    private static String statement(ClientOrder order, String condition) {
        String direction = order.isDescending() ? " desc" : "";
        String key = order.isByName() ? "last_name_search, first_name_search, id" : "created_at, id";
        return """
                with page as materialized (
                  select row_number() over (order by %1$s) as position, last_name_search, first_name_search, %2$s
                  from clients
                  where practice_id = :practice::uuid and deleted_at is null %3$s
                    and %4$s
                    and (%5$s) %6$s (%7$s)
                  order by %1$s
                  limit :top + 1),
                %8$s""".formatted(
                        key.replace(",", direction + ",") + direction,
                        ClientRow.SUMMARY_COLUMNS,
                        condition,
                        order.isByName() ? TIMES_BY_NAME : TIMES,
                        key,
                        order.isDescending() ? "<" : ">",
                        order.isByName()
                                ? ":after_key, :after_first_name, :after_id::uuid"
                                : ":after_key::timestamptz, :after_id::uuid",
                        AuditedPage.endingWith("READ"));
    }
}
