package com.medspasync.staff;

import com.medspasync.database.Sql;
import com.medspasync.idempotency.Creator;
import com.medspasync.repository.BookedDeletion;

/** The statements about one staff member. */
final class StaffSql {

    static final Sql FIND = Sql.of("""
            with found as materialized (
              select deleted_at is not null as gone, %s
              from staff
              where practice_id = :practice::uuid and id = :id::uuid),
            %s
            select * from found""".formatted(StaffRow.COLUMNS, read("found where not gone")));

    /** A user who is none, or inactive, undoes the statement, its claim included: CASE, because a repeat must not ask. */
    static final Creator.Statements CREATE = Creator.Statements.audited("""
            created as (
              insert into staff (
                practice_id, id, user_id, first_name, last_name, role, specializations, phone, email, working_hours, hourly_rate, active,
                created_at, updated_at)
              select
                :practice::uuid, :id::uuid, :user_id::uuid, :first_name, :last_name, :role, :specializations::text[], :phone, :email,
                :working_hours::jsonb, :hourly_rate::numeric, :active, :now::timestamptz, :now::timestamptz
              from claim
              where case when mine then
                  exists (
                    select from users u
                    where u.practice_id = :practice::uuid and u.id = :user_id::uuid and u.active and u.deleted_at is null)
                  or refuse()
                else false end)""");

    /** Locked before the appointments are counted: nobody is given one with them in between. */
    private static final String TARGET = """
            with target as materialized (
              select deleted_at, %s
              from staff
              where practice_id = :practice::uuid and id = :id::uuid
              for no key update),
            """.formatted(StaffRow.COLUMNS);

    /** A change of nothing leaves no row by the trigger; the record it answers with is disclosed all the same. */
    static final Sql CHANGE = Sql.of(TARGET + """
            booked as materialized (
              select coalesce(sum(upcoming_with_staff(:practice::uuid, id)), 0) as upcoming
              from target
              where deleted_at is null and active and not coalesce(:active, true)),
            changed as (
              update staff
              set first_name = coalesce(:first_name, first_name), last_name = coalesce(:last_name, last_name),
                role = coalesce(:role, role), specializations = coalesce(:specializations::text[], specializations),
                phone = case when :set_phone then :phone else phone end, email = case when :set_email then :email else email end,
                working_hours = case when :set_working_hours then :working_hours::jsonb else working_hours end,
                hourly_rate = case when :set_hourly_rate then :hourly_rate::numeric else hourly_rate end,
                active = coalesce(:active, active), version = version + 1, updated_at = :now::timestamptz
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
                and (select upcoming from booked) = 0
              returning %1$s),
            unchanged as (
              select c.id
              from changed c cross join target t
              where (t.first_name, t.last_name, t.role, t.specializations, t.phone, t.email, t.working_hours, t.hourly_rate, t.active)
                is not distinct from
                (c.first_name, c.last_name, c.role, c.specializations, c.phone, c.email, c.working_hours, c.hourly_rate, c.active)),
            %2$s
            select
              case
                when changed.id is not null then 'DONE'
                when target.id is null then 'MISSING'
                when target.deleted_at is not null then 'GONE'
                when target.version <> :version then 'STALE'
                when booked.upcoming > 0 then 'BOOKED'
                else 'RACED'
              end as outcome,
              booked.upcoming, changed.*
            from booked
            left join target on true
            left join changed on true""".formatted(StaffRow.COLUMNS, read("unchanged")));

    static final Sql DELETE = BookedDeletion.of("staff", "upcoming_with_staff");

    static final Sql RESTORE = Sql.of(TARGET + """
            changed as (
              update staff set deleted_at = null, updated_at = :now::timestamptz, version = version + 1
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
            left join found on true""".formatted(StaffRow.COLUMNS, read("there")));

    private StaffSql() {}

    /** A common table expression that puts on record that the rows of {@code source} were read. */
    private static String read(String source) {
        return """
                audit as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose)
                  select :practice::uuid, :user::uuid, 'READ', 'staff', id, :address, :agent, :request::uuid, :purpose
                  from %s)""".formatted(source);
    }
}
