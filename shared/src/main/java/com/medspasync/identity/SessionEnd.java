package com.medspasync.identity;

/** How a statement ends sessions of others, and puts that on record. */
final class SessionEnd {

    private SessionEnd() {}

    /**
     * The common table expressions {@code ended} and {@code ended_recorded}: all sessions end of the user whose {@code id} the expression
     * before them that is named {@code cause} has, if it has one.
     *
     * @param reason as the table and the audit name it
     */
    static String of(String cause, String reason) {
        return """
                ended as (
                  update sessions s
                  set ended_at = now(), end_reason = '%2$s'
                  from %1$s c
                  where s.practice_id = :practice::uuid and s.user_id = c.id and s.ended_at is null
                  returning s.id, s.user_id),
                ended_recorded as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
                  select :practice::uuid, :user::uuid, 'LOGOUT', 'users', user_id, :address, :agent, :request::uuid,
                    jsonb_build_object('reason', '%2$s', 'session', id)
                  from ended)""".formatted(cause, reason);
    }
}
