package com.medspasync.rotation;

import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.job.JobTable;
import com.medspasync.job.Lease;
import com.medspasync.job.LeaseLost;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rotation that this worker holds, and how far it is. For one thread. */
public final class Turn {

    /** The common table expression that each statement of a rotation begins with: see {@link Lease#held}. */
    public static final String HELD = Lease.held(JobTable.KEY_ROTATIONS);

    private static final Sql READ = Sql.of("""
            select kind, target_practice, target_client, from_version, to_version, stage, opened_at is not null as opened
            from key_rotations
            where practice_id = :practice::uuid and id = :job::uuid and fence = :fence""");

    private static final Sql CHOOSE =
            changing("from_version = :from_version, to_version = :to_version, version = version + 1");

    private static final Sql OPENED = changing("opened_at = clock_timestamp(), opened_xid = pg_current_xact_id()");

    /**
     * A statement that was allowed before the opening has ended when the longest that it may run has passed; if it is part of a
     * transaction, that has ended when no older one is under way.
     */
    private static final Sql SETTLED = Sql.of("""
            select opened_at + :settle::interval < now() and opened_xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
            from key_rotations
            where practice_id = :practice::uuid and id = :job::uuid and fence = :fence""");

    private static final Sql ADVANCE =
            changing("stage = stage + 1, opened_at = null, opened_xid = null, version = version + 1");

    private final Lease lease;
    private final @Nullable PracticeId practice;
    private final @Nullable UUID client;
    private final Rotation.Kind kind;
    private @Nullable Integer from;
    private @Nullable Integer to;
    private int stage;
    private boolean open;

    private Turn(Lease lease, Row row) {
        UUID target = row.uuidOrNull("target_practice");
        this.lease = lease;
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
                where %s""".formatted(assignments, Lease.OWN));
    }

    /** @throws LeaseLost when another worker has taken over; so do all that change something */
    static Turn of(Lease lease) {
        return lease.own(READ.bind(), row -> new Turn(lease, row));
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
        lease.change(CHOOSE.bind().integer("from_version", fromVersion).integer("to_version", toVersion));
        from = fromVersion;
        to = toVersion;
    }

    /** The platform at work for the practice whose key it is; for the root's, for the platform. The audit names the rotation. */
    public Caller caller() {
        return practice == null ? lease.caller() : lease.callerFor(practice);
    }

    /** Binds the parameters of {@link #HELD}. */
    public Query hold(Query query) {
        return lease.hold(query);
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
        lease.change(OPENED.bind());
        open = true;
    }

    /** Shows that this worker is alive, and what it has moved since. */
    void keep(long done) {
        lease.keep(done);
    }

    /**
     * Whether all statements have ended that were allowed before the stage was opened.
     *
     * @param settle how long one may still run
     */
    boolean isSettled(Duration settle) {
        return lease.own(SETTLED.bind().text("settle", settle.toString()), row -> row.bool("settled"));
    }

    void advance() {
        lease.change(ADVANCE.bind());
        stage++;
        open = false;
    }
}
