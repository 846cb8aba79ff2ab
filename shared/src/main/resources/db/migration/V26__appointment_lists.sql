-- Lists go by the time and then by the id, whatever they are narrowed by. An index that ends before the id leaves the rest to be sorted, for which all
-- the appointments of the staff member, service or status are fetched, of all years, where a page takes 51.
drop index appointments_staff;
drop index appointments_client;
drop index appointments_service;
drop index appointments_status;
drop index appointments_payment_status;
create index appointments_staff on appointments (practice_id, staff_id, date_time, id);
create index appointments_client on appointments (practice_id, client_id, date_time, id);
create index appointments_service on appointments (practice_id, service_id, date_time, id);
create index appointments_status on appointments (practice_id, status, date_time, id);
create index appointments_payment_status on appointments (practice_id, payment_status, date_time, id);
