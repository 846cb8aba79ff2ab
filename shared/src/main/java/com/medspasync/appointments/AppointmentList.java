package com.medspasync.appointments;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Json;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Pages;
import com.medspasync.tenant.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists a practice's appointments by keyset, in the order in which they begin. Notes are not listed: who needs them opens the appointment. Whose
 * appointments a page showed is on record, client by client.
 */
final class AppointmentList {

    /** Which condition leads: each has an index of its own that is in the order of time, and a statement of its own that walks it. */
    enum Lead {
        TIME("true"),
        CLIENT("a.client_id = :client::uuid"),
        STAFF("a.staff_id = :staff::uuid"),
        SERVICE("a.service_id = :service::uuid"),
        PAYMENT("a.payment_status = :payment"),
        STATUS("a.status = :status");

        private final String condition;

        Lead(String condition) {
            this.condition = condition;
        }

        static Lead of(AppointmentFilter filter) {
            if (filter.client() != null) {
                return CLIENT;
            }
            if (filter.staff() != null) {
                return STAFF;
            }
            if (filter.service() != null) {
                return SERVICE;
            }
            if (filter.payment() != null) {
                return PAYMENT;
            }
            return filter.status() != null ? STATUS : TIME;
        }
    }

    /** In which direction a list walks, and what bounds it on either side. */
    private enum Direction {
        EARLIEST_FIRST(
                ">", "", "lower", ":after_time::timestamptz >= lower", "a.date_time < (select upper from bounds)"),
        LATEST_FIRST(
                "<", " desc", "upper", ":after_time::timestamptz < upper", "a.date_time >= (select lower from bounds)");

        private final String after;
        private final String order;
        private final String near;
        private final String within;
        private final String end;

        /**
         * @param after how what comes later on the list compares with what came before
         * @param near the bound at which the list begins
         * @param within whether the position after which the page begins is past that bound
         * @param end what holds until the other bound
         */
        Direction(String after, String order, String near, String within, String end) {
            this.after = after;
            this.order = order;
            this.near = near;
            this.within = within;
            this.end = end;
        }
    }

    private static final Map<Lead, Sql> EARLIEST_FIRST = statements(Direction.EARLIEST_FIRST);
    private static final Map<Lead, Sql> LATEST_FIRST = statements(Direction.LATEST_FIRST);

    private static final List<String> FIRST = List.of("-infinity", "00000000-0000-0000-0000-000000000000");
    private static final List<String> LAST = List.of("infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff");

    private final PracticeDatabase database;
    private final Pages pages;

    AppointmentList(PracticeDatabase database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    Listing<AppointmentView> page(Caller caller, AppointmentFilter filter) {
        return pages.page(
                caller.practice(),
                filter.question(),
                filter.top(),
                filter.cursor(),
                after -> database.list(caller, query(caller, filter, after), row -> placed(row, filter, caller)));
    }

    private static Pages.Placed<AppointmentView> placed(Row row, AppointmentFilter filter, Caller caller) {
        Appointment appointment = Appointment.of(row);
        Expanded expanded = Expanded.of(row, appointment, filter.related(), caller);
        return new Pages.Placed<>(
                new AppointmentView(appointment, null, List.of(), expanded),
                List.of(appointment.dateTime().toString(), appointment.id().toString()));
    }

    private static Query query(Caller caller, AppointmentFilter filter, @Nullable List<String> position) {
        List<String> after = position == null ? (filter.latestFirst() ? LAST : FIRST) : position;
        Query query = sql(Lead.of(filter), filter.latestFirst())
                .bind()
                .date("day", filter.day())
                .instant("from", filter.from())
                .instant("to", filter.to())
                .uuid("client", filter.client())
                .uuid("staff", filter.staff())
                .uuid("service", filter.service())
                .text("status", name(filter.status()))
                .text("payment", name(filter.payment()))
                .integer("top", filter.top())
                .text("after_time", after.get(0))
                .text("after_id", after.get(1))
                .json("criteria", Json.write(filter.criteria()))
                .json("unmasked", AppointmentReader.unmasked(caller, filter.related()));
        return Expanded.bind(query, filter.related());
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    /** The statement that walks the index of {@code lead}. */
    static Sql sql(Lead lead, boolean latestFirst) {
        Sql sql = (latestFirst ? LATEST_FIRST : EARLIEST_FIRST).get(lead);
        if (sql == null) {
            throw new IllegalStateException("no statement for " + lead);
        }
        return sql;
    }

    private static Map<Lead, Sql> statements(Direction direction) {
        Map<Lead, Sql> statements = new EnumMap<>(Lead.class);
        for (Lead lead : Lead.values()) {
            statements.put(lead, statement(lead, direction));
        }
        return statements;
    }

    /**
     * Where the page begins is one comparison of both the time and the id, and the other bound one of the time: of two bounds of the time that it does not know
     * the server assumes that they let next to nothing through, and fetches and sorts all the rest ({@code AppointmentPlansTest}).
     */
    private static Sql statement(Lead lead, Direction direction) {
        return Sql.of("""
                with bounds as materialized (
                  select
                    coalesce(:from::timestamptz, :day::date::timestamp at time zone p.time_zone, '-infinity') as lower,
                    coalesce(:to::timestamptz, (:day::date + 1)::timestamp at time zone p.time_zone, 'infinity') as upper
                  from practices p
                  where p.id = :practice::uuid),
                start as materialized (
                  select
                    case when %6$s then :after_time::timestamptz else %5$s end as after_time,
                    case when %6$s then :after_id::uuid else '00000000-0000-0000-0000-000000000000' end as after_id
                  from bounds),
                page as materialized (
                  select row_number() over (order by date_time%3$s, id%3$s) as position, *
                  from (
                    select %4$s
                    from appointments a
                    where a.practice_id = :practice::uuid and a.deleted_at is null and %1$s
                      and (:client::uuid is null or a.client_id = :client::uuid)
                      and (:staff::uuid is null or a.staff_id = :staff::uuid)
                      and (:service::uuid is null or a.service_id = :service::uuid)
                      and (:status::text is null or a.status = :status)
                      and (:payment::text is null or a.payment_status = :payment)
                      and (a.date_time, a.id) %2$s ((select after_time from start), (select after_id from start))
                      and %7$s
                    order by a.date_time%3$s, a.id%3$s
                    limit :top + 1) found),
                shown as (
                  select client_id from page where position <= :top),
                audit as (
                  insert into audit_logs (
                    practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
                  select
                    :practice::uuid, :user::uuid, 'READ', 'appointments', :address, :agent, :request::uuid, :purpose,
                    jsonb_build_object('criteria', :criteria::jsonb, 'shown', (select count(*) from shown))
                      || coalesce(:unmasked::jsonb, '{}')
                  returning id),
                subjects as (
                  insert into audit_subjects (practice_id, record_id, audit_id)
                  select distinct :practice::uuid, shown.client_id, audit.id from shown cross join audit)
                select page.*, %8$s
                from page
                %9$s
                order by page.position""".formatted(
                        lead.condition,
                        direction.after,
                        direction.order,
                        Appointment.COLUMNS,
                        direction.near,
                        direction.within,
                        direction.end,
                        Expanded.COLUMNS,
                        Expanded.joined("page")));
    }
}
