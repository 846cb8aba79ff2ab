package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.UserAction.Reason;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import java.util.UUID;

/** Has a user told something because an administrator asks for it. */
final class AskedNotice {

    private AskedNotice() {}

    /** @param condition what has to hold of the user, besides that they are active */
    static Sql statement(NoticeKind kind, String condition) {
        return Sql.of("""
                with told as (
                  update users
                  set noticed_at = now()
                  where practice_id = :practice::uuid and id = :id::uuid and active and deleted_at is null and %2$s
                  returning id),
                %1$s,
                recorded as (
                  insert into audit_logs
                    (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
                  select :practice::uuid, :user::uuid, 'CREATE', 'notices', :notice::uuid, :address, :agent, :request::uuid,
                    jsonb_build_object('kind', '%3$s', 'user', id)
                  from told)
                select active, exists (select from told) as told
                from users
                where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null""".formatted(Notices.written(kind, "told", "id"), condition, kind));
    }

    /**
     * Runs a {@link #statement}. One round trip.
     *
     * @param otherwise why an active user is not told
     */
    static UserAction ask(
            PracticeDatabase database, Notices notices, Caller caller, Sql statement, UUID id, Reason otherwise) {
        UUID notice = notices.newId();
        UserAction action = database.first(
                        caller, Notices.bind(statement.bind().uuid("id", id), notice), row -> outcome(row, otherwise))
                .orElseGet(UserAction.Missing::new);
        if (action instanceof UserAction.Done) {
            notices.announce(notice);
        }
        return action;
    }

    private static UserAction outcome(Row row, Reason otherwise) {
        if (row.bool("told")) {
            return new UserAction.Done();
        }
        return new UserAction.Refused(row.bool("active") ? otherwise : Reason.INACTIVE);
    }
}
