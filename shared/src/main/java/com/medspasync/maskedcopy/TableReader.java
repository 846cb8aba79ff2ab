package com.medspasync.maskedcopy;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.maskedcopy.CopiedTable.Column;
import com.medspasync.tenant.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads tables row by row, and no more of a row than its copy is made of: what is made up never leaves the database.
 *
 * <p>The order is that of a digest of the ids, seeded for the copy. By id, which counts up with time, a row's neighbours would be of the same
 * hour as it is, and the mean of their shifted times would tell how far each was shifted.
 *
 * <p>Thread-safe.
 */
final class TableReader {

    /** The result's column with the wrapped keys of a client. */
    static final String KEYS = "packed_keys";

    private static final String KEYRING = """
            (
              select string_agg(int4send(k.version) || k.wrapped, ''::bytea order by k.version)
              from client_keys k
              where k.practice_id = t.practice_id and k.client_id = t.id)""";

    private static final Map<CopiedTable, Sql> NEXT =
            Arrays.stream(CopiedTable.values()).collect(Collectors.toMap(table -> table, TableReader::next));

    private static final Sql COUNT = Sql.of("""
            select %s as total""".formatted(Arrays.stream(CopiedTable.values())
            .map(table -> "(select count(*) from %s where practice_id = :practice::uuid)".formatted(table.table()))
            .collect(Collectors.joining(" + "))));

    private static final Sql TAKEN = Sql.of("""
            select first_name_search as name
            from clients
            where practice_id = :practice::uuid and first_name_search = any (:names::text[])
            union
            select last_name_search
            from clients
            where practice_id = :practice::uuid and last_name_search = any (:names::text[])
            union
            select lower(first_name)
            from staff
            where practice_id = :practice::uuid and lower(first_name) = any (:names::text[])
            union
            select lower(last_name)
            from staff
            where practice_id = :practice::uuid and lower(last_name) = any (:names::text[])""");

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    TableReader(PracticeDatabase database) {
        this.database = database;
    }

    private static Sql next(CopiedTable table) {
        // Where a year lies in a partition of its own, the id alone would be looked for in each.
        String partition = table == CopiedTable.APPOINTMENTS ? ", date_time" : "";
        String selected = table.columns().stream()
                .map(TableReader::selected)
                .filter(expression -> !expression.isEmpty())
                .collect(Collectors.joining(",\n  "));
        return Sql.of("""
                with next as materialized (
                  select id%2$s, uuid_hash_extended(id, :seed) as place
                  from %1$s
                  where practice_id = :practice::uuid and (uuid_hash_extended(id, :seed), id) > (:place, :after::uuid)
                  order by uuid_hash_extended(id, :seed), id
                  limit :most)
                select place, %3$s
                from next join %1$s t using (id%2$s)
                where t.practice_id = :practice::uuid
                order by place, id""".formatted(table.table(), partition, selected));
    }

    private static String selected(Column column) {
        String name = column.name();
        return switch (column.treatment()) {
            case Treatment.Dropped() -> "";
            case Treatment.MadeUp(var invention) -> "t.%1$s is not null as %1$s".formatted(name);
            case Treatment.MadeUpLines(var encrypted, var most) -> "octet_length(t.%1$s) as %1$s".formatted(name);
            case Treatment.MadeUpList() -> "cardinality(t.%1$s) as %1$s".formatted(name);
            case Treatment.ShiftedBirth() -> "t.%s, %s as %s".formatted(name, KEYRING, KEYS);
            case Treatment.Kept(var type) -> "t." + name;
            case Treatment.Pseudonym(var entity) -> "t." + name;
            case Treatment.Shifted() -> "t." + name;
            case Treatment.MadeUpWord() -> "t." + name;
            case Treatment.Parts(var kept) -> "t." + name;
            case Treatment.TimeZone() -> "t." + name;
        };
    }

    /** How many rows all tables of the practice have. */
    long count(Caller practice) {
        return database.one(practice, COUNT.bind(), row -> row.bigint("total"));
    }

    /** Which of the names that are made up somebody in the practice has. */
    List<String> taken(Caller practice, List<String> names) {
        return database.list(practice, TAKEN.bind().texts("names", names), row -> row.text("name"));
    }

    /**
     * Reads on from a position into a block, until that is full.
     *
     * @param seed of the order
     * @param most how many rows to read at once
     */
    void read(Caller practice, CopiedTable table, long seed, Position from, int most, Block into) {
        List<Boolean> unused = database.list(
                practice,
                Objects.requireNonNull(NEXT.get(table))
                        .bind()
                        .bigint("seed", seed)
                        .bigint("place", from.place())
                        .uuid("after", from.after())
                        .integer("most", most),
                into::add);
    }
}
