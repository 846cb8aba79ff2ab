package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void read_parameters_becomeMarkersInOrder() {
        SqlText.Read read = SqlText.read("select :a, :b_2 from t where x=:a and y>(:Name)");

        assertThat(read.positional()).isEqualTo("select ?, ? from t where x=? and y>(?)");
        assertThat(read.names()).containsExactly("a", "b_2", "a", "Name");
    }

    @Test
    void read_castAfterParameter_keepsTheCast() {
        SqlText.Read read = SqlText.read("select :id::uuid, :ids::uuid[], x::text from t");

        assertThat(read.positional()).isEqualTo("select ?::uuid, ?::uuid[], x::text from t");
        assertThat(read.names()).containsExactly("id", "ids");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ':a'",
                "select 'it''s :a'",
                "select E'\\':a'",
                "select e'\\\\' || 'x'",
                "select '\\' || 'x'",
                "select \":a\" from t",
                "select \"x\"\":a\" from t",
                "select $$ :a ; $$",
                "select $tag$ :a $$ :b $tag$",
                "select 1 -- :a it's ;",
                "select /* :a /* :b */ ; ' :c */ 1",
                "select x::uuid",
                "select (x)::uuid",
                "select 'x'::text",
                "select a[1:2]",
                "select a[low:high]",
                "select a[f(1):2]",
                "select a[b[1]:2]",
                "select a[\"l\":2]",
                "select f(a := 1)",
                "select f(a:=b)",
                "select a$b$c from t",
                "select 5 - 3 / 2",
            })
    void read_colonThatIsNoParameter_staysAsItIs(String sql) {
        SqlText.Read read = SqlText.read(sql);

        assertThat(read.positional()).isEqualTo(sql);
        assertThat(read.names()).isEmpty();
    }

    @Test
    void read_parameterAsArrayIndex_isAParameter() {
        SqlText.Read read = SqlText.read("select a[:i], a[:i + 1 : :j], b[ : n]");

        assertThat(read.positional()).isEqualTo("select a[?], a[? + 1 : ?], b[ : n]");
        assertThat(read.names()).containsExactly("i", "i", "j");
    }

    @Test
    void read_parameterAfterQuotesAndComments_isFound() {
        SqlText.Read read = SqlText.read("select E'\\'', '\\', $$'$$, /* ' */ :a -- '\n, :b");

        assertThat(read.names()).containsExactly("a", "b");
    }

    @Test
    void read_parameterNextToOperators_isFound() {
        assertThat(SqlText.read("select 1+:a-:b*:c||:d").names()).containsExactly("a", "b", "c", "d");
        assertThat(SqlText.read("select f(x => :a,y := :b)").names()).containsExactly("a", "b");
    }

    @Test
    void read_questionMark_isDoubledForTheDriver() {
        assertThat(SqlText.read("select j ? 'k', j ?| :keys::text[], '?' from t")
                        .positional())
                .isEqualTo("select j ?? 'k', j ??| ?::text[], '?' from t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "select 1;",
                "select 1; select 2",
                "select 'open",
                "select E'open\\'",
                "select \"open",
                "select $$open",
                "select $tag$open$$",
                "select /* open /* */ 1",
            })
    void read_whatIsNotOneCompleteStatement_isRefused(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> SqlText.read(sql));
    }
}
