package com.medspasync.rotation;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A platform with one practice, an operator, and a worker. */
final class Scene implements AutoCloseable {

    static final Caller OPERATOR = Examples.operator();

    final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    final Platform platform = Platform.on(database);
    final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    final Worker worker = new Worker(platform, maintenance, Worker.QUICK);
    final Rotations rotations = new Rotations(platform.database(), worker, UUID::randomUUID);
    final PracticeId practice = platform.practice("glow");
    final Caller admin = Examples.admin(practice);

    /** A process that shares the stores and nothing else. */
    Platform anotherProcess() {
        return platform.another(database.settings(EmbeddedDatabase.APP));
    }

    Rotation start(Kind kind, @Nullable UUID client) {
        return ask(kind, client).orElseThrow();
    }

    Optional<Rotation> ask(Kind kind, @Nullable UUID client) {
        UUID target = kind == Kind.ROOT ? null : practice.value();
        return rotations.start(OPERATOR, new RotationRequest(kind, target, client, "yearly"));
    }

    Rotation find(Rotation rotation) {
        return rotations.find(OPERATOR, rotation.id()).orElseThrow();
    }

    /** Starts a rotation and works until it is finished. */
    Rotation run(Kind kind, @Nullable UUID client) {
        Rotation started = start(kind, client);
        worker.work();
        return find(started);
    }

    List<String> rows(String sql, @Nullable Object... parameters) {
        return platform.rows(sql, parameters);
    }

    @Override
    public void close() {
        database.close();
    }
}
