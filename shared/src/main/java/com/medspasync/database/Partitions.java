package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions before they are needed: of the audit by month, of appointments by year. There is no default partition, so a row
 * for which none exists is refused. Safe for threads, and for any number of processes at once.
 */
public final class Partitions {

    /** Months of audit that are there ahead of the present one. */
    public static final int MONTHS_AHEAD = 12;

    /** Years of appointments that are there ahead of the present one. */
    public static final int YEARS_AHEAD = 2;

    /** Fewer months of audit ahead than that are an alarm. */
    static final int LEAST_MONTHS_AHEAD = 3;

    /** Fewer years of appointments ahead than that are an alarm. */
    static final int LEAST_YEARS_AHEAD = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private static final int MOST_TRIES = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Sql PREMAKE = Sql.of("select premake_partitions(:months, :years) as made");

    /** Of each table the end of what its partitions hold from now on without a gap, and whether that is too near. */
    private static final Sql AHEAD = Sql.of("""
            with recursive needed (parent, by) as (
              values ('audit_logs', now() + make_interval(months => :months)),
                ('audit_subjects', now() + make_interval(months => :months)),
                ('appointments', now() + make_interval(years => :years))),
            bounds as materialized (
              select n.parent, b.range[1]::timestamptz as lower, b.range[2]::timestamptz as upper
              from needed n
              join pg_inherits i on i.inhparent = to_regclass(n.parent)
              join pg_class c on c.oid = i.inhrelid
              cross join lateral regexp_match(
                pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\) TO \\(''([^'']+)''\\)') as b (range)),
            held (parent, until) as (
              select parent, now() from needed
              union all
              select h.parent, b.upper
              from held h
              join bounds b on b.parent = h.parent and b.lower <= h.until and b.upper > h.until)
            select n.parent, max(h.until) as until, max(h.until) < n.by as lacking
            from needed n
            join held h on h.parent = n.parent
            group by n.parent, n.by
            order by n.parent""");

    private final PracticeDatabase maintenance;
    private final int mostTries;

    /** @param maintenance logged in as {@link DatabaseRole#MAINTENANCE} or {@link DatabaseRole#OWNER} */
    public Partitions(PracticeDatabase maintenance) {
        this(maintenance, MOST_TRIES);
    }

    /** @param mostTries how often it waits for who stands in the way */
    Partitions(PracticeDatabase maintenance, int mostTries) {
        this.maintenance = maintenance;
        this.mostTries = mostTries;
    }

    /**
     * {@link #premake}, and a look at what is there then, whether or not that went well: it is logged, and an alarm where it is too little
     * for anybody to take their time.
     *
     * @throws DatabaseBusy if a table stays locked; the next call goes on
     */
    public void keepAhead() {
        try {
            int made = premake();
            LOG.info("Partitions: {} made", made);
        } finally {
            look();
        }
    }

    private void look() {
        Query ahead = AHEAD.bind().integer("months", LEAST_MONTHS_AHEAD).integer("years", LEAST_YEARS_AHEAD);
        maintenance.list(platform(), ahead, row -> {
            if (row.bool("lacking")) {
                LOG.error(
                        "ALARM partitions-missing {}: there are none from {} on, and rows for then are refused",
                        row.text("parent"),
                        row.instant("until"));
            } else {
                LOG.info("Partitions: {} until {}", row.text("parent"), row.instant("until"));
            }
            return row.text("parent");
        });
    }

    private static Caller platform() {
        return Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
    }

    /**
     * Makes those that are lacking, and waits up to a few seconds for statements that stand in the way; it holds up no reader or writer.
     *
     * @return how many were made
     * @throws DatabaseBusy if a table stays locked; the next call goes on
     */
    public int premake() {
        Query premake = PREMAKE.bind().integer("months", MONTHS_AHEAD).integer("years", YEARS_AHEAD);
        for (int tries = 1; ; tries++) {
            try {
                return maintenance.one(platform(), premake, row -> row.integer("made"));
            } catch (DatabaseBusy busy) {
                if (tries == mostTries || Thread.currentThread().isInterrupted()) {
                    throw busy;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
