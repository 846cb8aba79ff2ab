package com.medspasync.identity;

/**
 * How a statement ends sessions, and puts that on record: the common table expressions {@code ended} and {@code ended_recorded}. What ends is told
 * by an expression before them, {@code cause}, whose {@code id} names the user; without a row of it nothing ends.
 */
final class SessionEnd {

    private static final String ACTING = ":user::uuid";

    private SessionEnd() {}

    /**
     * All sessions of the user.
     *
     * @param reason as the table and the audit name it
     */
    static String all(String cause, String reason) {
        return of(cause, "true", ACTING, reason);
    }

    /** All but {@code :session}, which is null where none is to stay. */
    static String others(String cause, String reason) {
        return of(cause, "s.id is distinct from :session::uuid", ACTING, reason);
    }

    /**
     * The one that {@code cause} names in {@code session}.
     *
     * @param actor whom the audit names, as SQL
     */
    static String one(String cause, String actor, String reason) {
        return of(cause, "s.id = c.session", actor, reason);
    }

    private static String of(String cause, String which, String actor, String reason) {
        return """
                ended as (
                  update sessions s
                  set ended_at = now(), end_reason = '%4$s'
                  from %1$s c
                  where s.practice_id = :practice::uuid and s.user_id = c.id and s.ended_at is null and %2$s
                  returning s.id, s.user_id),
                ended_recorded as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
                  select :practice::uuid, %3$s, 'LOGOUT', 'users', user_id, :address, :agent, :request::uuid,
                    jsonb_build_object('reason', '%4$s', 'session', id)
                  from ended)""".formatted(cause, which, actor, reason);
    }
}
