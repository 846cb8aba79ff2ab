package com.medspasync.maskedcopy;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Secret;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.input.Json;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobRunner.Progress;
import com.medspasync.job.JobStopped;
import com.medspasync.job.Lease;
import com.medspasync.job.LeaseLost;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a masked copy: reads table after table, and writes each as a file of blocks.
 *
 * <p>How a copy that was broken off becomes the same as one that was not: a block is brought first, and the row of the job then says, under the
 * lease, up to where the table is in blocks. Who goes on reads on from there, with the pseudonyms of the same secret. A block that was brought and
 * not put on record is brought again under another name, and belongs to no file.
 *
 * <p>Thread-safe.
 */
public final class CopyWork implements JobRunner.Work {

    private static final Sql STATE = Sql.of("""
            select target_practice, requested_by, created_at, secret, checkpoint, fence, files is not null as published
            from masked_copies
            where %s""".formatted(Lease.OWN));

    private static final Sql BEGIN = Sql.of("""
            with mine as materialized (
              select from masked_copies
              where %1$s
              for update),
            begun as (
              update masked_copies
              set secret = :secret, secret_root_version = :root_version, checkpoint = :checkpoint::jsonb, total = :total, updated_at = now()
              where exists (select from mine) and %1$s
                and not exists (select from retired_root_keys where version = :root_version)
              returning id)
            select exists (select from begun) as begun
            from mine""".formatted(Lease.OWN));

    private static final Sql KEEP = Sql.of("""
            update masked_copies
            set checkpoint = :checkpoint::jsonb, done = done + :done, held_until = now() + :hold::interval, updated_at = now()
            where %s""".formatted(Lease.OWN));

    /** Forgets how to go back, and has the practice know what was taken out of it. */
    private static final Sql PUBLISH = Sql.of("""
            with published as (
              update masked_copies
              set files = :files::jsonb, secret = null, secret_root_version = null, checkpoint = null, version = version + 1, updated_at = now()
              where %s
              returning id, target_practice, requested_by)
            insert into audit_logs (practice_id, user_id, action, table_name, record_id, request_id, details)
            select target_practice, requested_by, 'EXPORT', 'masked_copies', id, :request::uuid, :details::jsonb
            from published""".formatted(Lease.OWN));

    private static final Sql DELETED = Sql.of("""
            select deleted_at is not null as deleted
            from masked_copies
            where practice_id = :practice::uuid and id = :id::uuid""");

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final CopySecrets secrets;
    private final CopyStore store;
    private final CopyPace pace;

    /** @param database logged in for maintenance */
    public CopyWork(
            PracticeDatabase database,
            KeyHierarchy keys,
            FieldCipher cipher,
            CopySecrets secrets,
            CopyStore store,
            CopyPace pace) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.secrets = secrets;
        this.store = store;
        this.pace = pace;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record State(
            UUID practice,
            Instant createdAt,
            byte @Nullable [] secret,
            @Nullable String checkpoint,
            long fence,
            boolean published) {}

    @Override
    public Progress goOn(Lease lease) {
        try {
            return goOnWhileHeld(lease);
        } catch (LeaseLost lost) {
            // Whoever deleted the copy has deleted what was there; what came after that is this worker's to delete.
            if (database.one(lease.caller(), DELETED.bind().uuid("id", lease.job()), row -> row.bool("deleted"))) {
                store.deleteAll(CopyWriter.path(lease.job(), ""));
            }
            throw lost;
        }
    }

    private Progress goOnWhileHeld(Lease lease) {
        long deadline = System.nanoTime() + pace.turn().toNanos();
        State state = state(lease);
        if (state.published()) {
            return new Progress.Finished();
        }
        if (state.secret() == null) {
            begin(lease, state);
            state = state(lease);
        }
        Copying copying = copying(lease, state);
        Checkpoint at = Checkpoint.read(Objects.requireNonNull(state.checkpoint()));
        while (!at.isAtTheEnd()) {
            Checkpoint next = copying.step(at);
            keep(lease, next, next.files().size() == at.files().size() ? next.rows() - at.rows() : 0);
            at = next;
            if (System.nanoTime() > deadline) {
                return new Progress.Unfinished(Duration.ZERO);
            }
        }
        copying.publish(at);
        publish(lease, at);
        return new Progress.Finished();
    }

    private Copying copying(Lease lease, State state) {
        PracticeId practice = new PracticeId(state.practice());
        Secret secret;
        try {
            secret = secrets.open(lease.job(), Objects.requireNonNull(state.secret()));
        } catch (UnknownKeyVersion gone) {
            throw new JobStopped(
                    "what its pseudonyms are made with does not open any more: delete it, and make another");
        }
        return new Copying(
                new TableReader(database),
                new CopyWriter(store, lease.job(), () -> lease.keep(0)),
                new BirthDates(keys, cipher, practice),
                lease.callerFor(practice),
                secret,
                LocalDate.ofInstant(state.createdAt(), ZoneOffset.UTC),
                state.fence(),
                pace);
    }

    private State state(Lease lease) {
        return lease.own(
                STATE.bind(),
                row -> new State(
                        row.uuid("target_practice"),
                        row.instant("created_at"),
                        row.bytesOrNull("secret"),
                        row.jsonOrNull("checkpoint"),
                        row.bigint("fence"),
                        row.bool("published")));
    }

    private void begin(Lease lease, State state) {
        long total = new TableReader(database).count(lease.callerFor(new PracticeId(state.practice())));
        if (!begin(lease, total)) {
            // The root's version was retired after this process read it.
            keys.refreshRoot();
            if (!begin(lease, total)) {
                throw new IllegalStateException("no version of the root key is accepted");
            }
        }
    }

    private boolean begin(Lease lease, long total) {
        CopySecrets.Sealed secret = secrets.draw(lease.job());
        return lease.own(
                BEGIN.bind()
                        .bytes("secret", secret.bytes())
                        .integer("root_version", secret.rootVersion())
                        .json("checkpoint", Checkpoint.START.toJson())
                        .bigint("total", total),
                row -> row.bool("begun"));
    }

    private void keep(Lease lease, Checkpoint at, long rows) {
        lease.change(
                KEEP.bind().json("checkpoint", at.toJson()).bigint("done", rows).text("hold", Lease.HOLD.toString()));
    }

    private static void publish(Lease lease, Checkpoint at) {
        Map<String, Long> rows = new LinkedHashMap<>();
        at.files().reversed().forEach(file -> rows.put(file.name(), file.rows()));
        lease.change(PUBLISH.bind()
                .json("files", Json.write(at.files().reversed()))
                .json("details", Json.write(Map.of("rows", rows))));
    }
}
