package com.medspasync.services;

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

/** Lists and counts services. */
final class ServiceList {

    private static final String SELECTED = """
            practice_id = :practice::uuid and deleted_at is null and (:category::text is null or category = :category)
              and (:active::boolean is null or active = :active)""";

    /** One statement for each order, for the first page and for another. */
    private static final Map<ServiceOrder, Sql> FIRST_PAGES = statements("");

    private static final Map<ServiceOrder, Sql> LATER_PAGES =
            statements("and (%1$s, id) %2$s (:after_key::%3$s, :after_id::uuid)");

    private static final Sql COUNT = Sql.of("select count(*) as count from services where " + SELECTED);

    private final PracticeDatabase database;
    private final Pages pages;

    ServiceList(PracticeDatabase database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    Listing<Service> page(Caller caller, ServiceFilter filter) {
        return pages.page(
                caller.practice(),
                filter.question(),
                filter.top(),
                filter.cursor(),
                after -> database.list(caller, query(filter, after), ServiceList::placed));
    }

    long count(Caller caller, ServiceFilter filter) {
        return database.one(caller, bind(COUNT.bind(), filter), row -> row.bigint("count"));
    }

    private static Query query(ServiceFilter filter, @Nullable List<String> after) {
        Map<ServiceOrder, Sql> statements = after == null ? FIRST_PAGES : LATER_PAGES;
        Query query = bind(
                        Objects.requireNonNull(statements.get(filter.order())).bind(), filter)
                .integer("top", filter.top());
        return after == null ? query : query.text("after_key", after.get(0)).text("after_id", after.get(1));
    }

    private static Query bind(Query query, ServiceFilter filter) {
        return query.text("category", filter.category()).bool("active", filter.active());
    }

    private static Pages.Placed<Service> placed(Row row) {
        Service service = Service.of(row);
        return new Pages.Placed<>(service, List.of(row.text("key"), service.id().toString()));
    }

    private static Map<ServiceOrder, Sql> statements(String after) {
        Map<ServiceOrder, Sql> statements = new EnumMap<>(ServiceOrder.class);
        for (ServiceOrder order : ServiceOrder.values()) {
            String direction = order.isDescending() ? " desc" : "";
            String condition = after.formatted(order.column(), order.isDescending() ? "<" : ">", order.type());
            statements.put(
                    order, Sql.of("""
                    select %1$s::text as key, %3$s
                    from services
                    where %4$s %5$s
                    order by %1$s%2$s, id%2$s
                    limit :top + 1""".formatted(order.column(), direction, Service.COLUMNS, SELECTED, condition)));
        }
        return statements;
    }
}
