package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json; profile=x ; charset=utf-8; q=1",
                "application/json; odata.metadata=minimal"
            })
    void of_jsonInUtf8_isJson(String header) {
        assertThat(MediaType.of(header)).isEqualTo(MediaType.JSON);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @CsvSource({
        "application/json; charset=utf-16",
        "application/json;charset=utf-8x",
        "application/json;charset=iso-8859-1"
    })
    void of_anotherCharsetOrNothing_isNone(String header) {
        assertThat(MediaType.of(header)).isEmpty();
    }
}
