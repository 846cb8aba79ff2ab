package com.medspasync.clients;

import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.tenant.Caller;
import org.jspecify.annotations.Nullable;

/** How a statement that shows a page of clients puts on record whom it showed. */
final class AuditedPage {

    private static final String RECORD = """
            %2$s as (
              select id from page where position <= :top),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, '%1$s', 'clients', :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('criteria', :criteria::jsonb, '%2$s', (select count(*) from %2$s))
                  || coalesce(:unmasked::jsonb, '{}')
              where %3$s
              returning id),
            subjects as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select :practice::uuid, %2$s.id, audit.id from %2$s cross join audit)
            """;

    private AuditedPage() {}

    /** The details' part that says which fields a page shows {@code caller} only for its purpose; to be bound as {@code :unmasked}. */
    static @Nullable String unmasked(Caller caller) {
        return Sight.of(caller).unmasked(ClientField.listed());
    }

    /**
     * The end of a statement, after a common table expression named {@code page}: the rows in order, numbered from 1 by
     * {@code position}, one more than {@code :top} if there are as many. That one is not shown, and so not put on record. The audit
     * keeps what was searched by, never for which values.
     *
     * @param action the audit's
     */
    static String endingWith(String action) {
        return RECORD.formatted(action, "shown", "true") + "select * from page order by position";
    }

    /**
     * The same for rows that are candidates: they are opened to see whether they are meant, and what is opened is on record whether it
     * is shown or not.
     *
     * @param gate the name of a common table expression of one row, whose column {@code passed} says whether anything is done; it comes
     *     along with each row, and alone when there is none
     */
    static String ofCandidates(String action, String gate) {
        return RECORD.formatted(action, "opened", "(select passed from " + gate + ")")
                + "select %1$s.passed, page.* from %1$s left join page on %1$s.passed order by page.position"
                        .formatted(gate);
    }
}
