-- All practices but the platform's own, for operators: a page by name, from after a position on. Under row-level security an operator's statement sees
-- the platform's practice alone; this shows of the others what tells them apart, and to statements for the platform's practice alone. Who may ask is the
-- application's to check: PRACTICE_ADMIT.
create function admitted_practices(after_name text, after_id uuid, most int)
  returns table (id uuid, name text, time_zone text, created_at timestamptz, deleted_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
begin atomic
  select p.id, p.name, p.time_zone, p.created_at, p.deleted_at
  from practices p
  where p.id <> platform_practice()
    and nullif(current_setting('app.current_practice_id', true), '')::uuid = platform_practice()
    and (after_id is null or (p.name, p.id) > (after_name, after_id))
  order by p.name, p.id
  limit least(most, 101);
end;
grant execute on function admitted_practices(text, uuid, int) to ${app};
