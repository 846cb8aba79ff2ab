package com.medspasync.rotation;

import com.medspasync.crypto.RootKeys;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobStopped;
import java.util.List;

/**
 * The stages of replacing the root key: a new version is published and the old one retired, what is wrapped by it is wrapped anew; then the old
 * version is disabled where it lies.
 */
public final class RootRotation {

    private static final Sql RETIRE = Sql.of("""
            with %s
            insert into retired_root_keys (version)
            select :from_version from held
            on conflict do nothing""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final RootKeys roots;

    private RootRotation(PracticeDatabase database, RootKeys roots) {
        this.database = database;
        this.roots = roots;
    }

    /**
     * The stages.
     *
     * @param database logged in for maintenance
     * @param wrapped what is wrapped by the root key
     */
    public static List<Stage> stages(PracticeDatabase database, RootKeys roots, List<Sweep> wrapped) {
        RootRotation rotation = new RootRotation(database, roots);
        return List.of(new Stage(rotation::replace, wrapped), new Stage(rotation::disable, List.of()));
    }

    private void replace(Turn turn) {
        if (turn.chosenTo().isEmpty()) {
            roots.refresh();
            int newest = roots.current().version();
            turn.choose(newest, newest + 1);
        }
        int published = roots.publishAfter(turn.from()).version();
        if (published != turn.to()) {
            throw new JobStopped("the store of the root key went from version " + turn.from() + " to " + published
                    + ": disable what was published by hand, and resume");
        }
        database.update(turn.caller(), turn.hold(RETIRE.bind()).integer("from_version", turn.from()));
    }

    private void disable(Turn turn) {
        roots.retire(turn.from());
    }
}
