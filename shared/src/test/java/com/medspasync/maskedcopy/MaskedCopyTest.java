package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.clients.Examples;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.Secret;
import com.medspasync.job.JobRunner;
import com.medspasync.maskedcopy.MaskedCopy.Status;
import com.medspasync.practices.PracticeKeyRewrap;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.PracticeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies as the job makes them. */
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
    void copy_madeAgainWithTheSameSecret_hasTheSameBytes_alsoWhenItsWorkersAreKilled() {
        addClients(40);
        Map<String, String> straight = filesOf(made(() -> scene.work(CopyScene.SMALL)));
        Map<String, String> brokenOff = filesOf(made(() -> {
            for (int killed = 1; killed <= 3; killed++) {
                scene.store.killAfter(killed);
                JobRunner worker = scene.worker(CopyScene.SMALL);
                UUID job = scene.messages.getFirst();
                assertThatThrownBy(() -> worker.run(job)).isInstanceOf(MemoryStore.Killed.class);
                scene.database.execute("update masked_copies set held_until = now() - interval '1 second'");
            }
            scene.work(CopyScene.A_BLOCK_A_TURN);
        }));
        assertThat(brokenOff).isEqualTo(straight);
        assertThat(straight.getOrDefault("clients.ndjson", "").lines()).hasSize(43);
        assertThat(scene.store.largestBlock()).isLessThan(2_000 + 4_000);
    }

    private Map<String, String> filesOf(MaskedCopy copy) {
        Map<String, String> files = scene.files(copy);
        files.remove(Manifest.FILE);
        return files;
    }

    /** A copy with a secret that is always the same. */
    private MaskedCopy made(Runnable work) {
        MaskedCopy started = scene.start(source.id);
        byte[] secret = new byte[Secret.LENGTH];
        Arrays.fill(secret, (byte) 3);
        scene.seal(started, secret);
        work.run();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        return scene.find(started);
    }

    private void addClients(int number) {
        for (int i = 0; i < number; i++) {
            source.add(UUID.randomUUID(), Examples.withNotes("Note " + i));
        }
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

    @Test
    void secret_ofACopyThatIsComplete_isGone() {
        MaskedCopy started = scene.start(source.id);
        scene.worker(CopyScene.A_BLOCK_A_TURN).run(scene.messages.remove());
        assertThat(scene.rows(
                        "select octet_length(secret), secret_root_version, checkpoint is not null from masked_copies"))
                .containsExactly("66|1|t");
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows("select secret, secret_root_version, checkpoint from masked_copies"))
                .containsExactly("null|null|null");
    }

    @Test
    void copy_duringWhichTheRootKeyIsReplaced_isCompleteAllTheSame() {
        MaskedCopy started = scene.start(source.id);
        JobRunner early = scene.worker(CopyScene.A_BLOCK_A_TURN);
        early.run(scene.messages.remove());
        var keys = scene.platform.newKeys();
        CopySecrets secrets = new CopySecrets(
                new Envelope(new SecureRandom()), keys.platformKeys(PlatformPurpose.MASKED_COPIES), new SecureRandom());
        CopyScene.rotateRoot(
                scene.platform,
                scene.maintenance,
                List.of(
                        PracticeKeyRewrap.of(scene.maintenance, keys),
                        new CopySecretRewrap(scene.maintenance, secrets)));
        assertThat(scene.rows("select secret_root_version from masked_copies")).containsExactly("2");
        early.run(scene.messages.remove());
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        // A process that has read the old root only finds out when it begins.
        MaskedCopy next = scene.start(source.id);
        early.run(scene.messages.remove());
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(next).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void copy_complete_isOnRecordInThePracticeWithoutValues() {
        MaskedCopy copy = scene.copy(source.id);
        assertThat(scene.rows(
                        "select action, table_name, record_id, user_id, details::text from audit_logs where practice_id = ? and action = 'EXPORT'",
                        source.id.value()))
                .containsExactly("EXPORT|masked_copies|" + copy.id() + "|" + CopyScene.OPERATOR.user()
                        + "|{\"rows\": {\"staff.ndjson\": 1, \"users.ndjson\": 1, \"clients.ndjson\": 3, \"services.ndjson\": 1,"
                        + " \"practices.ndjson\": 1, \"appointments.ndjson\": 3}}");
        assertThat(
                        scene.rows(
                                "select action from audit_logs where table_name = 'masked_copies' and practice_id = platform_practice() order by timestamp"))
                .startsWith("CREATE", "UPDATE");
        assertThat(
                        scene.rows(
                                "select old_values::text || new_values::text from audit_logs where table_name = 'masked_copies'"))
                .noneMatch(values -> values != null && values.contains("\"secret\": \"\\\\x"));
    }

    @Test
    void workers_twoAtOnce_makeOneCopy() throws Exception {
        addClients(30);
        MaskedCopy started = scene.start(source.id);
        UUID job = scene.messages.remove();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> workers = Stream.generate(() -> scene.worker(CopyScene.SMALL))
                    .limit(4)
                    .<Future<?>>map(worker -> threads.submit(() -> worker.run(job)))
                    .toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows(started, CopiedTable.CLIENTS)).hasSize(33);
        assertThat(ids(started, CopiedTable.CLIENTS)).hasSize(33);
        assertThat(scene.rows("select count(*) from audit_logs where action = 'EXPORT'"))
                .containsExactly("1");
    }

    @Test
    void store_thatIsDown_isTriedAgainAndThenGivenUp() {
        MaskedCopy started = scene.start(source.id);
        scene.store.down(true);
        JobRunner worker = scene.worker(CopyScene.SMALL);
        UUID job = scene.messages.remove();
        assertThatThrownBy(() -> worker.run(job)).isInstanceOf(StoreUnavailable.class);
        assertThat(scene.find(started).status()).isEqualTo(Status.PROCESSING);
        worker.giveUp(job);
        assertThat(scene.find(started))
                .returns(Status.FAILED, MaskedCopy::status)
                .satisfies(copy -> assertThat(copy.error()).contains("failed several times"));

        scene.store.down(false);
        assertThat(scene.copies.resume(CopyScene.OPERATOR, started.id())).isInstanceOf(Lookup.Found.class);
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void start_repeatedWhileItIsMade_isTheSameCopy_andOfNoPracticeIsNone() {
        MaskedCopy first = scene.start(source.id);
        assertThat(scene.start(source.id).id()).isEqualTo(first.id());
        scene.work(CopyScene.SMALL);
        assertThat(scene.start(source.id).id()).isNotEqualTo(first.id());
        assertThat(scene.copies.start(CopyScene.OPERATOR, new CopyRequest(UUID.randomUUID(), "x")))
                .isEmpty();
        assertThat(scene.copies.start(CopyScene.OPERATOR, new CopyRequest(PracticeId.PLATFORM.value(), "x")))
                .isEmpty();
    }

    @Test
    void start_byManyAtOnce_isOneCopy() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<UUID>> starting = Stream.generate(() -> threads.submit(() -> scene.copies
                            .start(CopyScene.OPERATOR, new CopyRequest(source.id.value(), "development"))
                            .orElseThrow()
                            .id()))
                    .limit(8)
                    .toList();
            Set<UUID> started = new HashSet<>();
            for (Future<UUID> start : starting) {
                started.add(start.get());
            }
            assertThat(started).hasSize(1);
        }
    }

    @Test
    void delete_copy_takesItsFilesAndStopsWhoeverWorksOnIt() {
        MaskedCopy complete = scene.copy(source.id);
        MaskedCopy underWay = scene.start(source.id);
        scene.worker(CopyScene.A_BLOCK_A_TURN).run(scene.messages.remove());
        for (MaskedCopy copy : List.of(complete, underWay)) {
            assertThat(scene.copies.delete(CopyScene.OPERATOR, copy.id())).isTrue();
            assertThat(scene.copies.delete(CopyScene.OPERATOR, copy.id())).isTrue();
            assertThat(scene.copies.find(CopyScene.OPERATOR, copy.id())).isInstanceOf(Lookup.Gone.class);
            assertThat(scene.copies.file(CopyScene.OPERATOR, copy.id(), Manifest.FILE))
                    .isInstanceOf(Lookup.Gone.class);
            assertThat(scene.copies.resume(CopyScene.OPERATOR, copy.id())).isInstanceOf(Lookup.Gone.class);
        }
        scene.work(CopyScene.SMALL);
        assertThat(scene.store.texts()).isEmpty();
        assertThat(scene.copies.newest(CopyScene.OPERATOR)).isEmpty();
        assertThat(scene.copies.delete(CopyScene.OPERATOR, UUID.randomUUID())).isFalse();
        assertThat(scene.rows("select status, secret from masked_copies order by created_at"))
                .containsExactly("COMPLETED|null", "FAILED|null");
    }

    @Test
    void file_ofACopy_isReadInPartsAndOnRecord_onceItIsComplete() {
        MaskedCopy started = scene.start(source.id);
        assertThat(scene.copies.file(CopyScene.OPERATOR, started.id(), "clients.ndjson"))
                .isInstanceOf(Lookup.Missing.class);
        scene.work(CopyScene.SMALL);
        assertThat(scene.copies.file(CopyScene.OPERATOR, started.id(), "secrets.ndjson"))
                .isInstanceOf(Lookup.Missing.class);
        if (scene.copies.file(CopyScene.OPERATOR, started.id(), "clients.ndjson")
                instanceof Lookup.Found<StoredFile>(StoredFile file)) {
            String whole = scene.files(started).getOrDefault("clients.ndjson", "");
            assertThat(new String(scene.copies.read(file, 5, 20), StandardCharsets.UTF_8))
                    .isEqualTo(whole.substring(5, 25));
            assertThat(file.bytes()).isEqualTo(whole.length());
        } else {
            throw new AssertionError("no file");
        }
        assertThat(
                        scene.rows(
                                "select details->>'file' from audit_logs where action = 'READ' and table_name = 'masked_copies' order by timestamp"))
                .containsExactly("", "clients.ndjson");
    }

    private Set<String> ids(MaskedCopy copy, CopiedTable table) {
        return scene.rows(copy, table).stream()
                .map(row -> row.path("id").asText())
                .collect(Collectors.toSet());
    }
}
