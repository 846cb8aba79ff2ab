package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTemplateTest {

    private static final String ID = "0190a3c4-0000-7000-8000-00000000000a";

    @Test
    void literal_matchesInAnyCase_andWithASlashAtTheEnd() {
        RouteTemplate route = RouteTemplate.parse("health/live");

        assertThat(route.match("Health/LIVE/")).hasValue(Map.of());
        assertThat(route.match("health")).isEmpty();
        assertThat(route.match("health/live/now")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, "0190a3c40000700080000000000000FF", "{" + ID + "}", "(" + ID + ")"})
    void guid_matchesEveryFormThatDotNetParses(String id) {
        assertThat(RouteTemplate.parse("clients/{id:guid}/restore").match("clients/" + id + "/restore"))
                .hasValue(Map.of("id", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0190a3c4-0000-7000-8000-0000000000", "0190a3c4-0000-7000-8000-00000000000g"})
    void guid_refusesWhatIsNone(String id) {
        assertThat(RouteTemplate.parse("clients/{id:guid}/restore").match("clients/" + id + "/restore"))
                .isEmpty();
    }

    @Test
    void optional_mayBeAbsent() {
        RouteTemplate route = RouteTemplate.parse("docs/{page?}");

        assertThat(route.match("docs")).hasValue(Map.of());
        assertThat(route.match("docs/index")).hasValue(Map.of("page", "index"));
        assertThat(route.match("docs/index/x")).isEmpty();
    }

    @Test
    void catchAll_takesEverything_orNothing() {
        RouteTemplate route = RouteTemplate.parse("{*path}");

        assertThat(route.match("")).hasValue(Map.of());
        assertThat(route.match("a//b/c")).hasValue(Map.of("path", "a//b/c"));
    }

    @Test
    void required_neverMatchesAnEmptySegment() {
        assertThat(RouteTemplate.parse("a/{b}/c").match("a//c")).isEmpty();
    }

    @Test
    void int_matchesThirtyTwoBits() {
        RouteTemplate route = RouteTemplate.parse("{n:int}");

        assertThat(route.match("2147483647")).isPresent();
        assertThat(route.match("2147483648")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/{b:regex(^x$)}", "a-{b}", "{*rest}/a", "{a?}/b", "{}", "a/{b"})
    void template_thatTheLocalHostCannotServe_isRefused(String text) {
        assertThatThrownBy(() -> RouteTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
