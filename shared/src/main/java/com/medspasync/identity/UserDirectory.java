package com.medspasync.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows who the users of a practice are. Each method is one round trip, and one row of the audit. Thread-safe. */
public final class UserDirectory {

    private static final Sql FIND = Sql.of("""
            with found as materialized (
              select %s
              from users
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null),
            audit as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose)
              select :practice::uuid, :user::uuid, 'READ', 'users', id, :address, :agent, :request::uuid, :purpose
              from found)
            select * from found""".formatted(User.COLUMNS));

    /** One statement for each order, for the first page and for another. */
    private static final Map<UserOrder, Sql> FIRST_PAGES = statements("");

    private static final Map<UserOrder, Sql> LATER_PAGES =
            statements("and (%1$s, id) %2$s (:after_key::%3$s, :after_id::uuid)");

    private final PracticeDatabase database;
    private final Cursors cursors;

    /** One more than is asked for shows that there is a next page. */
    private record Item(User user, String key) {}

    UserDirectory(PracticeDatabase database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** A user of the caller's practice. */
    public Lookup<User> find(Caller caller, UUID id) {
        return database.first(caller, FIND.bind().uuid("id", id), row -> User.of(caller.practice(), row))
                .<Lookup<User>>map(Lookup.Found::new)
                .orElseGet(Lookup.Missing::new);
    }

    /** The users of the caller's practice, page by page; missing when there is no such practice. */
    public Lookup<Listing<User>> list(Caller caller, UserFilter filter) {
        String cursor = filter.cursor();
        List<String> after = null;
        if (cursor != null) {
            Optional<List<String>> position = cursors.open(caller.practice(), filter.question(), cursor);
            if (position.isEmpty()) {
                return new Lookup.Found<>(new Listing.BadCursor<>());
            }
            after = position.get();
        }
        List<Optional<Item>> rows = read(caller, filter, after);
        if (rows.isEmpty()) {
            return new Lookup.Missing<>();
        }
        List<Item> items = rows.stream().flatMap(Optional::stream).toList();
        List<User> shown = items.stream().limit(filter.top()).map(Item::user).toList();
        String next = items.size() > filter.top()
                ? cursors.seal(caller.practice(), filter.question(), position(items.get(filter.top() - 1)))
                : null;
        return new Lookup.Found<>(new Listing.Page<>(shown, next));
    }

    private List<Optional<Item>> read(Caller caller, UserFilter filter, @Nullable List<String> after) {
        var query = Objects.requireNonNull((after == null ? FIRST_PAGES : LATER_PAGES).get(filter.order()))
                .bind()
                .text("role", filter.role() == null ? null : filter.role().stored())
                .bool("active", filter.active())
                .integer("top", filter.top())
                .json("criteria", criteria(filter.criteria()));
        if (after != null) {
            query.text("after_key", after.get(0)).text("after_id", after.get(1));
        }
        return database.list(caller, query, row -> item(caller, row));
    }

    private static Optional<Item> item(Caller caller, Row row) {
        return row.uuidOrNull("id") == null
                ? Optional.empty()
                : Optional.of(new Item(User.of(caller.practice(), row), row.text("key")));
    }

    private static List<String> position(Item last) {
        return List.of(last.key(), last.user().id().toString());
    }

    private static String criteria(List<String> kinds) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        kinds.forEach(json::add);
        return json.toString();
    }

    private static Map<UserOrder, Sql> statements(String after) {
        Map<UserOrder, Sql> statements = new EnumMap<>(UserOrder.class);
        for (UserOrder order : UserOrder.values()) {
            statements.put(order, Sql.of(statement(order, after)));
        }
        return statements;
    }

    /** The practice comes with each row, and alone when it has no such users. */
    private static String statement(UserOrder order, String after) {
        String direction = order.isDescending() ? " desc" : "";
        String condition = after.formatted(order.column(), order.isDescending() ? "<" : ">", order.type());
        return """
                with practice as (
                  select id as there from practices where id = :practice::uuid and deleted_at is null),
                page as materialized (
                  select row_number() over (order by %1$s%2$s, id%2$s) as position, %1$s::text as key, %3$s
                  from users
                  where practice_id = :practice::uuid and deleted_at is null and (:role::text is null or role = :role)
                    and (:active::boolean is null or active = :active) %4$s
                  order by %1$s%2$s, id%2$s
                  limit :top + 1),
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
                  select :practice::uuid, :user::uuid, 'READ', 'users', :address, :agent, :request::uuid, :purpose,
                    jsonb_build_object('criteria', :criteria::jsonb, 'shown', (select count(*) from page where position <= :top))
                  from practice)
                select * from practice left join page on true order by position""".formatted(order.column(), direction, User.COLUMNS, condition);
    }
}
