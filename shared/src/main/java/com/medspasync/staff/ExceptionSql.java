package com.medspasync.staff;

import com.medspasync.database.Sql;
import com.medspasync.idempotency.Creator;

/** The statements about days with other hours. */
final class ExceptionSql {

    static final Sql FIND = Sql.of("""
            with found as materialized (
              select deleted_at is not null as gone, %s
              from schedule_exceptions
              where practice_id = :practice::uuid and id = :id::uuid),
            %s
            select * from found""".formatted(ScheduleException.COLUMNS, read("found where not gone")));

    /** A staff member who is none undoes the statement, its claim included: CASE, because a repeat must not ask. */
    static final Creator.Statements CREATE = Creator.Statements.audited("""
            created as (
              insert into schedule_exceptions (
                practice_id, id, staff_id, first_day, last_day, hours, label, created_at, updated_at)
              select
                :practice::uuid, :id::uuid, :staff_id::uuid, :first_day::date, :last_day::date, :hours::jsonb, :label,
                :now::timestamptz, :now::timestamptz
              from claim
              where case when mine then
                  :staff_id::uuid is null
                  or exists (
                    select from staff s
                    where s.practice_id = :practice::uuid and s.id = :staff_id::uuid and s.deleted_at is null)
                  or refuse()
                else false end)""");

    private static final String SELECTED = """
            practice_id = :practice::uuid and deleted_at is null and (:staff_id::uuid is null or staff_id = :staff_id::uuid)
              and (:from::date is null or last_day >= :from::date) and (:to::date is null or first_day <= :to::date)""";

    static final Sql COUNT = Sql.of("select count(*) as count from schedule_exceptions where " + SELECTED);

    static final Sql FIRST_PAGE = page("");

    static final Sql LATER_PAGE = page("and (first_day, id) > (:after_day::date, :after_id::uuid)");

    private static final String TARGET = """
            with target as materialized (
              select deleted_at, %s
              from schedule_exceptions
              where practice_id = :practice::uuid and id = :id::uuid),
            """.formatted(ScheduleException.COLUMNS);

    /** A change of nothing leaves no row by the trigger; the record it answers with is disclosed all the same. */
    static final Sql CHANGE = Sql.of(TARGET + """
            changed as (
              update schedule_exceptions
              set first_day = coalesce(:first_day::date, first_day), last_day = coalesce(:last_day::date, last_day),
                hours = coalesce(:hours::jsonb, hours), label = case when :set_label then :label else label end,
                version = version + 1, updated_at = :now::timestamptz
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
              returning %1$s),
            unchanged as (
              select c.id
              from changed c cross join target t
              where (t.first_day, t.last_day, t.hours, t.label) is not distinct from (c.first_day, c.last_day, c.hours, c.label)),
            %2$s
            select
              case
                when changed.id is not null then 'DONE'
                when target.id is null then 'MISSING'
                when target.deleted_at is not null then 'GONE'
                when target.version <> :version then 'STALE'
                else 'RACED'
              end as outcome,
              changed.*
            from (select) as one
            left join target on true
            left join changed on true""".formatted(ScheduleException.COLUMNS, read("unchanged")));

    static final Sql DELETE = Sql.of(TARGET + """
            changed as (
              update schedule_exceptions
              set deleted_at = :now::timestamptz, updated_at = :now::timestamptz, version = version + 1
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
              returning id)
            select
              case
                when changed.id is not null or target.deleted_at is not null then 'DONE'
                when target.id is null then 'MISSING'
                when target.version <> :version then 'STALE'
                else 'RACED'
              end as outcome
            from (select) as one
            left join target on true
            left join changed on true""");

    static final Sql RESTORE = Sql.of(TARGET + """
            changed as (
              update schedule_exceptions set deleted_at = null, updated_at = :now::timestamptz, version = version + 1
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is not null
              returning %1$s),
            there as (
              select %1$s from target where deleted_at is null),
            %2$s,
            found as (
              select * from changed
              union all
              select * from there)
            select
              case when found.id is not null then 'DONE' when target.id is null then 'MISSING' else 'RACED' end as outcome,
              found.*
            from (select) as one
            left join target on true
            left join found on true""".formatted(ScheduleException.COLUMNS, read("there")));

    private ExceptionSql() {}

    private static Sql page(String after) {
        return Sql.of("""
                with page as materialized (
                  select row_number() over (order by first_day, id) as position, %s
                  from schedule_exceptions
                  where %s %s
                  order by first_day, id
                  limit :top + 1),
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
                  select :practice::uuid, :user::uuid, 'READ', 'schedule_exceptions', :address, :agent, :request::uuid, :purpose,
                    jsonb_build_object('criteria', :criteria::jsonb, 'shown', (select count(*) from page where position <= :top)))
                select * from page order by position""".formatted(ScheduleException.COLUMNS, SELECTED, after));
    }

    /** A common table expression that puts on record that the rows of {@code source} were read. */
    private static String read(String source) {
        return """
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose)
                  select :practice::uuid, :user::uuid, 'READ', 'schedule_exceptions', id, :address, :agent, :request::uuid, :purpose
                  from %s)""".formatted(source);
    }
}
