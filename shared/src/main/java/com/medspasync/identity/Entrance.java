package com.medspasync.identity;

import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Authenticated.Proof;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Lets somebody in whose password, and whose second factor if there is one, are right: the session, its tokens, the audit. */
final class Entrance {

    /** Of {@code u} and {@code p}, rows of a user and the practice: whether all that the user may do is set up a second factor. */
    static final String ENROLMENT_ONLY = "u.role = any (p.second_factor_for) and not u.mfa_enabled";

    /** A common table expression that begins the session of the user whose {@code id} the one named {@code entered} has. */
    static final String SESSION = """
            begun as (
              insert into sessions (
                practice_id, id, user_id, second_factor, idle, expires_at, family_hash, refresh_hash, ip_address, user_agent)
              select
                :practice::uuid, :session::uuid, entered.id, :second_factor, make_interval(mins => p.session_idle_minutes),
                now() + make_interval(hours => p.session_hours), :family_hash, :refresh_hash, :address, :agent
              from entered cross join practices p
              where p.id = :practice::uuid)""";

    /** A common table expression that puts the login on record. */
    static final String RECORDED = """
            recorded as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, id, 'LOGIN', 'users', id, :address, :agent, :request::uuid,
                jsonb_build_object('outcome', 'logged-in', 'session', :session, 'secondFactor', :second_factor)
              from entered)""";

    private final AccessTokens tokens;
    private final SecureRandom random;
    private final Clock clock;

    /** Who is to be let in, as it was looked up. */
    record Candidate(
            PracticeId practice, UUID id, Role role, boolean enrolmentOnly, Duration longest, String practiceName) {

        /** Reads {@code practice_id}, {@code user_id}, {@code role}, {@code enrolment_only}, {@code longest_seconds}, {@code practice_name}. */
        static Candidate of(Row row) {
            PracticeId practice = new PracticeId(row.uuid("practice_id"));
            return new Candidate(
                    practice,
                    row.uuid("user_id"),
                    Role.of(practice, row.text("role")),
                    row.bool("enrolment_only"),
                    Duration.ofSeconds(row.bigint("longest_seconds")),
                    row.text("practice_name"));
        }
    }

    Entrance(AccessTokens tokens, SecureRandom random, Clock clock) {
        this.tokens = tokens;
        this.random = random;
        this.clock = clock;
    }

    /** What {@code candidate} is given if the statement lets it in. Signed before: signing may fail, and a login on record is one that happened. */
    Entry prepare(Candidate candidate, boolean secondFactor) {
        var user = new Authenticated(
                candidate.practice(),
                candidate.id(),
                candidate.role(),
                UUID.randomUUID(),
                new Proof(clock.instant(), secondFactor),
                candidate.enrolmentOnly(),
                null);
        RefreshToken refresh = RefreshToken.first(user.practice(), user.session(), random);
        return new Entry(tokens.issue(user), refresh, candidate.longest(), user);
    }

    /** Binds the parameters of {@link #SESSION} and {@link #RECORDED}. */
    static Query bind(Query query, Entry entry) {
        return query.uuid("id", entry.user().user())
                .uuid("session", entry.user().session())
                .bool("second_factor", entry.user().proof().secondFactor())
                .bytes("family_hash", entry.refresh().familyHash())
                .bytes("refresh_hash", entry.refresh().currentHash());
    }
}
