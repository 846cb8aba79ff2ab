package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.clients.Examples;
import com.medspasync.crypto.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in a copy. */
class MaskedCopyTest {

    private final CopyScene scene = new CopyScene();
    private final SourcePractice source = SourcePractice.on(scene.platform, 1);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void references_ofACopy_leadToItsOwnRows() {
        MaskedCopy copy = scene.copy(source.id);
        Set<String> practices = ids(copy, CopiedTable.PRACTICES);
        for (CopiedTable table : CopiedTable.ALL) {
            for (JsonNode row : scene.rows(copy, table)) {
                assertThat(row.path("practice_id").asText()).isIn(practices);
            }
        }
        assertThat(scene.rows(copy, CopiedTable.APPOINTMENTS)).hasSize(3).allSatisfy(row -> {
            assertThat(row.path("client_id").asText()).isIn(ids(copy, CopiedTable.CLIENTS));
            assertThat(row.path("service_id").asText()).isIn(ids(copy, CopiedTable.SERVICES));
            assertThat(row.path("staff_id").asText()).isIn(ids(copy, CopiedTable.STAFF));
        });
        JsonNode staff = scene.rows(copy, CopiedTable.STAFF).getFirst();
        JsonNode user = scene.rows(copy, CopiedTable.USERS).getFirst();
        assertThat(staff.path("user_id")).isEqualTo(user.path("id"));
        assertThat(staff.path("email")).isEqualTo(user.path("email"));
        assertThat(UUID.fromString(user.path("id").asText()))
                .returns(8, UUID::version)
                .returns(2, UUID::variant);
    }

    @Test
    void dates_ofAClient_keepTheirIntervalsAndWeekdays() {
        MaskedCopy copy = scene.copy(source.id);
        List<Instant> times = scene.rows(copy, CopiedTable.APPOINTMENTS).stream()
                .filter(row -> !row.has("notes"))
                .map(row -> Instant.parse(row.path("date_time").asText()))
                .toList();
        JsonNode other = scene.rows(copy, CopiedTable.APPOINTMENTS).stream()
                .filter(row -> row.has("notes") && row.path("client_id").equals(clientOf(copy, times.getFirst())))
                .findFirst()
                .orElseThrow();
        Instant real1 = Instant.parse("2025-03-17T14:30:00Z");
        Instant real2 = Instant.parse("2025-04-09T15:00:00Z");
        Instant first = Instant.parse(other.path("date_time").asText());
        assertThat(Duration.between(first, times.getFirst())).isEqualTo(Duration.between(real1, real2));
        assertThat(first.atZone(ZoneOffset.UTC).getDayOfWeek())
                .isEqualTo(real1.atZone(ZoneOffset.UTC).getDayOfWeek());
        assertThat(Duration.between(first, real1)).isBetween(Duration.ofDays(7), Duration.ofDays(364));
        JsonNode client = scene.rows(copy, CopiedTable.CLIENTS).stream()
                .filter(row -> row.path("id").equals(other.path("client_id")))
                .findFirst()
                .orElseThrow();
        assertThat(LocalDate.parse(client.path("date_of_birth").asText()))
                .isEqualTo(LocalDate.parse("1957-08-23").minus(Period.ofDays((int)
                        Duration.between(first, real1).toDays())));
        assertThat(Instant.parse(client.path("created_at").asText()))
                .isEqualTo(Instant.parse("2025-02-03T09:08:00Z").minus(Duration.between(first, real1)));
    }

    private JsonNode clientOf(MaskedCopy copy, Instant time) {
        return scene.rows(copy, CopiedTable.APPOINTMENTS).stream()
                .filter(row -> row.path("date_time").asText().equals(time.toString()))
                .findFirst()
                .orElseThrow()
                .path("client_id");
    }

    @Test
    void ages_over89_areBroughtUnder90() {
        MaskedCopy copy = scene.copy(source.id);
        assertThat(scene.rows(copy, CopiedTable.CLIENTS).stream()
                        .filter(row -> row.has("date_of_birth"))
                        .map(row -> Period.between(
                                        LocalDate.parse(
                                                row.path("date_of_birth").asText()),
                                        LocalDate.ofInstant(copy.createdAt(), ZoneOffset.UTC))
                                .getYears()))
                .hasSize(2)
                .allMatch(age -> age < 90)
                .anyMatch(age -> age == 89);
    }

