package com.medspasync.maskedcopy;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRequests;
import com.medspasync.maskedcopy.MaskedCopy.Status;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of masked copies: to make one, to see how far it is, to read its files, to resume one that stopped, and to delete it. Each
 * call is one round trip, and a message to the queue or a call of the store where that has something to do. Thread-safe.
 */
public final class MaskedCopies {

    /** The most that a list shows: the newest ones. */
    public static final int MOST = 100;

    private static final Sql START = Sql.of("""
            with running as materialized (
              select %1$s
              from masked_copies
              where practice_id = :practice::uuid and target_practice = :target::uuid and status in ('PENDING', 'PROCESSING')),
            created as (
              insert into masked_copies (practice_id, id, target_practice, reason, requested_by)
              select :practice::uuid, :id::uuid, :target::uuid, :reason, :user::uuid
              where has_key(:target::uuid, null) and not exists (select from running)
              on conflict do nothing
              returning %1$s)
            select * from running
            union all
            select * from created""".formatted(MaskedCopy.COLUMNS));

    private static final Sql KNOWN = Sql.of("select has_key(:target::uuid, null) as known");

    private static final Sql FIND = Sql.of("""
            select %s
            from masked_copies
            where practice_id = :practice::uuid and id = :id::uuid""".formatted(MaskedCopy.COLUMNS));

    private static final Sql READ = Sql.of("""
            with found as materialized (
              select %s
              from masked_copies
              where practice_id = :practice::uuid and id = :id::uuid),
            recorded as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', 'masked_copies', id, :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('file', :file::text)
              from found
              where status = 'COMPLETED' and deleted_at is null)
            select * from found""".formatted(MaskedCopy.COLUMNS));

    private static final Sql NEWEST = Sql.of("""
            select %s
            from masked_copies
            where practice_id = :practice::uuid and deleted_at is null
            order by created_at desc, id desc
            limit :most""".formatted(MaskedCopy.COLUMNS));

    /** Where another of the practice is under way, that one has to end first. */
    private static final Sql RESUME = Sql.of("""
            with resumed as (
              update masked_copies c
              set status = 'PENDING', error = null, version = version + 1, updated_at = now()
              where practice_id = :practice::uuid and id = :id::uuid and status = 'FAILED' and deleted_at is null
                and not exists (
                  select from masked_copies o
                  where o.practice_id = c.practice_id and o.target_practice = c.target_practice and o.status in ('PENDING', 'PROCESSING'))
              returning %1$s)
            select * from resumed
            union all
            select %1$s
            from masked_copies
            where practice_id = :practice::uuid and id = :id::uuid and not exists (select from resumed)""".formatted(MaskedCopy.COLUMNS));

    /** The fence stops whoever works on it. */
    private static final Sql DELETE = Sql.of("""
            update masked_copies
            set deleted_at = coalesce(deleted_at, now()), secret = null, secret_root_version = null, checkpoint = null, fence = fence + 1,
              status = case status when 'COMPLETED' then status else 'FAILED' end,
              error = case when status in ('PENDING', 'PROCESSING') then 'It was deleted before it was complete.' else error end,
              held_until = null, version = version + case when deleted_at is null then 1 else 0 end,
              updated_at = case when deleted_at is null then now() else updated_at end
            where practice_id = :practice::uuid and id = :id::uuid
            returning id""");

    private final PracticeDatabase database;
    private final CopyStore store;
    private final JobRequests<MaskedCopy> requests;
    private final Supplier<UUID> ids;

    public MaskedCopies(PracticeDatabase database, CopyStore store, JobQueue queue, Supplier<UUID> ids) {
        this.database = database;
        this.store = store;
        this.requests = new JobRequests<>(database, queue, MaskedCopy::of);
        this.ids = ids;
    }

