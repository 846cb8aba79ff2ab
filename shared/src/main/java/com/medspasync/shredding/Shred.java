package com.medspasync.shredding;

import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.job.JobTable;
import com.medspasync.job.Lease;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A destruction that this worker holds. For one thread. */
public final class Shred {

    /** The common table expression that each of its statements begins with: see {@link Lease#held}. */
    public static final String HELD = Lease.held(JobTable.KEY_SHREDDINGS);

    private static final Sql READ = Sql.of("""
            select target_practice, target_client
            from key_shreddings
            where %s""".formatted(Lease.OWN));

    private final Lease lease;
    private final PracticeId practice;
    private final @Nullable UUID client;

    private Shred(Lease lease, Row row) {
        this.lease = lease;
        this.practice = new PracticeId(row.uuid("target_practice"));
        this.client = row.uuidOrNull("target_client");
    }

    static Shred of(Lease lease) {
        return lease.own(READ.bind(), row -> new Shred(lease, row));
    }

    /** The platform at work for the practice. The audit names the shredding. */
    public Caller caller() {
        return lease.callerFor(practice);
    }

    /** Binds the parameters of {@link #HELD}, and as {@code client} whose keys they are: null for all of the practice. */
    public Query bind(Sql statement) {
        return lease.hold(statement.bind()).uuid("client", client);
    }

    void keep(long done) {
        lease.keep(done);
    }
}
