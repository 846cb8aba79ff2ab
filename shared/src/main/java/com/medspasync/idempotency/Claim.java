package com.medspasync.idempotency;

import com.medspasync.database.Query;
import java.util.UUID;

/**
 * One try to be the first under an idempotency key, with the answer for those who come later, encrypted beforehand.
 *
 * <p>Its statement is one: the claim, and what is done when it succeeds, which selects {@code from claim where mine}. So there
 * is no moment in which one of the two is done. While a first request runs, a repeat waits for its row; it then reads the
 * answer, or is the first itself when that one failed.
 */
public final class Claim {

    /**
     * Two common table expressions, {@code claim_gate} and {@code claim}. They stand after one named {@code gate}, which has a row
     * when the statement may do its work at all: without one nothing is claimed. {@code claim} has one row then, with
     * {@code mine}, {@code response}, and what the first request under the key made: {@code table_name} and {@code record_id}.
     *
     * <p>A repeat "updates" the row to what it is, because DO NOTHING would not return it.
     */
    public static final String CTE = cte("null::jsonb");

    /**
     * A common table expression {@code replayed}, with the audit's {@code id}: a repeat shows the record again, and so reads it. Whether it is the same
     * request stands encrypted in the answer, where the statement cannot look: one that proves to be another is on record too, as candidates of a search
     * are, because the answer was opened to tell. What was read comes with the claim.
     *
     * @param more an expression of SQL, of type jsonb, that goes into the details as well
     */
    public static String replayed(String more) {
        return """
                replayed as (
                  insert into audit_logs (
                    practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
                  select
                    :practice::uuid, :user::uuid, 'READ', table_name, record_id, :address, :agent, :request::uuid, :purpose,
                    '{"replay": true}'::jsonb || %s
                  from claim
                  where not mine
                  returning id)""".formatted(more);
    }

    /** As {@link #replayed(String)}, with nothing more to say. */
    public static String replayed() {
        return replayed("'{}'");
    }

    /** A condition of SQL: a request under the same key has been answered and is remembered. One that is still under way is not seen by it. */
    public static final String LIVE = """
            exists (
              select from idempotency_keys
              where practice_id = :practice::uuid and user_id = coalesce(:user::uuid, :practice::uuid) and key = :claim_key
                and expires_at > now())""";

    private final IdempotencyKey key;
    private final UUID id;
    private final Made made;
    private final int keyVersion;
    private final byte[] sealed;

    /**
     * As {@link #CTE}, for a statement that decides a part of its answer itself: {@code claim} has it as {@code decided}, that of the first request.
     *
     * @param decided an expression of SQL, of type jsonb; kept in the clear
     */
    public static String cte(String decided) {
        return """
            claim_gate as materialized (
              select from gate
              where exists (
                select from practice_keys
                where practice_id = :practice::uuid and version = :claim_key_version and accepted)),
            claim as (
              insert into idempotency_keys as k (
                practice_id, user_id, key, request_id, response, table_name, record_id, decided, created_at, expires_at)
              select
                :practice::uuid, coalesce(:user::uuid, :practice::uuid), :claim_key, :claim_id::uuid, :claim_response,
                :claim_table, :claim_record::uuid, %s, now(), now() + interval '24 hours'
              from claim_gate
              on conflict (practice_id, user_id, key) do update set
                request_id = case when k.expires_at <= now() then excluded.request_id else k.request_id end,
                response = case when k.expires_at <= now() then excluded.response else k.response end,
                table_name = case when k.expires_at <= now() then excluded.table_name else k.table_name end,
                record_id = case when k.expires_at <= now() then excluded.record_id else k.record_id end,
                decided = case when k.expires_at <= now() then excluded.decided else k.decided end,
                created_at = case when k.expires_at <= now() then excluded.created_at else k.created_at end,
                expires_at = case when k.expires_at <= now() then excluded.expires_at else k.expires_at end
              returning request_id = :claim_id::uuid as mine, response, table_name, record_id, decided)""".formatted(decided);
    }

    /**
     * What the request makes, decided before it is made. It is kept in the clear, because the audit of a repeat has to name it within the
     * statement, which cannot open the answer.
     */
    public record Made(String table, UUID id) {}

    Claim(IdempotencyKey key, UUID id, Made made, int keyVersion, byte[] sealed) {
        this.key = key;
        this.id = id;
        this.made = made;
        this.keyVersion = keyVersion;
        this.sealed = sealed;
    }

    /** Binds the parameters of {@link #CTE}. */
    public Query bind(Query query) {
        return query.text("claim_key", key.value())
                .uuid("claim_id", id)
                .text("claim_table", made.table())
                .uuid("claim_record", made.id())
                .integer("claim_key_version", keyVersion)
                .bytes("claim_response", sealed);
    }
}
