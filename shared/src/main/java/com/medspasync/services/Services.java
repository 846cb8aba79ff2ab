package com.medspasync.services;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Creator;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.BookedDeletion;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Outcome;
import com.medspasync.repository.Pages;
import com.medspasync.repository.Repository;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a practice offers. Each method is one database round trip. Reads are not audited: a service tells of no person. Names may be
 * repeated.
 *
 * <p>What fails in the database is thrown: {@link com.medspasync.database.DatabaseException}. Thread-safe.
 */
public final class Services implements Repository<Service, Service, ServiceDraft, ServicePatch, ServiceFilter> {

    private static final Sql FIND = Sql.of("""
            select deleted_at is not null as gone, %s
            from services
            where practice_id = :practice::uuid and id = :id::uuid""".formatted(Service.COLUMNS));

    private static final Creator.Statements CREATE = Creator.Statements.of("""
            created as (
              insert into services (
                practice_id, id, name, category, description, duration, buffer_before, buffer_after, price, active, created_at, updated_at)
              select
                :practice::uuid, :id::uuid, :name, :category, :description, :duration, :before, :after, :price::numeric, :active,
                :now::timestamptz, :now::timestamptz
              from claim
              where mine)""");

    private static final Sql CHANGE = Sql.of("""
            with target as materialized (
              select version, deleted_at from services where practice_id = :practice::uuid and id = :id::uuid),
            changed as (
              update services
              set name = coalesce(:name, name), category = coalesce(:category, category),
                description = case when :set_description then :description else description end,
                duration = coalesce(:duration, duration), buffer_before = coalesce(:before, buffer_before),
                buffer_after = coalesce(:after, buffer_after), price = coalesce(:price::numeric, price),
                active = coalesce(:active, active), version = version + 1, updated_at = :now::timestamptz
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
              returning %s)
            select
              case
                when changed.id is not null then 'DONE'
                when target.version is null then 'MISSING'
                when target.deleted_at is not null then 'GONE'
                when target.version <> :version then 'STALE'
                else 'RACED'
              end as outcome,
              changed.*
            from (select) as one
            left join target on true
            left join changed on true""".formatted(Service.COLUMNS));

    private static final Sql DELETE = BookedDeletion.of("services", "upcoming_for_service");

    private static final Sql RESTORE = Sql.of("""
            with target as materialized (
              select deleted_at, %1$s from services where practice_id = :practice::uuid and id = :id::uuid),
            changed as (
              update services set deleted_at = null, updated_at = :now::timestamptz, version = version + 1
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is not null
              returning %1$s),
            found as (
              select %1$s from changed
              union all
              select %1$s from target where deleted_at is null)
            select
              case when found.id is not null then 'DONE' when target.id is null then 'MISSING' else 'RACED' end as outcome,
              found.*
            from (select) as one
            left join target on true
            left join found on true""".formatted(Service.COLUMNS));

    private final PracticeDatabase database;
    private final Creator creator;
    private final ServiceList list;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** @param ids of new services; ascending in time, so that new rows lie together (UUID version 7) */
    public Services(PracticeDatabase database, Creator creator, Pages pages, Clock clock, Supplier<UUID> ids) {
        this.database = database;
        this.creator = creator;
        this.list = new ServiceList(database, pages);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Lookup<Service> findById(Caller caller, UUID id) {
        return database.first(
                        caller,
                        FIND.bind().uuid("id", id),
                        row -> row.bool("gone") ? new Lookup.Gone<Service>() : new Lookup.Found<>(Service.of(row)))
                .orElseGet(Lookup.Missing::new);
    }

    @Override
    public Listing<Service> findAll(Caller caller, ServiceFilter filter) {
        return list.page(caller, filter);
    }

    @Override
    public long count(Caller caller, ServiceFilter filter) {
        return list.count(caller, filter);
    }

    @Override
    public Creation<Service> create(Caller caller, ServiceDraft draft) {
        return store(caller, draft, null);
    }

    /** As {@link #create(Caller, ServiceDraft)}; sent again under the same key within 24 hours, it gives the first answer again. */
    public Creation<Service> create(Caller caller, ServiceDraft draft, IdempotencyKey key) {
        return store(caller, draft, key);
    }

    private Creation<Service> store(Caller caller, ServiceDraft draft, @Nullable IdempotencyKey key) {
        Service service = Service.of(ids.get(), draft, now());
        return creator.create(
                caller,
                CREATE,
                new Creator.Wish<>(
                        new Claim.Made("services", service.id()),
                        service,
                        query -> bind(query, service),
                        ServiceJson::write,
                        ServiceJson::read,
                        failure -> Optional.empty()),
                key);
    }

    @Override
    public Update<Service> update(Caller caller, UUID id, int version, ServicePatch patch) {
        Query query = CHANGE.bind()
                .uuid("id", id)
                .integer("version", version)
                .text("name", patch.name())
                .text("category", patch.category())
                .bool("set_description", patch.description().isChange())
                .text("description", patch.description().valueOrNull())
                .integer("duration", patch.duration())
                .integer("before", patch.bufferBefore())
                .integer("after", patch.bufferAfter())
                .numeric("price", patch.price())
                .bool("active", patch.active())
                .instant("now", now());
        return Outcome.settled(() -> database.one(caller, query, row -> Outcome.update(row, Service::of)));
    }

    @Override
    public Deletion delete(Caller caller, UUID id, int version) {
        Query query = DELETE.bind().uuid("id", id).integer("version", version).instant("now", now());
        return Outcome.settled(() -> database.one(caller, query, Outcome::deletion));
    }

    /** Makes a deleted service be there again; one that is not deleted is only read. */
    public Restoration<Service> restore(Caller caller, UUID id) {
        Query query = RESTORE.bind().uuid("id", id).instant("now", now());
        return Outcome.settled(() -> database.one(caller, query, row -> Outcome.restoration(row, Service::of)));
    }

    private static Query bind(Query query, Service service) {
        return query.uuid("id", service.id())
                .text("name", service.name())
                .text("category", service.category())
                .text("description", service.description())
                .integer("duration", service.duration())
                .integer("before", service.bufferBefore())
                .integer("after", service.bufferAfter())
                .numeric("price", service.price())
                .bool("active", service.active())
                .instant("now", service.createdAt());
    }

    /** As exact as the database keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
