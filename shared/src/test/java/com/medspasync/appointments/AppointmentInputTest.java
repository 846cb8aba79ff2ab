package com.medspasync.appointments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.input.Change;
import com.medspasync.input.Faults;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the bodies that book and change appointments. */
class AppointmentInputTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final String CLIENT = "0190a000-0000-7000-8000-000000000001";
    private static final String SERVICE = "0190A000-0000-7000-8000-00000000000B";
    private static final String STAFF = "0190a000-0000-7000-8000-000000000003";

    /** What has to be there, as JSON. */
    private static final Map<String, String> REQUIRED = Map.of(
            "clientId", quoted(CLIENT),
            "serviceId", quoted(SERVICE),
            "staffId", quoted(STAFF),
            "dateTime", quoted("2026-12-01T10:30:00-05:00"));

    @Test
    void draft_everyField_isRead() {
        Map<String, String> all = new LinkedHashMap<>(REQUIRED);
        all.putAll(Map.of(
                "duration",
                "1440",
                "price",
                "9999999999.99",
                "notes",
                quoted("  First\\r\\nsecond\\ttab \\uD83D\\uDE00 "),
                "overrideReason",
                quoted("Asked by the owner")));

        assertThat(draft(all))
                .isEqualTo(Parsed.valid(new AppointmentDraft(
                        UUID.fromString(CLIENT),
                        UUID.fromString(SERVICE),
                        UUID.fromString(STAFF),
                        Instant.parse("2026-12-01T15:30:00Z"),
                        1440,
                        new BigDecimal("9999999999.99"),
                        "First\nsecond\ttab 😀",
                        "Asked by the owner")));
    }

    @Test
    void draft_ofWhatIsRequiredAlone_leavesTheRestToTheService() {
        Map<String, String> nulls = new LinkedHashMap<>(REQUIRED);
        for (String field : List.of("duration", "price", "notes", "overrideReason")) {
            nulls.put(field, "null");
        }
        AppointmentDraft plain = new AppointmentDraft(
                UUID.fromString(CLIENT),
                UUID.fromString(SERVICE),
                UUID.fromString(STAFF),
                Instant.parse("2026-12-01T15:30:00Z"),
                null,
                null,
                null,
                null);

        assertThat(draft(REQUIRED)).isEqualTo(Parsed.valid(plain));
        assertThat(draft(nulls)).isEqualTo(Parsed.valid(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientId", "serviceId", "staffId", "dateTime"})
    void draft_withoutWhatIsRequired_namesIt(String field) {
        Map<String, String> without = new LinkedHashMap<>(REQUIRED);
        without.remove(field);
        assertThat(Faults.of(draft(without))).containsExactly("/" + field + " required");
        without.put(field, "null");
        assertThat(Faults.of(draft(without))).containsExactly("/" + field + " required");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "7; format",
                "true; format",
                "[]; format",
                "{}; format",
                "\"\"; format",
                "\" \"; format",
                "\"1-1-1-1-1\"; format",
                "\"0190a000000070008000000000000001\"; format",
                "\"0190a000-0000-7000-8000-00000000000g\"; format",
                "\"0190a000-0000-7000-8000-0000000000011\"; format",
                "\"{0190a000-0000-7000-8000-000000000001}\"; format",
                "\" 0190a000-0000-7000-8000-000000000001\"; format",
                "\"٠190a000-0000-7000-8000-000000000001\"; format",
                "\"' or true --\"; format"
            })
    void id_thatIsNone_isRefusedWhereverItStands(String json, String fault) {
        for (String field : List.of("clientId", "serviceId", "staffId")) {
            assertThat(Faults.of(draftWith(field, json))).containsExactly("/" + field + " " + fault);
        }
        for (String field : List.of("serviceId", "staffId")) {
            assertThat(Faults.of(patch(field, json))).containsExactly("/" + field + " " + fault);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "1796126400; format",
                "1e999; format",
                "null; required",
                "[\"2026-12-01T10:30:00Z\"]; format",
                "\"\"; format",
                "\"2026-12-01\"; format",
                "\"10:30\"; format",
                "\"2026-12-01T10:30Z\"; format",
                "\"2026-12-01T10:30:00\"; format",
                "\"2026-12-01 10:30:00Z\"; format",
                "\"2026-12-01T10:30:00+25:00\"; format",
                "\"2026-12-01T10:30:00+0500\"; format",
                "\"2026-12-01T10:30:00[Europe/Berlin]\"; format",
                "\"2026-12-01T10:30:00Z[UTC]\"; format",
                "\"2026-02-29T10:30:00Z\"; format",
                "\"2026-13-01T10:30:00Z\"; format",
                "\"2026-12-01T24:00:00Z\"; format",
                "\"2026-12-01T10:30:60Z\"; format",
                "\"2026-12-01T10:30:01Z\"; format",
                "\"2026-12-01T10:30:00.000001Z\"; format",
                "\"2026-12-01T10:30:00+05:30:30\"; format",
                "\"tomorrow at ten o'clock\"; format",
                "\"+12026-12-01T10:30:00Z\"; range",
                "\"0000-12-01T10:30:00Z\"; range",
                "\"9999-12-31T23:59:00-18:00\"; range",
                "\"2025-11-23T11:59:00Z\"; range",
                "\"2028-11-22T12:01:00Z\"; range",
                "\"2028-11-22T23:59:00+11:58\"; range"
            })
    void dateTime_thatIsNoneOrTooFar_isRefused(String json, String fault) {
        assertThat(Faults.of(draftWith("dateTime", json))).containsExactly("/dateTime " + fault);
        assertThat(Faults.of(patch("dateTime", json))).containsExactly("/dateTime " + fault);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-23T12:00:00Z, 2025-11-23T12:00:00Z", "2028-11-22T12:00:00Z, 2028-11-22T12:00:00Z",
        "2026-12-01T10:30:00+05:45, 2026-12-01T04:45:00Z", "2026-12-01T00:00:00+14:00, 2026-11-30T10:00:00Z",
        "2026-12-01T10:30:00.000-05:00, 2026-12-01T15:30:00Z"
    })
    void dateTime_withAnyOffset_isThatMoment(String text, String instant) {
        assertThat(draftWith("dateTime", quoted(text)))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class,
                        valid -> assertThat(((AppointmentDraft) valid.value()).dateTime())
                                .isEqualTo(Instant.parse(instant)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "\"60\"; type",
                "60.0; type",
                "6e1; type",
                "1e999; type",
                "true; type",
                "[60]; type",
                "{}; type",
                "2147483648; type",
                "99999999999999999999; type",
                "0; range",
                "-60; range",
                "1441; range",
                "2147483647; range"
            })
    void duration_thatIsNone_isRefused(String json, String fault) {
        assertThat(Faults.of(draftWith("duration", json))).containsExactly("/duration " + fault);
        assertThat(Faults.of(patch("duration", json))).containsExactly("/duration " + fault);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "\"120.00\"; type", "true; type", "[]; type", "{\"amount\": 1}; type", "-0.01; range", "-1e999; range",
                "10000000000; range", "1e10; range", "1e999; range", "1e999999999; range", "0.001; format",
                        "1e-999999999; format",
                "120.005; format"
            })
    void price_thatIsNone_isRefused(String json, String fault) {
        assertThat(Faults.of(draftWith("price", json))).containsExactly("/price " + fault);
        assertThat(Faults.of(patch("price", json))).containsExactly("/price " + fault);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00",
        "-0, 0.00",
        "0e999999999, 0.00",
        "0e-999999999, 0.00",
        "1e2, 100.00",
        "120.5, 120.50",
        "120.5000, 120.50"
    })
    void price_howeverWritten_hasTwoDecimals(String json, String price) {
        assertThat(draftWith("price", json))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class,
                        valid -> assertThat(((AppointmentDraft) valid.value()).price())
                                .isEqualTo(new BigDecimal(price)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "7; type",
                "false; type",
                "[\"a\"]; type",
                "{}; type",
                "\"\"; blank",
                "\" \\n\\t \"; blank",
                "\"\\u3000\"; blank",
                "\"a\\u001bb\"; control-character",
                "\"a\\u007fb\"; control-character",
                "\"a\\u0085b\"; control-character"
            })
    void text_thatIsNone_isRefused(String json, String fault) {
        for (String field : List.of("notes", "overrideReason")) {
            assertThat(Faults.of(draftWith(field, json))).containsExactly("/" + field + " " + fault);
            assertThat(Faults.of(patch(field, json))).containsExactly("/" + field + " " + fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\tb", "a\\u2028b", "a\\u2029b"})
    void overrideReason_ofSeveralLines_isRefused(String text) {
        assertThat(Faults.of(draftWith("overrideReason", quoted(text))))
                .containsExactly("/overrideReason control-character");
    }

    @ParameterizedTest
    @CsvSource({"notes, 8000", "overrideReason, 300"})
    void text_asLongAsItMayBe_isReadAndLongerOnesAreNot(String field, int most) {
        // Each of these is one character, and two of UTF-16.
        assertThat(Faults.of(draftWith(field, quoted("😀".repeat(most))))).isEmpty();
        assertThat(Faults.of(draftWith(field, quoted("😀".repeat(most + 1)))))
                .containsExactly("/" + field + " too-long");
        assertThat(Faults.of(patch(field, quoted("x".repeat(most + 1))))).containsExactly("/" + field + " too-long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x", "x\\ud83d", "\\ufffd"})
    void text_thatIsNotUnicode_isRefusedBeforeAFieldIsRead(String text) {
        for (String field : List.of("clientId", "dateTime", "notes", "overrideReason")) {
            assertThat(Faults.of(Json.read(body(with(field, quoted(text))))))
                    .containsExactly("/" + field + " bad-text");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notes\": \"a\", \"notes\": \"b\"}",
                "{\"price\": NaN}",
                "{\"price\": +1}",
                "{\"price\": 01}",
                "{\"duration\": 0x3c}",
                "{\"notes\": 'a'}",
                "{\"notes\": \"a\nb\"}",
                "{\"notes\": \"a\"} {}",
                "{\"notes\": \"a\",}",
                "{"
            })
    void body_thatIsNoJson_isRefused(String json) {
        assertThat(Faults.of(Json.read(json))).containsExactly(" malformed");
    }

    @Test
    void draft_withEveryFieldAtFault_namesThemAllAtOnce() {
        Map<String, String> faulty = new LinkedHashMap<>();
        faulty.put("clientId", "1");
        faulty.put("serviceId", "null");
        faulty.put("dateTime", quoted("2020-01-01T00:00:30Z"));
        faulty.put("duration", "0");
        faulty.put("price", "-1");
        faulty.put("notes", quoted(" "));
        faulty.put("overrideReason", quoted("x".repeat(301)));
        faulty.put("status", quoted("CONFIRMED"));
        faulty.put("paymentStatus", quoted("PAID"));
        faulty.put("clientid", quoted(CLIENT));
        faulty.put("version", "7");
        faulty.put("<script>", "1");

        assertThat(Faults.of(draft(faulty)))
                .containsExactlyInAnyOrder(
                        "/clientId format",
                        "/serviceId required",
                        "/staffId required",
                        "/dateTime format",
                        "/duration range",
                        "/price range",
                        "/notes blank",
                        "/overrideReason too-long",
                        "/status unknown",
                        "/paymentStatus unknown",
                        "/clientid unknown",
                        "/version unknown",
                        " unknown");
    }

    @Test
    void patch_ofNothing_keepsEverything() {
        assertThat(patch(Map.of()))
                .isEqualTo(Parsed.valid(new AppointmentPatch(
                        null, null, null, null, null, null, null, null, new Change.Keep<>(), null)));
    }

    @Test
    void patch_everyField_isRead() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("serviceId", quoted(SERVICE));
        all.put("staffId", quoted(STAFF));
        all.put("dateTime", quoted("2026-12-01T10:30:00Z"));
        all.put("duration", "45");
        all.put("price", "0");
        all.put("status", quoted("CANCELLED"));
        all.put("cancellationReason", quoted("NO_SHOW"));
        all.put("paymentStatus", quoted("REFUNDED"));
        all.put("notes", quoted("Called"));
        all.put("overrideReason", quoted("Asked by the owner"));

        assertThat(patch(all))
                .isEqualTo(Parsed.valid(new AppointmentPatch(
                        UUID.fromString(SERVICE),
                        UUID.fromString(STAFF),
                        Instant.parse("2026-12-01T10:30:00Z"),
                        45,
                        new BigDecimal("0.00"),
                        AppointmentStatus.CANCELLED,
                        CancellationReason.NO_SHOW,
                        PaymentStatus.REFUNDED,
                        new Change.Set<>("Called"),
                        "Asked by the owner")));
    }

    @Test
    void patch_null_clearsWhatMayBeEmptyAndIsRefusedElsewhere() {
        assertThat(patch("notes", "null"))
                .isEqualTo(Parsed.valid(new AppointmentPatch(
                        null, null, null, null, null, null, null, null, new Change.Clear<>(), null)));
        assertThat(Faults.of(patch("overrideReason", "null"))).isEmpty();
        assertThat(Faults.of(patch("cancellationReason", "null"))).isEmpty();
        Map<String, String> nulls = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String field :
                List.of("serviceId", "staffId", "dateTime", "duration", "price", "status", "paymentStatus")) {
            nulls.put(field, "null");
            faults.add("/" + field + " required");
        }
        assertThat(Faults.of(patch(nulls))).containsExactlyInAnyOrderElementsOf(faults);
    }

    @Test
    void patch_ofWhatNeverChanges_isUnknown() {
        Map<String, String> fixed = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String field : List.of(
                "clientId",
                "id",
                "version",
                "bufferBefore",
                "bufferAfter",
                "lateCancellation",
                "reminderSent",
                "createdAt",
                "deletedAt")) {
            fixed.put(field, "null");
            faults.add("/" + field + " unknown");
        }
        assertThat(Faults.of(patch(fixed))).containsExactlyInAnyOrderElementsOf(faults);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"scheduled\"", "\"NO_SHOW\"", "\"CANCELED\"", "\"\"", "\" PAID\"", "0", "true", "[]"})
    void state_thatIsNone_isRefused(String json) {
        assertThat(Faults.of(patch("status", json))).containsExactly("/status choice");
        assertThat(Faults.of(patch("paymentStatus", json))).containsExactly("/paymentStatus choice");
        assertThat(Faults.of(patch(Map.of("status", json, "cancellationReason", quoted("CLIENT")))))
                .as("whether a reason goes with it is not known")
                .containsExactly("/status choice");
    }

    @Test
    void cancellation_hasAReasonAndNothingElseHas() {
        String cancelled = quoted("CANCELLED");
        assertThat(Faults.of(patch("status", cancelled))).containsExactly("/cancellationReason required");
        assertThat(Faults.of(patch(Map.of("status", cancelled, "cancellationReason", "null"))))
                .containsExactly("/cancellationReason required");
        assertThat(Faults.of(patch(Map.of("status", cancelled, "cancellationReason", quoted("LATE")))))
                .containsExactly("/cancellationReason choice");
        for (CancellationReason reason : CancellationReason.values()) {
            String json = quoted(reason.name());
            assertThat(Faults.of(patch(Map.of("status", cancelled, "cancellationReason", json))))
                    .isEmpty();
            assertThat(Faults.of(patch("cancellationReason", json))).containsExactly("/cancellationReason unexpected");
            for (String other : List.of("SCHEDULED", "CONFIRMED", "COMPLETED")) {
                assertThat(Faults.of(patch(Map.of("status", quoted(other), "cancellationReason", json))))
                        .containsExactly("/cancellationReason unexpected");
            }
        }
    }

    private static Parsed<AppointmentDraft> draft(Map<String, String> fields) {
        return AppointmentDraft.read(read(fields), NOW);
    }

    private static Parsed<AppointmentDraft> draftWith(String field, String json) {
        return draft(with(field, json));
    }

    private static Parsed<AppointmentPatch> patch(Map<String, String> fields) {
        return AppointmentPatch.read(read(fields), NOW);
    }

    private static Parsed<AppointmentPatch> patch(String field, String json) {
        return patch(Map.of(field, json));
    }

    private static Map<String, String> with(String field, String json) {
        Map<String, String> fields = new LinkedHashMap<>(REQUIRED);
        fields.put(field, json);
        return fields;
    }

    private static Fields read(Map<String, String> fields) {
        return switch (Json.read(body(fields))) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> Fields.of(object);
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    private static String body(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
