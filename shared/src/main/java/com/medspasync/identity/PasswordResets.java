package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.UUID;

/**
 * Has users told how to choose another password: because they ask for it themselves, without a login, or because an administrator does. The
 * password that they have goes on until then. Thread-safe.
 */
public final class PasswordResets {

    private static final Sql LOOK_UP = Sql.of("""
            with %s
            select throttled, seconds, practice_id, user_id
            from admission left join login_lookup(:email) on not throttled""".formatted(NetworkLimit.CTE));

    /**
     * Runs for unknown users as well, without an id: so that it takes the same time. Of many at once for one user, one tells: the others wait
     * for the user's row and find that it was a moment ago.
     */
    private static final Sql TELL = Sql.of(
            """
            with told as (
              update users
              set noticed_at = now()
              where practice_id = :practice::uuid and id = :id::uuid and active and deleted_at is null
                and (noticed_at is null or noticed_at <= now() - interval '5 minutes')
                and exists (select from practices where id = :practice::uuid and deleted_at is null)
              returning id, case when password is null then '%s' else '%s' end as kind),
            %s,
            recorded as (
              insert into audit_logs (practice_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, 'CREATE', 'notices', case when t.id is not null then :notice::uuid end, :address, :agent,
                :request::uuid, jsonb_build_object('asked', 'without-login', 'user', :id::uuid, 'kind', t.kind)
              from (values (1)) as asked (once) left join told t on true)
            select exists (select from told) as told""".formatted(NoticeKind.INVITATION, NoticeKind.PASSWORD_RESET, Notices.writtenAsNamed("told", "id")));

    private static final Sql ASKED_FOR = AskedNotice.statement(NoticeKind.PASSWORD_RESET, "password is not null");

    private final PracticeDatabase database;
    private final Notices notices;
    private final NetworkLimit limit;

    /** What somebody without a login is told. */
    public sealed interface Reply {

        /** The same whether or not anybody has the address. */
        record Taken() implements Reply {}

        /** Too many tries from that network; nothing was looked at. */
        record Throttled(Duration retryAfter) implements Reply {}
    }

    /** Whose address it is. */
    private record Found(PracticeId practice, UUID user) {
        static Found of(Row row) {
            return new Found(new PracticeId(row.uuid("practice_id")), row.uuid("user_id"));
        }
    }

    PasswordResets(PracticeDatabase database, Notices notices, NetworkLimit limit) {
        this.database = database;
        this.notices = notices;
        this.limit = limit;
    }

    /**
     * Has whoever logs in with {@code email} told, if they are active and were not told in the last five minutes; who has no password yet is
     * invited again. Two round trips, and the same work for an address that nobody has.
     */
    public Reply ask(EmailAddress email, Origin origin) {
        NetworkLimit.Admission<Found> lookUp = database.one(
                Caller.anonymous(origin),
                limit.bind(LOOK_UP.bind().text("email", email.searchForm()), origin),
                row -> NetworkLimit.admission(row, "user_id", Found::of));
        if (lookUp.throttledFor() != null) {
            return new Reply.Throttled(lookUp.throttledFor());
        }
        Found found = lookUp.found();
        UUID notice = notices.newId();
        Query query = Notices.bind(TELL.bind().uuid("id", found == null ? null : found.user()), notice);
        boolean told = database.one(
                Caller.platform(found == null ? PracticeId.PLATFORM : found.practice(), origin),
                query,
                row -> row.bool("told"));
        if (told) {
            notices.announce(notice);
        }
        return new Reply.Taken();
    }

    /** Has a user of the caller's practice told who has a password. One round trip. */
    public UserAction askFor(Caller caller, UUID id) {
        return AskedNotice.ask(database, notices, caller, ASKED_FOR, id, UserAction.Reason.NO_PASSWORD);
    }
}
