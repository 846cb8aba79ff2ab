package com.medspasync.emergency;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.token.AccessTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Emergency access to clients' records (45 CFR 164.312(a)(2)(ii)). It begins with a statement that grants it, puts it on record and has the
 * administrators told; ends by itself; and stays open until one of them, who is not its user, has reviewed what was done with it.
 *
 * <p>While it lasts, a token that names it shows its user the one client as {@code Sight} says, on whichever instance; the first request after
 * its end is refused. Whatever is recorded under that token is marked, by the database. Each method is one round trip. Thread-safe.
 */
public final class EmergencyAccesses {

    private static final Sql OPEN = Sql.of("""
            with target as (
              select id
              from clients
              where practice_id = :practice::uuid and id = :client::uuid and deleted_at is null),
            opened as (
              insert into emergency_accesses (practice_id, id, user_id, session_id, client_id, reason, expires_at)
              select :practice::uuid, :id::uuid, :user::uuid, :session::uuid, id, :reason, now() + make_interval(secs => :seconds)
              from target
              returning id, client_id, expires_at),
            recorded as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select :practice::uuid, :user::uuid, 'BREAK_GLASS', 'clients', client_id, :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('emergencyAccess', id, 'until', expires_at)
              from opened),
            %s
            select id, expires_at from opened""".formatted(Notices.written(NoticeKind.BREAK_GLASS, "opened", "id")));

    private static final Sql END = Sql.of("""
            update emergency_accesses
            set ended_at = now(), updated_at = now(), version = version + 1
            where practice_id = :practice::uuid and id = :id::uuid and user_id = :user::uuid and ended_at is null and expires_at > now()""");

    private static final Sql LIST = Sql.of("""
            with page as materialized (
              select %s
              from emergency_accesses e
              where e.practice_id = :practice::uuid
              order by e.reviewed_at is not null, e.created_at desc, e.id desc
              limit 100),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
              select :practice::uuid, :user::uuid, 'READ', 'emergency_accesses', :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('shown', (select count(*) from page))
              returning id),
            subjects as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select distinct :practice::uuid, page.client_id, audit.id from page cross join audit)
            select * from page order by reviewed_at is not null, created_at desc, id desc""".formatted(EmergencyAccess.COLUMNS));

    /** Reading one names a client and an emergency: a row of the audit about that client. */
    private static final Sql FIND = Sql.of("""
            with found as materialized (
              select %s
              from emergency_accesses e
              where e.practice_id = :practice::uuid and e.id = :id::uuid),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select :practice::uuid, :user::uuid, 'READ', 'emergency_accesses', client_id, :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('emergencyAccess', id)
              from found)
            select * from found""".formatted(EmergencyAccess.COLUMNS));

    private static final Sql DISCLOSED = Sql.of("""
            select a.timestamp, a.action, a.table_name, a.record_id, a.details -> 'unmasked' as unmasked, a.ip_address
            from emergency_accesses e
            join audit_logs a on a.practice_id = e.practice_id and a.break_glass = e.id and a.timestamp >= e.created_at
            where e.practice_id = :practice::uuid and e.id = :id::uuid
            order by a.timestamp, a.id
            limit 1000""");

    /** Of two reviews at once one counts: the other waits for the row and finds it reviewed. */
    private static final Sql REVIEW = Sql.of("""
            with target as materialized (
              select id, user_id, reviewed_at, least(ended_at, expires_at) <= now() as over
              from emergency_accesses
              where practice_id = :practice::uuid and id = :id::uuid
              for update),
            reviewed as (
              update emergency_accesses e
              set reviewed_at = now(), reviewed_by = :user::uuid, verdict = :verdict, review_note = :note, updated_at = now(), version = version + 1
              from target
              where e.practice_id = :practice::uuid and e.id = target.id and target.over and target.reviewed_at is null
                and target.user_id <> :user::uuid
              returning e.id)
            select exists (select from reviewed) as done, target.reviewed_at is not null as before, target.over,
              target.user_id = :user::uuid as own
            from target""");

    private final PracticeDatabase database;
    private final AccessTokens tokens;
    private final Notices notices;
    private final Supplier<UUID> ids;

    /** What somebody is given in an emergency. */
    public record Opened(UUID id, Instant expiresAt, AccessTokens.Issued token) {}

    /** Something that was done under it. */
    public record Disclosed(
            Instant at,
            String action,
            String table,
            @Nullable UUID record,
            @Nullable String unmasked,
            @Nullable String address) {

        static Disclosed of(Row row) {
            return new Disclosed(
                    row.instant("timestamp"),
                    row.text("action"),
                    row.text("table_name"),
                    row.uuidOrNull("record_id"),
                    row.jsonOrNull("unmasked"),
                    row.textOrNull("ip_address"));
        }
    }

    /** What became of a review. */
    public enum Reviewed {
        DONE,
        MISSING,
        /** It can still be made use of. */
        OPEN,
        /** Nobody reviews what they did themselves. */
        OWN,
        BEFORE
    }

    /** @param ids of new ones; ascending in time */
    public EmergencyAccesses(PracticeDatabase database, AccessTokens tokens, Notices notices, Supplier<UUID> ids) {
        this.database = database;
        this.tokens = tokens;
        this.notices = notices;
        this.ids = ids;
    }

    /** Grants {@code caller} what is asked for; empty when the practice has no such client. The token is shown once. */
    public Optional<Opened> open(Caller caller, EmergencyRequest request) {
        Emergency emergency = new Emergency(ids.get(), request.client());
        UUID notice = notices.newId();
        // Signed before it is granted: signing may fail, and what is on record is what somebody could make use of.
        AccessTokens.Issued token = tokens.issueFor(caller, emergency, request.time());
        Optional<Opened> opened = database.first(
                caller,
                Notices.bind(
                        OPEN.bind()
                                .uuid("id", emergency.access())
                                .uuid("client", emergency.client())
                                .uuid("session", caller.session())
                                .text("reason", request.reason())
                                .bigint("seconds", request.time().toSeconds()),
                        notice),
                row -> new Opened(row.uuid("id"), row.instant("expires_at"), token));
        opened.ifPresent(access -> notices.announce(notice));
        return opened;
    }

    /** Gives up one's own before it expires; whether there was one to give up. */
    public boolean end(Caller caller, UUID id) {
        return database.update(caller, END.bind().uuid("id", id)) > 0;
    }

    /** Those of the practice, the ones to be reviewed first, at most 100. */
    public List<EmergencyAccess> list(Caller caller) {
        return database.list(caller, LIST.bind(), EmergencyAccess::of);
    }

    public Optional<EmergencyAccess> find(Caller caller, UUID id) {
        return database.first(caller, FIND.bind().uuid("id", id), EmergencyAccess::of);
    }

    /** What was done under it, in order, at most 1,000; none when there is no such access. */
    public List<Disclosed> disclosed(Caller caller, UUID id) {
        return database.list(caller, DISCLOSED.bind().uuid("id", id), Disclosed::of);
    }

    /** Closes it. */
    public Reviewed review(Caller caller, UUID id, EmergencyReview review) {
        return database.first(
                        caller,
                        REVIEW.bind()
                                .uuid("id", id)
                                .text("verdict", review.verdict().name())
                                .text("note", review.note()),
                        EmergencyAccesses::reviewed)
                .orElse(Reviewed.MISSING);
    }

    private static Reviewed reviewed(Row row) {
        if (row.bool("done")) {
            return Reviewed.DONE;
        }
        if (row.bool("before")) {
            return Reviewed.BEFORE;
        }
        return row.bool("own") ? Reviewed.OWN : Reviewed.OPEN;
    }
}
