-- Makes the partitions that are lacking from now on: of the audit for so many months ahead, of the appointments for so many years. Answers how many
-- it made. Runs as the owner, so that the owner owns them. It gives up after two seconds when somebody holds a table it needs (55P03): call it again.
create function premake_partitions(months int, years int) returns int
  language plpgsql security definer
  set search_path = public, pg_temp
  set lock_timeout = '2s'
as $$
begin
  perform pg_advisory_xact_lock(hashtext('premake_partitions'));
  return add_monthly_partitions('audit_logs', current_date, (current_date + make_interval(months => months))::date)
    + add_monthly_partitions('audit_subjects', current_date, (current_date + make_interval(months => months))::date)
    + add_yearly_partitions('appointments', current_date, (current_date + make_interval(years => years))::date);
end
$$;

grant execute on function premake_partitions(int, int) to ${maintenance};
