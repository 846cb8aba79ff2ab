package com.medspasync.emergency;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer;
import com.medspasync.tenant.Caller;
import java.util.Map;

/** Tells a practice's administrators that somebody makes use of emergency access: by ids alone, with what is behind them under review. Thread-safe. */
public final class BreakGlassComposer implements NoticeComposer {

    private static final Sql FIND = Sql.of("""
            select id, user_id, expires_at
            from emergency_accesses
            where practice_id = :practice::uuid and id = :id::uuid""");

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public BreakGlassComposer(PracticeDatabase database) {
        this.database = database;
    }

    @Override
    public Composition compose(Notice notice, Caller caller) {
        return database.first(
                        caller,
                        FIND.bind().uuid("id", notice.subject()),
                        row -> new Composition.Composed(
                                null,
                                Map.of(
                                        "emergencyAccessId", row.uuid("id"),
                                        "userId", row.uuid("user_id"),
                                        "expiresAt", row.instant("expires_at"))))
                .<Composition>map(composed -> composed)
                .orElseGet(() -> new Composition.Obsolete("there is no such access"));
    }
}
