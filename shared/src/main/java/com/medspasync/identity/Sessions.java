package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Refreshed.GoesOn;
import com.medspasync.identity.Refreshed.Raced;
import com.medspasync.identity.Refreshed.Refused;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Authenticated.Proof;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Logins while they last. Whether one stands is asked with every statement that is run for its user ({@code require_session}), in the same
 * round trip: what is ended here is over with the next request, on every instance.
 *
 * <p>Each method is one round trip. Thread-safe.
 */
public final class Sessions {

    /** For how long the token that was used last is forgiven: so long may two requests of one browser, sent at once, be apart. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * One of many with the same token goes on; the others wait for its row and find the token used. The row is locked before it is judged,
     * so that each judges what the one before left.
     */
    private static final Sql REFRESH =
            Sql.of("""
            with target as materialized (
              select s.user_id as id, s.id as session, s.refresh_hash = :current as is_current,
                s.previous_hash = :current and s.refreshed_at > now() - make_interval(secs => :grace) as is_previous,
                s.expires_at, s.authenticated_at, s.second_factor,
                u.role, %s as enrolment_only
              from sessions s
              join users u on u.practice_id = s.practice_id and u.id = s.user_id
              join practices p on p.id = s.practice_id
              where s.practice_id = :practice::uuid and s.id = :session::uuid and s.family_hash = :family
                and s.ended_at is null and s.expires_at > now() and s.last_seen + s.idle > now()
                and u.active and u.deleted_at is null and p.deleted_at is null
              for update of s),
            went_on as (
              update sessions s
              set previous_hash = refresh_hash, refresh_hash = :next, refreshed_at = now(), last_seen = now()
              from target
              where s.practice_id = :practice::uuid and s.id = target.session and target.is_current),
            reused as (
              select id, session from target where not is_current and is_previous is not true),
            %s
            select *, extract(epoch from expires_at - now())::bigint as longest_seconds from target""".formatted(Entrance.ENROLMENT_ONLY, SessionEnd.one("reused", "null::uuid", "REUSED")));

    private static final Sql LIST = Sql.of("""
            select id, created_at, last_seen, least(expires_at, last_seen + idle) as until, second_factor, ip_address, user_agent
            from sessions
            where practice_id = :practice::uuid and user_id = :holder::uuid and ended_at is null and expires_at > now()
              and last_seen + idle > now()
            order by last_seen desc, id
            limit 100""");

    private static final Sql END = Sql.of("""
            with own as (
              select :user::uuid as id, :ending::uuid as session),
            %s
            select exists (select from ended) as ended""".formatted(SessionEnd.one("own", ":user::uuid", "LOGOUT")));

    /** Logins that are half done end too. */
    private static final Sql END_ALL = Sql.of("""
            with holder as (
              select id from users where practice_id = :practice::uuid and id = :holder::uuid and deleted_at is null),
            %s,
            half as (
              update one_time_tokens t
              set used_at = now()
              from holder h
              where t.practice_id = :practice::uuid and t.user_id = h.id and t.purpose = 'SECOND_FACTOR' and t.used_at is null)
            select (select count(*) from ended) as ended from holder""".formatted(SessionEnd.all("holder", "REVOKED")));

    private static final Sql LOG_OUT = Sql.of("""
            with known as (
              select user_id as id, id as session
              from sessions
              where practice_id = :practice::uuid and id = :session::uuid and family_hash = :family),
            %s
            select exists (select from ended) as ended""".formatted(SessionEnd.one("known", "user_id", "LOGOUT")));

    private final PracticeDatabase database;
    private final AccessTokens tokens;
    private final SecureRandom random;

    /**
     * A session, as its user sees it.
     *
     * @param until when it ends unless something happens before
     * @param address where the login came from, as the next
     */
    public record Session(
            UUID id,
            Instant createdAt,
            Instant lastSeen,
            Instant until,
            boolean secondFactor,
            @Nullable String address,
            @Nullable String userAgent) {

        static Session of(Row row) {
            return new Session(
                    row.uuid("id"),
                    row.instant("created_at"),
                    row.instant("last_seen"),
                    row.instant("until"),
                    row.bool("second_factor"),
                    row.textOrNull("ip_address"),
                    row.textOrNull("user_agent"));
        }
    }

    private record Target(boolean current, boolean previous, Duration longest, Authenticated user) {}

    public Sessions(PracticeDatabase database, AccessTokens tokens, SecureRandom random) {
        this.database = database;
        this.tokens = tokens;
        this.random = random;
    }

    /** Goes on with the session that {@code token} is of, as the user is by now. */
    public Refreshed refresh(RefreshToken token, Origin origin) {
        // Signing may fail, and a token that was used up for nothing would end the session with its next use.
        tokens.ready();
        RefreshToken next = token.next(random);
        Query query = REFRESH.bind()
                .uuid("session", token.session())
                .bytes("family", token.familyHash())
                .bytes("current", token.currentHash())
                .bytes("next", next.currentHash())
                .bigint("grace", GRACE.toSeconds());
        return database.first(Caller.platform(token.practice(), origin), query, row -> target(token, row))
                .map(target -> judge(target, next))
                .orElseGet(Refused::new);
    }

    private static Target target(RefreshToken token, Row row) {
        var user = new Authenticated(
                token.practice(),
                row.uuid("id"),
                Role.of(token.practice(), row.text("role")),
                token.session(),
                new Proof(row.instant("authenticated_at"), row.bool("second_factor")),
                row.bool("enrolment_only"),
                null);
        return new Target(
                row.bool("is_current"),
                Boolean.TRUE.equals(row.boolOrNull("is_previous")),
                Duration.ofSeconds(row.bigint("longest_seconds")),
                user);
    }

    private Refreshed judge(Target target, RefreshToken next) {
        if (target.current()) {
            return new GoesOn(new Entry(tokens.issue(target.user()), next, target.longest(), target.user()));
        }
        return target.previous() ? new Raced() : new Refused();
    }

    /** Ends the session that {@code token} is of, whichever of its tokens that is; nothing when it has ended. */
    public void logOut(RefreshToken token, Origin origin) {
        database.one(
                Caller.platform(token.practice(), origin),
                LOG_OUT.bind().uuid("session", token.session()).bytes("family", token.familyHash()),
                row -> row.bool("ended"));
    }

    /** The sessions of {@code user}, of the caller's practice, that stand; the one used last first, at most 100. */
    public List<Session> list(Caller caller, UUID user) {
        return database.list(caller, LIST.bind().uuid("holder", user), Session::of);
    }

    /** Ends one of the caller's own sessions; whether there was such a one. */
    public boolean end(Caller caller, UUID session) {
        return database.one(caller, END.bind().uuid("ending", session), row -> row.bool("ended"));
    }

    /** Ends all sessions of {@code user}; how many there were, empty when the caller's practice has no such user. */
    public OptionalLong endAll(Caller caller, UUID user) {
        return database.first(caller, END_ALL.bind().uuid("holder", user), row -> OptionalLong.of(row.bigint("ended")))
                .orElseGet(OptionalLong::empty);
    }
}
