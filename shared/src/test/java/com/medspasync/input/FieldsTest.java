package com.medspasync.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    enum Status {
        ACTIVE,
        VIP
    }

    record Home(String city, @Nullable String line) {
        static Parsed<Home> read(Fields in) {
            Given<String> city = in.text("city", 5).required();
            String line = in.text("line", 5).optional();
            return in.finish(() -> new Home(city.value(), line));
        }
    }

    record Person(
            String name,
            Status status,
            @Nullable LocalDate born,
            @Nullable Home home) {
        static Parsed<Person> read(Fields in) {
            Given<String> name = in.text("name", 5).required();
            Status status = in.choice("status", Status.class).or(Status.ACTIVE);
            LocalDate born = in.date("born")
                    .check(day -> day.isBefore(LocalDate.of(2026, 1, 1)), "future", "must lie in the past")
                    .optional();
            Home home = in.object("home", Home::read).optional();
            return in.finish(() -> new Person(name.value(), status, born, home));
        }
    }

    record Patch(Change<String> name, Change<Status> status, Change<Home> home) {
        static Parsed<Patch> read(Fields in) {
            Change<String> name = in.text("name", 5).changeOnly();
            Change<Status> status = in.choice("status", Status.class).change();
            Change<Home> home = in.object("home", Home::read).change();
            return in.finish(() -> new Patch(name, status, home));
        }
    }

    @Test
    void finish_ofRightInput_givesTheValue() {
        assertThat(accepted(
                        "{\"name\":\" Zoë \",\"born\":\"1984-02-29\",\"home\":{\"city\":\"Paris\",\"line\":null}}",
                        Person::read))
                .isEqualTo(new Person("Zoë", Status.ACTIVE, LocalDate.of(1984, 2, 29), new Home("Paris", null)));
    }

    @Test
    void finish_ofSeveralFaults_namesThemAllByPointer() {
        assertThat(refused(
                        "{\"status\":\"vip\",\"born\":\"2026-02-30\",\"home\":{\"city\":7,\"x\":1},\"$a.b_c-1\":1}",
                        Person::read))
                .extracting(Violation::field, Violation::code)
                .containsExactly(
                        tuple("/name", "required"),
                        tuple("/status", "choice"),
                        tuple("/born", "format"),
                        tuple("/home/city", "type"),
                        tuple("/home/x", "unknown"),
                        tuple("/$a.b_c-1", "unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jane Doe", "jane@example.com", "<b>", "a/b", "a~b", "é", "", "+12125550123"})
    void finish_ofAFieldWhoseNameIsNoProgramsName_tellsOnlyThatThereWasOne(String name) {
        List<Violation> violations = refused(
                "{\"name\":\"A\",\"" + name + "\":1,\"" + name + "!\":2,\"home\":{\"city\":\"B\",\"" + name + "\":3}}",
                Person::read);
        assertThat(violations)
                .containsExactlyInAnyOrder(
                        new Violation("", "unknown", "has an unknown field"),
                        new Violation("/home", "unknown", "has an unknown field"));
        Parsed<String> query = Fields.ofParameters(Map.of(name, "1")).finish(() -> "");
        assertThat(query).isEqualTo(Parsed.invalid("unknown", "has an unknown parameter"));
    }

    @Test
    void finish_ofAnyFault_neverRepeatsTheValue() {
        assertThat(refused(
                        "{\"name\":\"secret\",\"born\":\"secret\",\"status\":\"secret\",\"home\":\"secret\"}",
                        Person::read))
                .hasSize(4)
                .allSatisfy(violation -> assertThat(violation.message()).doesNotContain("secret"));
    }

    @Test
    void check_thatDoesNotHold_reportsItsOwnCode() {
        assertThat(refused("{\"name\":\"A\",\"born\":\"2026-01-01\"}", Person::read))
                .containsExactly(new Violation("/born", "future", "must lie in the past"));
    }

    @Test
    void change_ofAbsentNullAndGiven_keepsClearsAndSets() {
        assertThat(accepted("{}", Patch::read))
                .isEqualTo(new Patch(new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>()));
        assertThat(accepted("{\"name\":\"B\",\"status\":null,\"home\":{\"city\":\"Rome\"}}", Patch::read))
                .isEqualTo(new Patch(
                        new Change.Set<>("B"), new Change.Clear<>(), new Change.Set<>(new Home("Rome", null))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        []                              |
        ["VIP"]                         |
        ["VIP","ACTIVE"]                |
        ["VIP","vip"]                   | /f/1 choice
        ["VIP",7]                       | /f/1 choice
        ["VIP","VIP"]                   | /f/1 repeated
        [[],null]                       | /f/0 choice, /f/1 choice
        ["A","B","C","D","E","F","G"]   | /f type
        "VIP"                           | /f type
        {"0":"VIP"}                     | /f type
        """)
    void choices_areConstantsOnceEach(String json, @Nullable String faults) {
        assertThat(String.join(
                        ", ",
                        Faults.of(
                                in -> {
                                    Set<Status> chosen =
                                            in.choices("f", Status.class).or(Set.of());
                                    return in.finish(() -> chosen);
                                },
                                "{\"f\":" + json + "}")))
                .isEqualTo(faults == null ? "" : faults);
    }

    @Test
    void changeOnly_ofNull_isRefused() {
        assertThat(refused("{\"name\":null,\"home\":{\"city\":null}}", Patch::read))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/name", "required"), tuple("/home/city", "required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\nb\"", "\"a\\tb\"", "\"a\\u0085b\"", "\"a\\u2028b\"", "\"a\\u001bb\""})
    void text_withALineBreakOrControlCharacter_isRefused(String json) {
        assertThat(codes(json, in -> in.text("f", 10))).containsExactly("control-character");
    }

    @ParameterizedTest
    @CsvSource({"'\"\"',blank", "'\"  \"',blank", "'\"1234567\"',too-long", "7,type", "true,type", "[],type", "{},type"
    })
    void text_ofTheWrongShape_isRefused(String json, String code) {
        assertThat(codes(json, in -> in.text("f", 6))).containsExactly(code);
    }

    @Test
    void text_lengthIsCountedInCodePointsAfterNormalisation() {
        assertThat((Object) value("\"💆💆\"", in -> in.text("f", 2))).isEqualTo("💆💆");
        assertThat((Object) value("\"e\\u0301\"", in -> in.text("f", 1))).isEqualTo("é");
    }

    @Test
    void lines_keepTabsAndMakeEveryLineBreakOneKind() {
        assertThat((Object) value("\"a\\r\\nb\\rc\\n\\td\\n\"", in -> in.lines("f", 20)))
                .isEqualTo("a\nb\nc\n\td");
        assertThat(codes("\"a\\u0007\"", in -> in.lines("f", 20))).containsExactly("control-character");
    }

    @Test
    void secret_isLeftExactlyAsSent() {
        assertThat((Object) value("\" e\\u0301\\t\"", in -> in.secret("f", 20))).isEqualTo(" e\u0301\t");
    }

    @ParameterizedTest
    @CsvSource({"1.0,type", "'\"1\"',type", "99999999999,type", "0,range", "201,range", "1e2,type"})
    void integer_thatIsNone_isRefused(String json, String code) {
        assertThat(codes(json, in -> in.integer("f", 1, 200))).containsExactly(code);
    }

    @Test
    void integer_atItsBounds_isAccepted() {
        assertThat((Object) value("1", in -> in.integer("f", 1, 200))).isEqualTo(1);
        assertThat((Object) value("200", in -> in.integer("f", 1, 200))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-02-29\"",
                "\"2026-2-01\"",
                "\"+12026-01-01\"",
                "\"20260101\"",
                "20260101",
                "\"2026-01-01T\""
            })
    void date_thatIsNone_isRefused(String json) {
        assertThat(codes(json, in -> in.date("f"))).containsExactly("format");
    }

    @Test
    void uuid_inItsCanonicalLength_isAcceptedAndOtherwiseRefused() {
        assertThat((Object) value("\"0190C6A1-7d2e-7b3a-9c4d-5e6f708192a1\"", in -> in.uuid("f")))
                .isEqualTo(UUID.fromString("0190c6a1-7d2e-7b3a-9c4d-5e6f708192a1"));
        for (String json : List.of("\"1-2-3-4-5\"", "\"p\"", "\"\"", "7")) {
            assertThat(codes(json, in -> in.uuid("f"))).as(json).containsExactly("format");
        }
    }

    @Test
    void instant_withAnOffset_isAcceptedAndWithoutRefused() {
        assertThat((Object) value("\"2026-01-31T09:30:00.5+02:00\"", in -> in.instant("f")))
                .isEqualTo(Instant.parse("2026-01-31T07:30:00.5Z"));
        assertThat(codes("\"2026-01-31T09:30:00\"", in -> in.instant("f"))).containsExactly("format");
        assertThat(codes("\"2026-01-31\"", in -> in.instant("f"))).containsExactly("format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "-5000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-18:00",
                "9999-12-31T23:59:59.9999991Z"
            })
    void instant_thatInUtcIsOutsideTheYears1To9999_isRefused(String text) {
        assertThat(codes("\"" + text + "\"", in -> in.instant("f"))).containsExactly("range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "0000-12-31T23:00:00-01:00",
                "+10000-01-01T00:59:59.999999+01:00",
                "9999-12-31T23:59:59.999999Z"
            })
    void instant_atTheEdgesOfThoseYears_isAccepted(String text) {
        assertThat((Object) value("\"" + text + "\"", in -> in.instant("f"))).isNotNull();
    }

    @Test
    void date_ofTheYear0_isRefused() {
        assertThat(codes("\"0000-12-31\"", in -> in.date("f"))).containsExactly("range");
        assertThat((Object) value("\"0001-01-01\"", in -> in.date("f"))).isEqualTo(LocalDate.of(1, 1, 1));
        assertThat((Object) value("\"9999-12-31\"", in -> in.date("f"))).isEqualTo(LocalDate.of(9999, 12, 31));
    }

    @Test
    void ofParameters_readsNumbersAndFlagsFromTextAndNamesParametersAsTheyAre() {
        Fields in = Fields.ofParameters(Map.of("top", "50", "all", "true"));
        assertThat(in.integer("top", 1, 200).optional()).isEqualTo(50);
        assertThat(in.flag("all").optional()).isTrue();

        Fields bad = Fields.ofParameters(Map.of("top", "5x", "$skip", "1"));
        Integer top = bad.integer("top", 1, 200).optional();
        assertThat(top).isNull();
        assertThat(((Parsed.Invalid<String>) bad.finish(() -> "")).violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("top", "type"), tuple("$skip", "unknown"));
    }

    @Test
    void finish_ofAHostileBody_listsABoundedNumberOfBoundedNames() {
        StringBuilder body = new StringBuilder("{\"name\":\"A\"");
        for (int i = 0; i < 1000; i++) {
            body.append(",\"").append("n".repeat(60)).append(i).append("\":1");
            body.append(",\"").append("n".repeat(65)).append(i).append("\":1");
        }
        assertThat(refused(body + "}", Person::read))
                .hasSize(Fields.MAX_VIOLATIONS)
                .allSatisfy(violation -> assertThat(violation.field()).hasSizeBetween(62, 64));
    }

    @Test
    void reject_acrossFields_isReportedWithTheRest() {
        assertThat(refused("{}", in -> {
                    in.reject("", "one-of", "needs one of name and phone");
                    return in.finish(() -> "");
                }))
                .containsExactly(new Violation("", "one-of", "needs one of name and phone"));
    }

    @Test
    void finish_withAFieldNamedButNeverRead_isAFaultOfTheCode() {
        Fields in = Fields.ofParameters(Map.of());
        Value<String> forgotten = in.text("name", 5);
        assertThatThrownBy(() -> in.finish(() -> forgotten)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> in.text("name", 5)).isInstanceOf(IllegalStateException.class);
    }

    private static <T> T value(String json, Function<Fields, Value<T>> field) {
        return accepted("{\"f\":" + json + "}", in -> {
            Given<T> given = field.apply(in).required();
            return in.finish(given::value);
        });
    }

    private static <T> List<String> codes(String json, Function<Fields, Value<T>> field) {
        return refused("{\"f\":" + json + "}", in -> {
                    Given<T> given = field.apply(in).required();
                    return in.finish(given::value);
                })
                .stream()
                .map(Violation::code)
                .toList();
    }

    private static <T> T accepted(String json, Function<Fields, Parsed<T>> reader) {
        return switch (reader.apply(Fields.of(object(json)))) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var violations) -> throw new AssertionError(violations);
        };
    }

    private static <T> List<Violation> refused(String json, Function<Fields, Parsed<T>> reader) {
        return reader.apply(Fields.of(object(json))) instanceof Parsed.Invalid<T>(var violations)
                ? violations
                : List.of();
    }

    private static ObjectNode object(String json) {
        return ((Parsed.Valid<ObjectNode>) Json.read(json)).value();
    }
}
