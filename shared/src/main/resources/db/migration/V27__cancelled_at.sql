-- When an appointment was cancelled. Whose doing it was may be corrected later; whether it was late goes by this all the same.
alter table appointments add column cancelled_at timestamptz;
call audit_changes('appointments');