    @Test
    void statesAndAmounts_stay_andSettingsAreDecidedByTheirKeys() {
        MaskedCopy copy = scene.copy(source.id);
        JsonNode practice = scene.rows(copy, CopiedTable.PRACTICES).getFirst();
        assertThat(practice.path("opening_hours"))
                .isEqualTo(CopyScene.json("{\"monday\": [{\"open\": \"09:00\", \"close\": \"17:30\"}]}"));
        assertThat(practice.path("settings"))
                .isEqualTo(CopyScene.json("{\"locale\": \"en-US\", \"currency\": \"USD\"}"));
        assertThat(practice.path("time_zone").asText()).isEqualTo("UTC");
        JsonNode staff = scene.rows(copy, CopiedTable.STAFF).getFirst();
        assertThat(staff.path("working_hours"))
                .isEqualTo(CopyScene.json("{\"tuesday\": {\"to\": \"18:00\", \"from\": \"10:00\"}}"));
        assertThat(staff.path("specializations")).hasSize(2);
        assertThat(staff.path("hourly_rate").decimalValue()).isEqualByComparingTo("62.25");
        assertThat(scene.rows(copy, CopiedTable.APPOINTMENTS)).allSatisfy(row -> {
            assertThat(row.path("price").decimalValue()).isEqualByComparingTo("149.5");
            assertThat(row.path("status").asText()).isEqualTo("COMPLETED");
        });
        JsonNode full = scene.rows(copy, CopiedTable.CLIENTS).stream()
                .filter(row -> row.has("medical_history"))
                .findFirst()
                .orElseThrow();
        int real = SourcePractice.EVERYTHING.getBytes(StandardCharsets.UTF_8).length;
        assertThat(full.path("medical_history").asText().length()).isBetween(real - 32, real + 32);
        assertThat(full.path("ssn").asText()).matches("9[0-9]{2}[0-4][0-9]{5}");
        assertThat(full.path("phone").asText()).matches("\\+1[0-9]{3}55501[0-9]{2}");
        assertThat(scene.rows(copy, CopiedTable.CLIENTS).stream().filter(row -> row.has("deleted_at")))
                .hasSize(1)
                .noneMatch(row -> row.has("ssn") || row.has("notes"));
    }

    @Test
    void manifest_ofACopy_tellsWhatItsFilesAre() throws Exception {
        MaskedCopy copy = scene.copy(source.id);
        Map<String, String> files = scene.files(copy);
        JsonNode manifest = CopyScene.json(files.getOrDefault(Manifest.FILE, ""));
        assertThat(manifest.path("format").asText()).isEqualTo("medspasync-masked-copy/1");
        assertThat(manifest.path("copy").asText()).isEqualTo(copy.id().toString());
        assertThat(manifest.path("files").findValuesAsText("name"))
                .containsExactly(
                        "practices.ndjson",
                        "users.ndjson",
                        "clients.ndjson",
                        "services.ndjson",
                        "staff.ndjson",
                        "appointments.ndjson");
        for (CopiedFile file : copy.files()) {
            byte[] content = files.getOrDefault(file.name(), "").getBytes(StandardCharsets.UTF_8);
            assertThat(file.bytes()).isEqualTo(content.length);
            assertThat(file.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        }
        assertThat(copy.done()).isEqualTo(10).isEqualTo(copy.total());
    }

    @Test
    void twoCopies_ofAPractice_haveNoPseudonymInCommon() {
        MaskedCopy one = scene.copy(source.id);
        MaskedCopy other = scene.copy(source.id);
        for (CopiedTable table : CopiedTable.ALL) {
            assertThat(ids(one, table)).doesNotContainAnyElementsOf(ids(other, table));
        }
    }

    @Test
    void twoPractices_areCopiedApart() {
        SourcePractice second = SourcePractice.on(scene.platform, 2);
        MaskedCopy one = scene.copy(source.id);
        MaskedCopy other = scene.copy(second.id);
        assertThat(scene.rows(one, CopiedTable.CLIENTS)).hasSize(3);
        assertThat(ids(one, CopiedTable.CLIENTS)).doesNotContainAnyElementsOf(ids(other, CopiedTable.CLIENTS));
        assertThat(scene.rows("select practice_id from audit_logs where action = 'EXPORT' order by timestamp"))
                .containsExactly(source.id.toString(), second.id.toString());
    }

    @Test
    void order_ofTheRows_isNotThatOfTheirCreation() {
        List<UUID> created = IntStream.range(0, 30)
                .mapToObj(i -> new UUID(0x0190B00000007000L + ((long) i << 32), 0x8000000000000000L | i))
                .toList();
        created.forEach(id -> source.add(id, Examples.withNotes("Note")));
        MaskedCopy started = scene.start(source.id);
        byte[] secret = new byte[Secret.LENGTH];
        scene.seal(started, secret);
        scene.work(CopyScene.SMALL);
        Pseudonyms pseudonyms = new Pseudonyms(Secret.copyOf(secret));
        List<String> inOrder = created.stream()
                .map(id -> pseudonyms.id(Entity.CLIENT, id).toString())
                .toList();
        List<String> copied = scene.rows(started, CopiedTable.CLIENTS).stream()
                .map(row -> row.path("id").asText())
                .filter(inOrder::contains)
                .toList();
        assertThat(copied).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
        long rising = IntStream.range(1, copied.size())
                .filter(i -> inOrder.indexOf(copied.get(i)) > inOrder.indexOf(copied.get(i - 1)))
                .count();
        assertThat(rising).isBetween(6L, 23L);
    }

    private Set<String> ids(MaskedCopy copy, CopiedTable table) {
        return scene.rows(copy, table).stream()
                .map(row -> row.path("id").asText())
                .collect(Collectors.toSet());
    }
}
