package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes partitions before they are needed: of the audit by month, of appointments by year. There is no default partition, so a row
 * for which none exists is refused. Safe for threads, and for any number of processes at once.
 */
public final class Partitions {

    /** Months of audit that are there ahead of the present one. */
    public static final int MONTHS_AHEAD = 12;

    /** Years of appointments that are there ahead of the present one. */
    public static final int YEARS_AHEAD = 2;

    private static final int MOST_TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Sql PREMAKE = Sql.of("select premake_partitions(:months, :years) as made");

    private final PracticeDatabase maintenance;

    /** @param maintenance logged in as {@link DatabaseRole#MAINTENANCE} or {@link DatabaseRole#OWNER} */
    public Partitions(PracticeDatabase maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * Makes those that are lacking, and waits up to a few seconds for statements that stand in the way; it holds up no reader or writer.
     *
     * @return how many were made
     * @throws DatabaseBusy if a table stays locked; the next call goes on
     */
    public int premake() {
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        Query premake = PREMAKE.bind().integer("months", MONTHS_AHEAD).integer("years", YEARS_AHEAD);
        for (int tries = 1; ; tries++) {
            try {
                return maintenance.one(platform, premake, row -> row.integer("made"));
            } catch (DatabaseBusy busy) {
                if (tries == MOST_TRIES || Thread.currentThread().isInterrupted()) {
                    throw busy;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
