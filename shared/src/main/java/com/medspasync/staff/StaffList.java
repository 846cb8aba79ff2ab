package com.medspasync.staff;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Pages;
import com.medspasync.tenant.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists and counts staff members. A page is one row of the audit, which tells how many it showed. */
final class StaffList {

    private static final String SELECTED = """
            practice_id = :practice::uuid and deleted_at is null and (:role::text is null or role = :role)
              and (:active::boolean is null or active = :active)
              and (:specialization::text is null or :specialization = any (specializations))""";

    /** One statement for each order, for the first page and for another. */
    private static final Map<StaffOrder, Sql> FIRST_PAGES = statements(false);

    private static final Map<StaffOrder, Sql> LATER_PAGES = statements(true);

    private static final Sql COUNT = Sql.of("select count(*) as count from staff where " + SELECTED);

    private final PracticeDatabase database;
    private final Pages pages;

    StaffList(PracticeDatabase database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    Listing<StaffMember> page(Caller caller, StaffFilter filter) {
        return pages.page(
                caller.practice(),
                filter.question(),
                filter.top(),
                filter.cursor(),
                after -> database.list(caller, query(filter, after), row -> placed(row, filter.order(), caller)));
    }

    long count(Caller caller, StaffFilter filter) {
        return database.one(caller, bind(COUNT.bind(), filter), row -> row.bigint("count"));
    }

    private static Query query(StaffFilter filter, @Nullable List<String> after) {
        Map<StaffOrder, Sql> statements = after == null ? FIRST_PAGES : LATER_PAGES;
        Query query = bind(
                        Objects.requireNonNull(statements.get(filter.order())).bind(), filter)
                .integer("top", filter.top())
                .json("criteria", filter.criteria());
        if (after != null) {
            query.text("after_key", after.get(0)).text("after_id", after.getLast());
            if (filter.order().isByName()) {
                query.text("after_first_name", after.get(1));
            }
        }
        return query;
    }

    private static Query bind(Query query, StaffFilter filter) {
        return query.text("role", filter.role() == null ? null : filter.role().name())
                .bool("active", filter.active())
                .text("specialization", filter.specialization());
    }

    private static Pages.Placed<StaffMember> placed(Row row, StaffOrder order, Caller caller) {
        StaffMember member = StaffRow.read(row, caller);
        String id = member.id().toString();
        return new Pages.Placed<>(
                member,
                order.isByName()
                        ? List.of(row.text("last_name"), row.text("first_name"), id)
                        : List.of(member.createdAt().toString(), id));
    }

    private static Map<StaffOrder, Sql> statements(boolean later) {
        Map<StaffOrder, Sql> statements = new EnumMap<>(StaffOrder.class);
        for (StaffOrder order : StaffOrder.values()) {
            statements.put(order, Sql.of(statement(order, later)));
        }
        return statements;
    }

    private static String statement(StaffOrder order, boolean later) {
        String key = order.isByName() ? "last_name, first_name, id" : "created_at, id";
        String after = order.isByName()
                ? "(:after_key, :after_first_name, :after_id::uuid)"
                : "(:after_key::timestamptz, :after_id::uuid)";
        String condition = later ? "and (%s) %s %s".formatted(key, order.isDescending() ? "<" : ">", after) : "";
        return """
                with page as materialized (
                  select row_number() over (order by %1$s) as position, %2$s
                  from staff
                  where %3$s %4$s
                  order by %1$s
                  limit :top + 1),
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
                  select :practice::uuid, :user::uuid, 'READ', 'staff', :address, :agent, :request::uuid, :purpose,
                    jsonb_build_object('criteria', :criteria::jsonb, 'shown', (select count(*) from page where position <= :top)))
                select * from page order by position""".formatted(
                        order.isDescending() ? key.replace(",", " desc,") + " desc" : key,
                        StaffRow.COLUMNS,
                        SELECTED,
                        condition);
    }
}
