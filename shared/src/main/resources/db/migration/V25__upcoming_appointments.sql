-- How many appointments are yet to come, which stand in the way of whoever deletes the record that they are with, for or of. Volatile functions look at
-- the database anew: called by a statement that has locked the record, they see what was booked while it waited for the lock, which the statement itself
-- does not. Whoever books holds a share of the same lock until the booking is there. An appointment takes a day at most, and so do its buffers.

create function upcoming_with_staff(practice uuid, staff_member uuid) returns bigint
  language plpgsql volatile
as $$
begin
  return (
    select count(*)
    from staff_bookings b
    where b.practice_id = practice and b.staff_id = staff_member and b.starts_at > now() - interval '2 days'
      and b.blocking and upper(b.during) > now());
end
$$;

create function upcoming_for_service(practice uuid, service uuid) returns bigint
  language plpgsql volatile
as $$
begin
  return (
    select count(*)
    from appointments a
    join staff_bookings b on b.practice_id = a.practice_id and b.appointment_id = a.id
    where a.practice_id = practice and a.service_id = service and a.date_time > now() - interval '2 days'
      and b.blocking and upper(b.during) > now());
end
$$;

create function upcoming_of_client(practice uuid, client uuid) returns bigint
  language plpgsql volatile
as $$
begin
  return (
    select count(*)
    from appointments a
    join staff_bookings b on b.practice_id = a.practice_id and b.appointment_id = a.id
    where a.practice_id = practice and a.client_id = client and a.date_time > now() - interval '2 days'
      and b.blocking and upper(b.during) > now());
end
$$;

grant execute on function upcoming_with_staff(uuid, uuid), upcoming_for_service(uuid, uuid), upcoming_of_client(uuid, uuid) to ${app};
