package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NcrontabTest {

    /** A Wednesday. */
    private static final LocalDateTime FROM = LocalDateTime.parse("2026-01-07T10:20:30.5");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * * *            | 2026-01-07T10:20:31
            */15 * * * * *         | 2026-01-07T10:20:45
            0 */5 * * * *          | 2026-01-07T10:25:00
            0 0 2 * * *            | 2026-01-08T02:00:00
            0 0 10 * * *           | 2026-01-08T10:00:00
            0 30 9-17/2 * * *      | 2026-01-07T11:30:00
            0 0 0 1 * *            | 2026-02-01T00:00:00
            0 0 0 1 jan,Jul *      | 2026-07-01T00:00:00
            0 0 12 * * mon-fri     | 2026-01-07T12:00:00
            0 0 9 * * Monday       | 2026-01-12T09:00:00
            0 0 0 * * 0            | 2026-01-11T00:00:00
            0 0 0 29 2 *           | 2028-02-29T00:00:00
            30 20 10 7 1 *         | 2027-01-07T10:20:30
            5,35 20/20 * * * *     | 2026-01-07T10:20:35
            """)
    void next_isTheFirstMomentAfter(String schedule, LocalDateTime expected) {
        assertThat(Ncrontab.parse(schedule).after(FROM)).hasValue(expected);
    }

    @Test
    void dayAndWeekday_mustBothFit() {
        // Cron would take either one: the 8th, or the next Friday.
        assertThat(Ncrontab.parse("0 0 0 13 * fri").after(FROM)).hasValue(LocalDateTime.parse("2026-02-13T00:00:00"));
    }

    @Test
    void day_thatNoYearHas_neverComes() {
        assertThat(Ncrontab.parse("0 0 0 30 2 *").after(FROM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "00:05:00",
                "60 * * * * *",
                "* * 24 * * *",
                "* * * 0 * *",
                "* * * * 13 *",
                "* * * * * 7",
                "5-1 * * * * *",
                "*/0 * * * * *",
                "1-2-3 * * * * *",
                "a * * * * *",
                ", * * * * *"
            })
    void schedule_thatIsNone_isRefused(String schedule) {
        assertThatThrownBy(() -> Ncrontab.parse(schedule)).isInstanceOf(IllegalArgumentException.class);
    }
}
