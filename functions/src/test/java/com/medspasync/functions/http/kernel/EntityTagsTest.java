package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void parse_ofOurTag_givesTheVersion() {
        assertThat(EntityTags.parse(" \"7\" ")).hasValue(new EntityTags(false, List.of("7"), List.of()));
        assertThat(EntityTags.version("7")).hasValue(7);
        assertThat(EntityTags.of(7)).isEqualTo("\"7\"");
    }

    @Test
    void parse_ofAList_keepsStrongAndWeakApart() {
        EntityTags tags = EntityTags.parse("\"7\", W/\"8\" ,,\"a,b\",\"\"").orElseThrow();

        assertThat(tags).isEqualTo(new EntityTags(false, List.of("7", "a,b", ""), List.of("8")));
        assertThat(tags.allow(7)).isTrue();
        assertThat(tags.allow(8)).as("If-Match compares strongly").isFalse();
        assertThat(tags.have("\"8\"")).as("If-None-Match compares weakly").isTrue();
        assertThat(tags.have("W/\"7\"")).isTrue();
        assertThat(tags.have("\"9\"")).isFalse();
    }

    @Test
    void parse_ofAStar_matchesEverything() {
        EntityTags tags = EntityTags.parse("*").orElseThrow();

        assertThat(tags.allow(1)).isTrue();
        assertThat(tags.have("\"1\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "07", "-1", "+1", "1.0", "2147483648", "9999999999", "٧", "seven"})
    void version_ofATagThatNoVersionHas_isNone(String opaque) {
        assertThat(EntityTags.version(opaque)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "7",
                "\"7",
                "7\"",
                "w/\"7\"",
                "W/7",
                "\"7\"\"8\"",
                "\"7\" \"8\"",
                "\"7 8\"",
                "*, \"7\"",
                "\"7\", *",
                "'7'",
                "\"a\tb\""
            })
    void parse_ofAMalformedHeader_isRefused(String header) {
        assertThat(EntityTags.parse(header)).isEmpty();
    }
}
