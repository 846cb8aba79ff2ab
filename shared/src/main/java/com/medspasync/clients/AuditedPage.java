package com.medspasync.clients;

/** How a statement that shows a page of clients puts on record whom it showed. */
final class AuditedPage {

    private AuditedPage() {}

    /**
     * The end of a statement, after a common table expression named {@code page}: the rows in order, numbered from 1 by
     * {@code position}, one more than {@code :top} if there are as many. That one is not shown, and so not put on record. The audit
     * keeps what was searched by, never for which values.
     *
     * @param action the audit's
     */
    static String endingWith(String action) {
        return """
                shown as (
                  select id from page where position <= :top),
                audit as (
                  insert into audit_logs (practice_id, user_id, action, table_name, ip_address, user_agent, request_id, details)
                  select
                    :practice::uuid, :user::uuid, '%s', 'clients', :address, :agent, :request::uuid,
                    jsonb_build_object('criteria', :criteria::jsonb, 'shown', (select count(*) from shown))
                  returning id),
                subjects as (
                  insert into audit_subjects (practice_id, record_id, audit_id)
                  select :practice::uuid, shown.id, audit.id from shown cross join audit)
                select * from page order by position""".formatted(action);
    }
}
