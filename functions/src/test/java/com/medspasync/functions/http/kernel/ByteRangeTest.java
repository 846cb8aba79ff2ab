package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=2-5,2,4",
        "bytes=7-,7,3",
        "bytes=8-99,8,2",
        "bytes=-4,6,4",
        "bytes=-99,0,10",
        "bytes=0-9,0,10",
        "Bytes=0-1,0,2",
        "bytes=8-99999999999999999999,8,2",
        "bytes=-99999999999999999999,0,10"
    })
    void range_withinTheFile_isAPart(String header, long from, long length) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(from, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=10-",
                "bytes=10-12",
                "bytes=-0",
                "bytes=9223372036854775807-",
                "bytes=99999999999999999999-"
            })
    void range_beyondTheFile_isUnsatisfiable(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b"})
    void range_thatMayBeIgnored_isTheWhole(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void range_ofAnEmptyFile_isUnsatisfiable() {
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
        assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.Whole());
    }
}
