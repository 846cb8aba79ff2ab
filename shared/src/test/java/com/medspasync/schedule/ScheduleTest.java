package com.medspasync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.input.Faults;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hours as they are read, joined, written and laid over each other. When they are in a time zone is tested with availability. */
class ScheduleTest {

    @Test
    void range_read_hasMinutesSinceMidnight() {
        assertThat(TimeRange.read(fields("{\"from\":\"09:05\",\"to\":\"17:30\"}")))
                .isEqualTo(new Parsed.Valid<>(new TimeRange(9 * 60 + 5, 17 * 60 + 30)));
        assertThat(TimeRange.read(fields("{\"from\":\"00:00\",\"to\":\"24:00\"}")))
                .isEqualTo(new Parsed.Valid<>(new TimeRange(0, 1440)));
        assertThat(new TimeRange(0, 1440))
                .extracting(TimeRange::fromText, TimeRange::toText)
                .containsExactly("00:00", "24:00");
    }

    @Test
    void range_wrong_namesWhatIsWrong() {
        assertThat(range("{\"from\":\"10:00\",\"to\":\"10:00\"}")).containsExactly("/to range");
        assertThat(range("{\"from\":\"10:00\",\"to\":\"09:59\"}")).containsExactly("/to range");
        assertThat(range("{\"from\":\"24:00\",\"to\":\"24:00\"}")).containsExactly("/to range");
        assertThat(range("{}")).containsExactlyInAnyOrder("/from required", "/to required");
        assertThat(range("{\"from\":\"9:00\",\"to\":\"25:00\",\"x\":1}"))
                .containsExactlyInAnyOrder("/from format", "/to format", "/x unknown");
        assertThat(range("{\"from\":\"09:60\",\"to\":\"24:01\"}"))
                .containsExactlyInAnyOrder("/from format", "/to format");
        assertThat(range("{\"from\":9,\"to\":null}")).containsExactlyInAnyOrder("/from type", "/to required");
    }

    @Test
    void range_thatIsNoPartOfADay_cannotBeMade() {
        for (int[] bad : new int[][] {{-1, 10}, {10, 10}, {11, 10}, {0, 1441}}) {
            assertThatThrownBy(() -> new TimeRange(bad[0], bad[1])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void day_partsInAnyOrder_areSortedAndJoinedWhereTheyTouch() {
        assertThat(DayHours.of(List.of(new TimeRange(800, 900), new TimeRange(540, 720), new TimeRange(720, 780))))
                .isEqualTo(new Parsed.Valid<>(day(540, 780, 800, 900)));
        assertThat(DayHours.of(List.of())).isEqualTo(new Parsed.Valid<>(DayHours.NONE));
    }

    @Test
    void day_partsThatOverlap_areRefused() {
        assertThat(Faults.of(DayHours.of(List.of(new TimeRange(540, 720), new TimeRange(719, 800)))))
                .containsExactly(" overlap");
        assertThat(Faults.of(DayHours.of(List.of(new TimeRange(540, 720), new TimeRange(600, 660)))))
                .containsExactly(" overlap");
        assertThatThrownBy(() -> new DayHours(List.of(new TimeRange(0, 10), new TimeRange(10, 20))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DayHours(List.of(new TimeRange(10, 20), new TimeRange(0, 5))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void day_ofMorePartsThanAllowed_isRefused() {
        assertThat(Faults.of(WeekHours::read, "{\"monday\":" + parts(DayHours.MOST_PARTS) + "}"))
                .isEmpty();
        assertThat(Faults.of(WeekHours::read, "{\"monday\":" + parts(DayHours.MOST_PARTS + 1) + "}"))
                .containsExactly("/monday type");
    }

    @Test
    void week_read_leavesDaysOffOut() {
        WeekHours week = week(
                "{\"friday\":[{\"from\":\"13:00\",\"to\":\"24:00\"},{\"from\":\"09:00\",\"to\":\"12:00\"}],\"sunday\":[],\"monday\":null}");
        assertThat(week.days().keySet()).containsExactly(DayOfWeek.FRIDAY);
        assertThat(week.on(DayOfWeek.FRIDAY)).isEqualTo(day(540, 720, 780, 1440));
        assertThat(week.on(DayOfWeek.SUNDAY)).isEqualTo(DayHours.NONE);
        assertThat(Json.write(week.json()))
                .satisfies(
                        json -> assertThat(tree(json))
                                .isEqualTo(
                                        tree(
                                                "{\"friday\":[{\"from\":\"09:00\",\"to\":\"12:00\"},{\"from\":\"13:00\",\"to\":\"24:00\"}]}")));
    }

    @Test
    void week_wrongOnSeveralDays_namesThemAll() {
        assertThat(Faults.of(WeekHours::read, """
                        {"monday":[{"from":"09:00","to":"12:00"},{"from":"11:00","to":"13:00"}],
                         "tuesday":[{"from":"09:00","to":"08:00"}],
                         "wednesday":"closed","thursday":[1],"someday":[]}"""))
                .containsExactlyInAnyOrder(
                        "/monday overlap",
                        "/tuesday/0/to range",
                        "/wednesday type",
                        "/thursday/0 type",
                        "/someday unknown");
    }

    @Test
    void week_writtenAndReadAgain_isTheSame() {
        for (String json : List.of(
                "{}",
                "{\"monday\":[{\"from\":\"00:00\",\"to\":\"24:00\"}]}",
                "{\"tuesday\":[{\"from\":\"09:00\",\"to\":\"12:15\"},{\"from\":\"12:45\",\"to\":\"17:30\"}],\"sunday\":[{\"from\":\"23:59\",\"to\":\"24:00\"}]}")) {
            WeekHours week = week(json);
            assertThat(WeekHours.of(tree(Json.write(week.json())))).isEqualTo(week);
            assertThat(week(Json.write(week.json()))).isEqualTo(week);
        }
    }

    @Test
    void week_withAnEmptyDay_equalsOneWithoutIt() {
        assertThat(new WeekHours(Map.of(DayOfWeek.MONDAY, DayHours.NONE))).isEqualTo(new WeekHours(Map.of()));
    }

    private static String parts(int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"from\":\"%1$02d:00\",\"to\":\"%1$02d:30\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static DayHours day(int... bounds) {
        return new DayHours(Stream.iterate(0, i -> i < bounds.length, i -> i + 2)
                .map(i -> new TimeRange(bounds[i], bounds[i + 1]))
                .toList());
    }

    private static WeekHours week(String json) {
        return switch (WeekHours.read(fields(json))) {
            case Parsed.Valid<WeekHours>(WeekHours week) -> week;
            case Parsed.Invalid<WeekHours>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    private static List<String> range(String json) {
        return Faults.of(TimeRange::read, json);
    }

    private static JsonNode tree(String json) {
        return switch (Json.read(json)) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> object;
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    private static Fields fields(String json) {
        return Fields.of((ObjectNode) tree(json));
    }
}