    /**
     * Has a practice copied; where that is under way already, gives the copy that is being made. So it may be called again, also when the
     * queue failed.
     *
     * @return empty when there is no such practice
     */
    public Optional<MaskedCopy> start(Caller caller, CopyRequest request) {
        Query query = START.bind()
                .uuid("id", ids.get())
                .uuid("target", request.practice())
                .text("reason", request.reason());
        return requests.start(caller, query, KNOWN.bind().uuid("target", request.practice()));
    }

    /** One copy. */
    public Lookup<MaskedCopy> find(Caller caller, UUID id) {
        return lookup(database.first(caller, FIND.bind().uuid("id", id), MaskedCopy::of));
    }

    private static Lookup<MaskedCopy> lookup(Optional<MaskedCopy> found) {
        return found.<Lookup<MaskedCopy>>map(
                        copy -> copy.deletedAt() == null ? new Lookup.Found<>(copy) : new Lookup.Gone<>())
                .orElseGet(Lookup.Missing::new);
    }

    /** The newest {@value #MOST} that are not deleted, the newest first. */
    public List<MaskedCopy> newest(Caller caller) {
        return database.list(caller, NEWEST.bind().integer("most", MOST), MaskedCopy::of);
    }

    /** Has a copy that failed go on where it stopped; one that is under way is only told to go on. What it is then, says its status. */
    public Lookup<MaskedCopy> resume(Caller caller, UUID id) {
        return lookup(requests.change(caller, RESUME.bind().uuid("id", id)));
    }

    /**
     * Deletes a copy and its files; one that is under way stops. Once more without harm.
     *
     * @return whether there is or was such a copy
     * @throws StoreUnavailable when the files are still there; the copy is deleted all the same, and the next call deletes them
     */
    public boolean delete(Caller caller, UUID id) {
        boolean known = database.first(caller, DELETE.bind().uuid("id", id), row -> row.uuid("id"))
                .isPresent();
        if (known) {
            store.deleteAll(CopyWriter.path(id, ""));
        }
        return known;
    }

    /** A file of a copy, and on record that it is read; missing when there is none of that name, or not yet. */
    public Lookup<StoredFile> file(Caller caller, UUID id, String name) {
        Optional<MaskedCopy> found =
                database.first(caller, READ.bind().uuid("id", id).text("file", shown(name)), MaskedCopy::of);
        return switch (lookup(found)) {
            case Lookup.Found<MaskedCopy>(MaskedCopy copy) -> {
                StoredFile file = copy.status() == Status.COMPLETED ? stored(copy, name) : null;
                yield file == null ? new Lookup.Missing<>() : new Lookup.Found<>(file);
            }
            case Lookup.Missing<MaskedCopy>() -> new Lookup.Missing<>();
            case Lookup.Gone<MaskedCopy>() -> new Lookup.Gone<>();
            case Lookup.Shredded<MaskedCopy>() -> new Lookup.Shredded<>();
        };
    }

    /** Of a name that is none of a file, nothing goes on record. */
    private static String shown(String name) {
        for (CopiedTable table : CopiedTable.values()) {
            if (table.file().equals(name)) {
                return name;
            }
        }
        return name.equals(Manifest.FILE) ? name : "";
    }

    private @Nullable StoredFile stored(MaskedCopy copy, String name) {
        for (CopiedFile file : copy.files()) {
            if (file.name().equals(name)) {
                return new StoredFile(copy.id(), name, file.bytes(), file.sha256());
            }
        }
        if (!name.equals(Manifest.FILE)) {
            return null;
        }
        OptionalLong size = store.size(CopyWriter.path(copy.id(), name));
        return size.isEmpty() ? null : new StoredFile(copy.id(), name, size.getAsLong(), "manifest-" + copy.id());
    }

    /**
     * A part of a file.
     *
     * @param length at least 1
     */
    public byte[] read(StoredFile file, long from, int length) {
        return store.read(CopyWriter.path(file.copy(), file.name()), from, length);
    }
}
