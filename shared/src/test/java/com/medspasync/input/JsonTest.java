package com.medspasync.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void read_ofAnObject_givesItsFields() {
        ObjectNode object = accepted("{\"name\":\"Zo\\u00eb 💆\",\"n\":1.10,\"list\":[true,null]}");

        assertThat(object.get("name").textValue()).isEqualTo("Zoë 💆");
        assertThat(object.get("n").decimalValue()).isEqualByComparingTo("1.10");
        assertThat(object.get("list")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "{\"a\":1} {}",
                "{\"a\":1}]",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1 /* no */}",
                "{\"a\":\"line\nbreak\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":",
                "\uFEFF{}",
            })
    void read_ofMalformedJson_isRefusedWithoutQuotingIt(String body) {
        assertThat(refused(body)).extracting(Violation::field, Violation::code).containsExactly(tuple("", "malformed"));
        assertThat(refused(body).getFirst().message()).doesNotContain("\"a\"", "NaN");
    }

    @Test
    void read_ofMalformedJson_tellsThePlace() {
        assertThat(refused("{\n  \"ssn\": 219-09}").getFirst().message())
                .isEqualTo("is not valid JSON (line 2, column 13)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "1", "\"text\"", "[]", "true"})
    void read_ofAnythingButAnObject_isRefused(String body) {
        assertThat(refused(body)).extracting(Violation::code).containsExactly("type");
    }

    @Test
    void read_atTheDepthLimit_isAcceptedAndOnePastItRefused() {
        assertThat(accepted("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).hasSize(1);
        assertThat(refused("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"))
                .extracting(Violation::code)
                .containsExactly("too-complex");
    }

    @Test
    void read_ofATooLongNumberOrName_isRefused() {
        assertThat(refused("{\"a\":" + "1".repeat(41) + "}"))
                .extracting(Violation::code)
                .containsExactly("too-complex");
        assertThat(refused("{\"" + "n".repeat(70_000) + "\":1}"))
                .extracting(Violation::code)
                .containsExactly("too-complex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e-2147483648", "0e-2147483648", "-1.5E+2147483660"})
    void read_ofAnExponentBeyondAllNumbers_isRefused(String number) {
        assertThat(refused("{\"a\":" + number + "}"))
                .extracting(Violation::code)
                .containsExactly("too-complex");
    }

    @Test
    void read_ofAHugeExponent_costsNothing() {
        assertThat(accepted("{\"a\":1e999999999}").get("a").canConvertToInt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00", "\\ud800x", "\uFFFD", "\\ufffd", "\uD800", "\uDC00\uD800"})
    void read_ofWhatIsNotText_isRefusedWhereItStands(String bad) {
        assertThat(refused("{\"a\":{\"b c\":[1,\"x" + bad + "\"]},\"d\":\"" + bad + "\"}"))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/a/1", "bad-text"), tuple("/d", "bad-text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\uFFFD", "\uD800"})
    void read_ofANameThatIsNotText_isRefusedWithoutTheName(String bad) {
        assertThat(refused("{\"a\":{\"" + bad + "\":1}}"))
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("/a", "bad-text"));
    }

    @Test
    void write_ofARecord_leavesNullsOutAndWritesTimesAsText() {
        record Visit(String name, @Nullable String notes, Instant at, LocalDate day) {}

        assertThat(Json.write(new Visit("Zoë", null, Instant.EPOCH, LocalDate.EPOCH)))
                .isEqualTo("{\"name\":\"Zoë\",\"at\":\"1970-01-01T00:00:00Z\",\"day\":\"1970-01-01\"}");
    }

    @Test
    void write_ofWhatCannotBeWritten_failsWithoutTheValue() {
        record Loop(String secret, Object other) {}

        assertThatThrownBy(() -> Json.write(new Loop("219-09-9999", new Object())))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageNotContaining("219");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static ObjectNode accepted(String body) {
        return switch (Json.read(body)) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> object;
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations);
        };
    }

    private static List<Violation> refused(String body) {
        return Json.read(body) instanceof Parsed.Invalid<ObjectNode>(var violations) ? violations : List.of();
    }
}
