package com.medspasync.bench;

import com.medspasync.database.DatabaseRole;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What {@link PracticeDatabase} costs over bare JDBC that sends the same three statements through a pool of the same size: operations a
 * second of both, their ratio, and processor time and bytes for each, for a trivial statement, a read by key and the same read with its audit row.
 */
public final class DatabaseBench {

    private static final int CLIENTS = 2_000;
    private static final int ROUNDS = 9;
    private static final Caller CALLER = new Caller(
            new PracticeId(UUID.randomUUID()),
            UUID.randomUUID(),
            null,
            null,
            new Origin("203.0.113.9", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101", UUID.randomUUID()));

    private static final Sql TRIVIAL =
            Sql.of("select id from clients where id = :id::uuid and practice_id = :practice::uuid");

    private static final Sql READ = Sql.of("""
            select id, first_name, last_name, email, phone, date_of_birth, ssn, medical_history, status, version, created_at
            from clients
            where practice_id = :practice::uuid and id = :id::uuid""");

    private static final Sql AUDITED = Sql.of("""
            with found as materialized (
              select id, first_name, last_name, email, phone, date_of_birth, ssn, medical_history, status, version, created_at
              from clients
              where practice_id = :practice::uuid and id = :id::uuid),
            audit as (
              insert into audit_logs (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id)
              select :practice::uuid, :user::uuid, 'READ', 'clients', id, :address, :agent, :request::uuid
              from found)
            select * from found""");

    private DatabaseBench() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.migrated()) {
            List<UUID> ids = fill(database);
            DatabaseSettings settings =
                    database.settings(DatabaseRole.APP.roleName()).withPoolSize(8);
            PracticeDatabase ours = database.open(settings);
            try (BareJdbc bare = new BareJdbc(settings, CALLER)) {
                for (int threads : new int[] {1, 8}) {
                    compare("trivial", threads, () -> trivial(ours, any(ids)), () -> bare.trivial(any(ids)));
                    compare("read", threads, () -> read(ours, READ, any(ids)), () -> bare.read(any(ids)));
                    compare("audited read", threads, () -> read(ours, AUDITED, any(ids)), () -> bare.audited(any(ids)));
                }
            }
        }
    }

    private static Optional<String> trivial(PracticeDatabase database, UUID id) {
        return database.first(CALLER, TRIVIAL.bind().uuid("id", id), row -> row.text("id"));
    }

    private static Optional<BenchClient> read(PracticeDatabase database, Sql sql, UUID id) {
        return database.first(
                CALLER,
                sql.bind().uuid("id", id),
                row -> new BenchClient(
                        row.uuid("id"),
                        row.text("first_name"),
                        row.text("last_name"),
                        row.text("email"),
                        row.textOrNull("phone"),
                        row.bytesOrNull("date_of_birth"),
                        row.bytesOrNull("ssn"),
                        row.bytesOrNull("medical_history"),
                        row.text("status"),
                        row.integer("version"),
                        row.instant("created_at")));
    }

    /** Rounds of both in turn, so that what else happens on the machine hits both alike; the median of the rounds' ratios. */
    private static void compare(String name, int threads, Supplier<Optional<?>> ours, Supplier<Optional<?>> bare)
            throws InterruptedException {
        Load.run(threads, ours);
        Load.run(threads, bare);
        double[] ratios = new double[ROUNDS];
        Load.Result lastOurs = Load.run(threads, ours);
        Load.Result lastBare = Load.run(threads, bare);
        for (int round = 0; round < ROUNDS; round++) {
            boolean oursFirst = round % 2 == 0;
            Load.Result first = Load.run(threads, oursFirst ? ours : bare);
            Load.Result second = Load.run(threads, oursFirst ? bare : ours);
            lastOurs = oursFirst ? first : second;
            lastBare = oursFirst ? second : first;
            ratios[round] = lastOurs.perSecond() / lastBare.perSecond();
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%-13s %d threads: %7.0f/s, bare JDBC %7.0f/s, ratio %.2f (%.2f to %.2f); client %.1f us and %d bytes each, bare %.1f us and %d%n",
                name,
                threads,
                lastOurs.perSecond(),
                lastBare.perSecond(),
                ratios[ROUNDS / 2],
                ratios[0],
                ratios[ROUNDS - 1],
                lastOurs.processorMicros(),
                lastOurs.bytesEach(),
                lastBare.processorMicros(),
                lastBare.bytesEach());
    }

    private static UUID any(List<UUID> ids) {
        return ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
    }

    /** A practice with clients whose encrypted columns are as long as real ones. */
    private static List<UUID> fill(EmbeddedDatabase database) {
        PracticeDatabase owner = database.open(DatabaseRole.OWNER.roleName());
        owner.update(
                CALLER,
                Sql.of("insert into practices (id, name) values (:practice::uuid, 'Bench')")
                        .bind());
        Sql fill = Sql.of("""
                with filled as (
                  insert into clients (practice_id, id, first_name, last_name, email, phone, date_of_birth, ssn, medical_history,
                    first_name_search, last_name_search, email_search, first_name_phonetic, last_name_phonetic)
                  select :practice::uuid, gen_random_uuid(), 'Jane' || n, 'Roe' || n, 'jane' || n || '@bench.example', '+12125550100',
                    sha256('a') || sha256('b'), sha256('a') || sha256('b'), decode(repeat('ab', 300), 'hex'),
                    'jane' || n, 'roe' || n, 'jane' || n || '@bench.example', 'JN', 'R'
                  from generate_series(1, :count) as n
                  returning id)
                select array_agg(id) as ids from filled""");
        List<UUID> ids = owner.one(CALLER, fill.bind().integer("count", CLIENTS), row -> row.uuids("ids"));
        database.execute("analyze clients");
        return ids;
    }
}
