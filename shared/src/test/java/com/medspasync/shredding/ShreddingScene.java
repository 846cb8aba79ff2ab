package com.medspasync.shredding;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.clients.ShreddedClients;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.job.MemoryQueue;
import com.medspasync.rotation.DoomedRotations;
import com.medspasync.shredding.Shredding.Kind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A platform of two processes with one practice, an operator, and a worker. */
final class ShreddingScene implements AutoCloseable {

    static final Caller OPERATOR = Examples.operator();

    static final Duration KEY_BACKUPS = Duration.ofDays(35);

    final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    final Platform platform = Platform.on(database);
    final Platform other = platform.another(database.settings(EmbeddedDatabase.APP));
    final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    final MemoryQueue queue = new MemoryQueue();
    final JobRunner runner = runner(List.of(new ShreddedClients(maintenance), new KeptAnswers(maintenance)));
    final Shreddings shreddings = new Shreddings(platform.database(), queue, Duration.ofDays(7), UUID::randomUUID);
    final Certification certification = new Certification(maintenance, queue, UUID::randomUUID);
    final PracticeId practice = platform.practice("glow");
    final Caller admin = Examples.admin(practice);

    JobRunner runner(List<Remnant> remnants) {
        return new JobRunner(
                maintenance,
                JobTable.KEY_SHREDDINGS,
                queue,
                new ShreddingWork(maintenance, List.of(new DoomedRotations(maintenance)), remnants, KEY_BACKUPS));
    }

    Shredding ask(Kind kind, @Nullable UUID client) {
        return shreddings
                .start(OPERATOR, new ShreddingRequest(kind, practice.value(), client, "asked by the client"))
                .orElseThrow();
    }

    Shredding find(Shredding shredding) {
        return shreddings.find(OPERATOR, shredding.id()).orElseThrow();
    }

    /** Has a client's keys destroyed. */
    Shredding shred(UUID client) {
        Shredding asked = ask(Kind.CLIENT, client);
        queue.work(runner);
        return find(asked);
    }

    /** Asks for a practice's keys to be destroyed, and lets the waiting period pass. */
    Shredding askAndWait() {
        Shredding asked = ask(Kind.PRACTICE, null);
        platform.execute("update key_shreddings set confirmable_at = now() - interval '1 second'");
        return asked;
    }

    Shredding confirm(Shredding shredding) {
        return shreddings
                .confirm(OPERATOR, shredding.id(), new Confirmation(shredding.practice()))
                .orElseThrow();
    }

    List<String> rows(String sql, @Nullable Object... parameters) {
        return platform.rows(sql, parameters);
    }

    @Override
    public void close() {
        database.close();
    }
}
