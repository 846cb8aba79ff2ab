package com.medspasync.rotation;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker's hold of a rotation. It lasts {@link #HOLD} from its last sign of life; then another worker may take over, and the fence
 * it gets makes every statement of this one change nothing. For one thread.
 */
public final class Turn {

    /**
     * The common table expression that each statement of a rotation begins with, named {@code held}: one row while this turn holds the
     * rotation, and otherwise none. Whoever wants to take over waits for the statement, as it does for them.
     */
    public static final String HELD = """
            held as materialized (
              select
              from key_rotations
              where practice_id = platform_practice() and id = :rotation::uuid and fence = :fence
              for update)""";

    /** How long a worker that gives no sign of life is waited for. */
    static final Duration HOLD = Duration.ofSeconds(60);

    private static final Sql TAKE = Sql.of("""
            update key_rotations
            set status = 'PROCESSING', fence = fence + 1, held_until = now() + :hold::interval,
              version = version + case status when 'PENDING' then 1 else 0 end, updated_at = now()
            where practice_id = :practice::uuid and id = :id::uuid and status in ('PENDING', 'PROCESSING')
              and (held_until is null or held_until < now())
            returning kind, target_practice, target_client, fence, from_version, to_version, stage, opened_at is not null as opened""");

    private static final Sql IS_HELD = Sql.of("""
            select exists (
              select from key_rotations
              where practice_id = :practice::uuid and id = :id::uuid and status in ('PENDING', 'PROCESSING')) as unfinished""");

    private static final Sql CHOOSE =
            changing("from_version = :from_version, to_version = :to_version, version = version + 1");

    private static final Sql OPENED = changing("opened_at = clock_timestamp(), opened_xid = pg_current_xact_id()");

    /**
     * A statement that was allowed before the opening has ended when the longest that it may run has passed; if it is part of a
     * transaction, that has ended when no older one is under way.
     */
    private static final Sql KEEP = Sql.of("""
            update key_rotations
            set held_until = now() + :hold::interval, done = done + :done, updated_at = now()
            where practice_id = :practice::uuid and id = :id::uuid and fence = :fence
            returning coalesce(
              opened_at + :settle::interval < now() and opened_xid < pg_snapshot_xmin(pg_current_snapshot()), false) as settled""");

    private static final Sql ADVANCE =
            changing("stage = stage + 1, opened_at = null, opened_xid = null, version = version + 1");

    private static final Sql COMPLETE = changing(
            "status = 'COMPLETED', error = null, held_until = null, completed_at = now(), version = version + 1");

    private static final Sql FAIL =
            changing("status = 'FAILED', error = :error, held_until = null, version = version + 1");

    private static final Sql RELEASE = changing("held_until = null");

    private final PracticeDatabase database;
    private final UUID id;
    private final long fence;
    private final @Nullable PracticeId practice;
    private final @Nullable UUID client;
    private final Rotation.Kind kind;
    private @Nullable Integer from;
    private @Nullable Integer to;
    private int stage;
    private boolean open;

    private Turn(PracticeDatabase database, UUID id, Row row) {
        UUID target = row.uuidOrNull("target_practice");
        this.database = database;
        this.id = id;
        this.fence = row.bigint("fence");
        this.practice = target == null ? null : new PracticeId(target);
        this.client = row.uuidOrNull("target_client");
        this.kind = Rotation.Kind.valueOf(row.text("kind"));
        this.from = row.integerOrNull("from_version");
        this.to = row.integerOrNull("to_version");
        this.stage = row.integer("stage");
        this.open = row.bool("opened");
    }

    private static Sql changing(String assignments) {
        return Sql.of("""
                update key_rotations
                set %s, updated_at = now()
                where practice_id = :practice::uuid and id = :id::uuid and fence = :fence""".formatted(assignments));
    }

    /** Takes the rotation; empty when it is finished, unknown, or held by another. */
    static Optional<Turn> take(PracticeDatabase database, UUID id) {
        return database.first(
                platform(id),
                TAKE.bind().uuid("id", id).text("hold", HOLD.toString()),
                row -> new Turn(database, id, row));
    }

    /** Whether there is still something to be done, by whoever holds it. */
    static boolean isUnfinished(PracticeDatabase database, UUID id) {
        return database.one(platform(id), IS_HELD.bind().uuid("id", id), row -> row.bool("unfinished"));
    }

    /** The practice whose key it is, or whose client's. */
    public PracticeId practice() {
        if (practice == null) {
            throw new IllegalStateException("the root key belongs to no practice");
        }
        return practice;
    }

    /** The client whose key it is. */
    public UUID client() {
        if (client == null) {
            throw new IllegalStateException("a key of kind " + kind + " belongs to no client");
        }
        return client;
    }

    /** The version that is replaced. */
    public int from() {
        return chosen(from);
    }

    /** The version that replaces it. */
    public int to() {
        return chosen(to);
    }

    /** The version that replaces the old one, if it has been chosen: then an opening that runs again goes on with it. */
    public OptionalInt chosenTo() {
        return to == null ? OptionalInt.empty() : OptionalInt.of(to);
    }

    private static int chosen(@Nullable Integer version) {
        if (version == null) {
            throw new IllegalStateException("the versions have not been chosen");
        }
        return version;
    }

    /** Puts on record which version replaces which, before anything is changed. */
    public void choose(int fromVersion, int toVersion) {
        change(CHOOSE.bind().integer("from_version", fromVersion).integer("to_version", toVersion));
        from = fromVersion;
        to = toVersion;
    }

    /** The platform at work for the practice whose key it is; for the root's, for the platform. The audit names the rotation. */
    public Caller caller() {
        return practice == null ? platform(id) : Caller.platform(practice, new Origin(null, null, id));
    }

    /** The same for a practice that has something under the root key. */
    public Caller callerFor(PracticeId any) {
        return Caller.platform(any, new Origin(null, null, id));
    }

    /** Binds the parameters of {@link #HELD}. */
    public Query hold(Query query) {
        return query.uuid("rotation", id).bigint("fence", fence);
    }

    Rotation.Kind kind() {
        return kind;
    }

    int stage() {
        return stage;
    }

    boolean isOpen() {
        return open;
    }

    void opened() {
        change(OPENED.bind());
        open = true;
    }

    /**
     * Shows that this worker is alive, and what it has moved since.
     *
     * @param settle how long a statement that was allowed before the stage was opened may still run
     * @return whether all of those have ended
     */
    boolean keep(long done, Duration settle) {
        return database.first(
                        platform(id),
                        KEEP.bind()
                                .uuid("id", id)
                                .bigint("fence", fence)
                                .bigint("done", done)
                                .text("hold", HOLD.toString())
                                .text("settle", settle.toString()),
                        row -> row.bool("settled"))
                .orElseThrow(LeaseLost::new);
    }

    void advance() {
        change(ADVANCE.bind());
        stage++;
        open = false;
    }

    void complete() {
        change(COMPLETE.bind());
    }

    void fail(String error) {
        change(FAIL.bind().text("error", error));
    }

    void release() {
        change(RELEASE.bind());
    }

    private void change(Query query) {
        if (database.update(platform(id), query.uuid("id", id).bigint("fence", fence)) == 0) {
            throw new LeaseLost();
        }
    }

    private static Caller platform(UUID id) {
        return Caller.platform(PracticeId.PLATFORM, new Origin(null, null, id));
    }
}
