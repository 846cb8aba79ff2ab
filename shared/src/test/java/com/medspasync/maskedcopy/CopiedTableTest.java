package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiedTableTest {

    private CopyScene scene;

    @BeforeAll
    void open() {
        scene = new CopyScene();
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource(CopiedTable.class)
    void columns_ofTheDatabase_areAllDecided(CopiedTable table) {
        List<String> there = scene.rows(
                "select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and not attisdropped order by 1",
                table.table());
        assertThat(table.columns().stream().map(CopiedTable.Column::name)).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void wordsThatStay_areAllOfAClosedList() {
        List<String> closed = scene.rows("""
                select k.conrelid::regclass::text || '.' || a.attname
                from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                where k.contype = 'c' and cardinality(k.conkey) = 1 and pg_get_constraintdef(k.oid) like 'CHECK ((%% = ANY (ARRAY[%%'
                """.replace("%%", "%"));
        assertThat(Arrays.stream(CopiedTable.values())
                        .flatMap(table -> table.columns().stream()
                                .filter(column -> column.treatment().equals(new Treatment.Kept(Treatment.Type.CHOICE)))
                                .map(column -> table.table() + "." + column.name())))
                .isNotEmpty()
                .isSubsetOf(closed);
    }

    @Test
    void everythingEncryptedOrDigested_isMadeUpOrDropped() {
        for (CopiedTable table : CopiedTable.values()) {
            List<String> bytes = scene.rows(
                    "select attname from pg_attribute where attrelid = ?::regclass and atttypid = 'bytea'::regtype and not attisdropped",
                    table.table());
            assertThat(table.columns()).allSatisfy(column -> {
                if (bytes.contains(column.name())) {
                    assertThat(column.treatment())
                            .isInstanceOfAny(
                                    Treatment.Dropped.class,
                                    Treatment.MadeUp.class,
                                    Treatment.MadeUpLines.class,
                                    Treatment.ShiftedBirth.class);
                }
            });
        }
    }

    @Test
    void references_areReadBeforeWhatTheyReferTo() {
        assertThat(scene.rows("""
                        select distinct f.conrelid::regclass::text || ' ' || f.confrelid::regclass::text
                        from pg_constraint f
                        where f.contype = 'f' and f.conparentid = 0 and f.connamespace = 'public'::regnamespace""")).allSatisfy(reference -> {
            List<String> tables =
                    Arrays.stream(CopiedTable.values()).map(CopiedTable::table).toList();
            int from = tables.indexOf(reference.split(" ", -1)[0]);
            int to = tables.indexOf(reference.split(" ", -1)[1]);
            if (from >= 0) {
                assertThat(from).as(reference).isLessThan(to);
            }
        });
    }
}
