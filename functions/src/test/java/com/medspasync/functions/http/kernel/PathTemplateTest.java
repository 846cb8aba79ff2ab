package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private final PathTemplate template = new PathTemplate("clients/{id:guid}/history/{entry}");

    @Test
    void find_underAnyPrefix_countsFromTheEnd() {
        assertThat(template.find("id", "/api/clients/A/history/B")).hasValue("A");
        assertThat(template.find("entry", "/api/v2/x/clients/A/history/B/")).hasValue("B");
        assertThat(template.find("id", "clients/A/history/B")).hasValue("A");
    }

    @Test
    void find_inAShorterPath_findsNothing() {
        assertThat(template.find("id", "/history/B")).isEmpty();
        assertThat(template.find("id", "")).isEmpty();
    }

    @Test
    void find_ofAParameterThatTheRouteHasNot_isAFaultOfTheCode() {
        assertThatThrownBy(() -> template.find("other", "/x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void uuid_inEitherCase_isRead() {
        UUID id = UUID.fromString("0190c6a1-aaaa-7000-8000-000000000001");
        assertThat(PathTemplate.uuid("0190C6A1-AAAA-7000-8000-000000000001")).hasValue(id);
        assertThat(PathTemplate.uuid("0190c6a1-aaaa-7000-8000-000000000001")).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1-1-1-1-1",
                "0190c6a1aaaa70008000000000000001",
                "{0190c6a1-aaaa-7000-8000-000000000001}",
                "0190c6a1-aaaa-7000-8000-00000000000g",
                "0190c6a1-aaaa-70008000-0000000000010",
                "0000000190c6a1-aaaa-7000-8000-00000a"
            })
    void uuid_inAnyOtherSpelling_isNone(String text) {
        assertThat(PathTemplate.uuid(text)).isEmpty();
    }
}
