package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PurposeOfUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of value, often enough on one connection that the driver has prepared the statement and split it if it ever will. */
class BindingTest {

    private static final int RUNS = 12;

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.empty();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final PracticeDatabase APP =
            DATABASE.open(WIRE.settings(EmbeddedDatabase.APP).withPoolSize(1));

    @BeforeAll
    static void connect() {
        APP.ping();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    /** A type as it is bound, cast and read back, with values that do not look alike. */
    record Kind<T>(
            String name,
            String cast,
            BiFunction<Query, @Nullable T, Query> bind,
            BiFunction<Row, String, @Nullable T> read,
            List<T> values) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind<?>> kinds() {
        UUID first = UUID.randomUUID();
        return Stream.of(
                new Kind<>(
                        "text",
                        "",
                        (q, v) -> q.text("v", v),
                        Row::textOrNull,
                        List.of("", "it's", "\\ \" ? :x $1 ü𝄞")),
                new Kind<>("text, cast", "::text", (q, v) -> q.text("v", v), Row::textOrNull, List.of("a", "b")),
                new Kind<>("uuid", "::uuid", (q, v) -> q.uuid("v", v), Row::uuidOrNull, List.of(first, new UUID(0, 0))),
                new Kind<>(
                        "integer",
                        "",
                        (q, v) -> q.integer("v", v),
                        Row::integerOrNull,
                        List.of(0, -1, Integer.MIN_VALUE)),
                new Kind<>("integer, cast", "::int", (q, v) -> q.integer("v", v), Row::integerOrNull, List.of(7, 8)),
                new Kind<>("bigint", "", (q, v) -> q.bigint("v", v), Row::bigintOrNull, List.of(0L, Long.MAX_VALUE)),
                new Kind<>("bool", "", (q, v) -> q.bool("v", v), Row::boolOrNull, List.of(true, false)),
                new Kind<>(
                        "instant",
                        "::timestamptz",
                        (q, v) -> q.instant("v", v),
                        Row::instantOrNull,
                        List.of(
                                Instant.parse("2026-03-29T01:30:00.123456Z"),
                                Instant.parse("0001-01-01T00:00:00Z"),
                                Instant.parse("9999-12-31T23:59:59.999999Z"))),
                new Kind<>(
                        "date",
                        "::date",
                        (q, v) -> q.date("v", v),
                        Row::dateOrNull,
                        List.of(
                                LocalDate.parse("1900-02-28"),
                                LocalDate.parse("0001-01-01"),
                                LocalDate.parse("9999-12-31"))),
                new Kind<>(
                        "numeric",
                        "::numeric",
                        (q, v) -> q.numeric("v", v),
                        Row::numericOrNull,
                        List.of(
                                new BigDecimal("12.340"),
                                new BigDecimal("-0.000001"),
                                new BigDecimal("12345678901234567890"))),
                new Kind<>(
                        "json",
                        "::jsonb",
                        (q, v) -> q.json("v", v),
                        Row::jsonOrNull,
                        List.of("{\"a\": [1, null]}", "\"x\"")),
                new Kind<List<String>>(
                        "texts",
                        "::text[]",
                        (q, v) -> q.texts("v", v),
                        Row::textsOrNull,
                        List.of(List.of(), List.of("a", ""), List.of("NULL", "null", "{\"x\",\\}", " b ", "ü,'"))),
                new Kind<List<UUID>>(
                        "uuids",
                        "::uuid[]",
                        (q, v) -> q.uuids("v", v),
                        Row::uuidsOrNull,
                        List.of(List.of(), List.of(first, UUID.randomUUID()))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void one_valuesAndNullsInTurn_returnAsTheyWentInOneTripEach(Kind<T> kind) {
        Sql sql = Sql.of("select :v" + kind.cast() + " as v, 5 as five");

        for (int run = 0; run < RUNS; run++) {
            T value = run % 2 == 0 ? kind.values().get(run / 2 % kind.values().size()) : null;
            Query query = kind.bind().apply(sql.bind(), value);
            @Nullable Object[] read = new @Nullable Object[1];
            WireCounter.Trips trips = WIRE.during(() -> APP.one(Examples.GLOW, query, row -> {
                read[0] = kind.read().apply(row, "v");
                return row.integer("five");
            }));
            assertThat(read[0]).as("run %d", run).isEqualTo(value);
            assertThat(trips).as("run %d", run).isEqualTo(new WireCounter.Trips(1, 1));
        }
    }

    @Test
    void one_bytesAndNullsInTurn_returnAsTheyWentInOneTripEach() {
        Sql sql = Sql.of("select :v as v, length(:v) as length");
        byte[][] values = {new byte[0], {0, -1, 127, '\\', '\''}, new byte[100_000]};

        for (int run = 0; run < RUNS; run++) {
            byte[] value = run % 2 == 0 ? values[run / 2 % values.length] : null;
            Query query = sql.bind().bytes("v", value);
            WireCounter.Trips trips = WIRE.during(() -> {
                boolean same = APP.one(
                        Examples.GLOW,
                        query,
                        row -> Arrays.equals(row.bytesOrNull("v"), value)
                                && Objects.equals(row.integerOrNull("length"), value == null ? null : value.length));
                assertThat(same).isTrue();
            });
            assertThat(trips.requests()).isEqualTo(1);
        }
    }

    @Test
    void one_bytesList_arrivesElementByElement() {
        Sql sql = Sql.of("select array_length(:v::bytea[], 1) as count, (:v::bytea[])[2] as second");

        for (int run = 0; run < RUNS; run++) {
            List<byte[]> value = run % 2 == 0 ? List.of(new byte[0], new byte[] {1, -2, '"', '\\'}) : null;
            Integer count = APP.first(Examples.GLOW, sql.bind().bytesList("v", value), row -> {
                        assertThat(row.bytesOrNull("second")).isEqualTo(value == null ? null : value.get(1));
                        return Objects.requireNonNullElse(row.integerOrNull("count"), 0);
                    })
                    .orElseThrow();
            assertThat(count).isEqualTo(value == null ? 0 : 2);
        }
    }

    @Test
    void one_integers_arriveElementByElement() {
        Sql sql = Sql.of("select array_to_string(:v::int[], '|') as v");

        for (int run = 0; run < RUNS; run++) {
            List<Integer> value = run % 3 == 0 ? List.of(1, -2, Integer.MAX_VALUE) : run % 3 == 1 ? List.of() : null;
            String read = APP.one(
                    Examples.GLOW,
                    sql.bind().integers("v", value),
                    row -> Objects.requireNonNullElse(row.textOrNull("v"), "null"));
            assertThat(read).isEqualTo(value == null ? "null" : value.isEmpty() ? "" : "1|-2|2147483647");
        }
    }

    @Test
    void one_nameUsedTwiceAndReservedNames_areFilledIn() {
        Sql sql = Sql.of("""
                select :a || :b || :a as text, :practice::uuid as practice, :user::uuid as nobody, :address as address,
                    :agent as agent, :request::uuid as request, :purpose as purpose,
                    current_setting('app.current_user_id') as user_setting,
                    current_setting('app.client_address') as address_setting,
                    current_setting('app.user_agent') as agent_setting,
                    current_setting('app.request_id') as request_setting""");

        for (int run = 0; run < RUNS; run++) {
            PurposeOfUse purpose = run % 2 == 0 ? null : PurposeOfUse.LEGAL;
            Caller caller = purpose == null ? Examples.GLOW : Examples.GLOW.withPurpose(purpose);
            APP.one(caller, sql.bind().text("b", "-").text("a", "x"), row -> {
                assertThat(row.text("text")).isEqualTo("x-x");
                assertThat(row.textOrNull("purpose")).isEqualTo(purpose == null ? null : "LEGAL");
                assertThat(row.uuid("practice"))
                        .isEqualTo(Examples.GLOW.practice().value());
                assertThat(row.uuidOrNull("nobody")).isNull();
                assertThat(row.text("user_setting")).isEmpty();
                assertThat(row.text("address"))
                        .isEqualTo(row.text("address_setting"))
                        .isEqualTo("203.0.113.9");
                assertThat(row.text("agent"))
                        .isEqualTo(row.text("agent_setting"))
                        .isEqualTo("curl/8");
                assertThat(row.uuid("request")).isEqualTo(Examples.GLOW.origin().requestId());
                assertThat(row.text("request_setting"))
                        .isEqualTo(row.uuid("request").toString());
                return true;
            });
        }
    }

    @Test
    void bind_unknownTwiceOrMissingName_isRefusedWithoutTheValue() {
        Sql sql = Sql.of("select :a, :b");

        assertThatIllegalStateException()
                .isThrownBy(() -> sql.bind().text("c", "secret"))
                .withMessageContaining(":c")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> sql.bind().text("a", null).text("a", "secret"))
                .withMessageContaining("twice")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> APP.first(Examples.GLOW, sql.bind().text("a", "secret"), Row::toString))
                .withMessageContaining(":b is not bound")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> Sql.of("select :practice").bind().text("practice", "x"));
    }

    @Test
    void bind_timesThatPostgresCannotRead_areRefused() {
        Sql sql = Sql.of("select :v");

        assertThatIllegalArgumentException().isThrownBy(() -> sql.bind().instant("v", Instant.MAX));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sql.bind().instant("v", Instant.parse("0000-12-31T23:59:59Z")));
        assertThatIllegalArgumentException().isThrownBy(() -> sql.bind().date("v", LocalDate.of(10_000, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> sql.bind().date("v", LocalDate.of(0, 1, 1)));
    }
}
