package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.DemoData;
import com.medspasync.functions.local.copy.LoadedCopy;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import com.medspasync.functions.local.stack.Azurite;
import com.medspasync.functions.local.stack.SharedAzurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masked copies over HTTP and through the queue, and loaded into another platform. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskedCopyIT {

    private static final String COPIES = "/api/masked-copies";
    private static final int CLIENTS = 60;
    private static final DemoData NOTHING = (settings, token) -> new DemoData.Summary("nothing", List.of());

    private TestPlatform platform;
    private ApiClient operator;
    private String practice;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(CLIENTS);
        operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
        practice = platform.text("select id from practices where name = 'Glow Medical Spa'");
        addAppointments();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private void addAppointments() {
        platform.database().execute("""
                insert into services (practice_id, id, name, category, duration, price)
                values ('%1$s', '%1$s', 'Dr. Glow''s Facial', 'Skin', 60, 120.50)""".formatted(practice), """
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price, notes)
                select c.practice_id, gen_random_uuid(), c.id, c.practice_id, s.id, date_trunc('minute', now()) + n * interval '1 day', 60, 120.50, c.notes
                from clients c
                cross join generate_series(1, 3) n
                cross join lateral (select id from staff s where s.practice_id = c.practice_id order by id limit 1) s
                where c.practice_id = '%s'""".formatted(practice));
    }

    @Test
    void copy_startedWatchedDownloadedAndLoaded_isAPracticeToWorkOn(@TempDir Path directory) throws Exception {
        Answer done = complete(begin());
        assertThat(done.body().path("done")).isEqualTo(done.body().path("total"));
        JsonNode files = done.body().path("files");
        assertThat(files).hasSize(6);
        String location = COPIES + "/" + done.text("id") + "/files/";
        for (JsonNode file : files) {
            download(
                    location + file.path("name").asText(),
                    directory.resolve(file.path("name").asText()),
                    10_000);
        }
        Answer manifest = operator.get(location + "manifest.json");
        assertThat(manifest.status()).isEqualTo(200);
        Files.writeString(
                directory.resolve("manifest.json"), manifest.response().body());

        try (TestPlatform other = TestPlatform.start(0)) {
            DemoData.Summary loaded = new LoadedCopy(NOTHING, directory).load(other.settings(), Optional.empty());
            String counts = counts(other);
            assertThat(counts).startsWith("1|60|9|6|180|180|");
            assertThat(new LoadedCopy(NOTHING, directory).load(other.settings(), Optional.empty()))
                    .isEqualTo(loaded);
            assertThat(counts(other)).isEqualTo(counts);

            String admin = loaded.logins().stream()
                    .filter(login -> login.endsWith("(ADMIN)"))
                    .findFirst()
                    .orElseThrow();
            ApiClient user = ApiClient.login(other.host(), admin.substring(0, admin.indexOf(' ')));
            Answer list = user.get("/api/clients?top=100");
            assertThat(list.body().path("value")).hasSize(CLIENTS);
            // Not everybody has told a number, and who comes first is up to the threads that stored them.
            Answer client = list.body().path("value").findValuesAsText("id").stream()
                    .map(one -> user.get("/api/clients/" + one, "X-Purpose-Of-Use", "OPERATIONS"))
                    .filter(one -> !one.text("ssn").isEmpty())
                    .findFirst()
                    .orElseThrow();
            String id = client.text("id");
            assertThat(client.text("ssn")).matches("1[0-9]{2}-[0-4][0-9]-[0-9]{4}");
            assertThat(user.post("/api/clients/search", "{\"ssn\":\"" + client.text("ssn") + "\"}")
                            .body()
                            .path("value")
                            .findValuesAsText("id"))
                    .containsExactly(id);
            assertThat(other.text(
                            "select count(*) from appointments where client_id = '" + id + "' and price = 120.50"))
                    .isEqualTo("3");
            assertThat(other.text(
                            "select count(*) from appointments where notes is not null and get_byte(notes, 0) <> 77"))
                    .isEqualTo("0");
        }
        assertThat(platform.text(
                        "select count(*) from audit_logs where action = 'EXPORT' and practice_id = '" + practice + "'"))
                .isEqualTo("1");

        assertThat(operator.send("DELETE", COPIES + "/" + done.text("id"), null).status())
                .isEqualTo(204);
        assertThat(operator.send("DELETE", COPIES + "/" + done.text("id"), null).status())
                .isEqualTo(204);
        assertThat(operator.get(COPIES + "/" + done.text("id")).status()).isEqualTo(410);
        assertThat(operator.get(location + "clients.ndjson").status()).isEqualTo(410);
    }

    private static String counts(TestPlatform other) {
        return other.text("""
                select (select count(*) from practices where name like 'Practice %') || '|' || (select count(*) from clients) || '|'
                  || (select count(*) from services s join practices p on p.id = s.practice_id where p.name like 'Practice %') || '|'
                  || (select count(*) from staff s join practices p on p.id = s.practice_id where p.name like 'Practice %') || '|'
                  || (select count(*) from appointments) || '|'
                  || (select count(*) from staff_bookings) || '|' || (select count(*) from audit_logs) || '|'
                  || (select sum(version) || max(updated_at)::text from clients)""");
    }

    /** In parts, as whoever has little memory does. */
    private void download(String path, Path to, int part) throws IOException {
        StringBuilder content = new StringBuilder();
        Pattern range = Pattern.compile("bytes ([0-9]+)-([0-9]+)/([0-9]+)");
        long size = 1;
        String etag = "\"none\"";
        while (content.length() < size) {
            Answer answer =
                    operator.get(path, "Range", "bytes=" + content.length() + "-" + (content.length() + part - 1));
            assertThat(answer.status()).isEqualTo(206);
            Matcher matcher = range.matcher(answer.header("Content-Range"));
            assertThat(matcher.matches()).isTrue();
            size = Long.parseLong(matcher.group(3));
            content.append(answer.response().body());
            etag = answer.header("ETag");
        }
        assertThat(operator.get(path, "Range", "bytes=" + size + "-").status()).isEqualTo(416);
        assertThat(operator.get(path, "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(operator.get(path, "Range", "bytes=0-9", "If-Range", "\"other\"")
                        .response()
                        .body())
                .hasSize((int) size);
        Files.writeString(to, content);
    }

    private Answer begin() {
        Answer accepted = operator.post(COPIES, "{\"practiceId\":\"" + practice + "\",\"reason\":\"slow calendar\"}");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).isEqualTo("2");
        assertThat(accepted.header("Operation-Location")).isEqualTo(COPIES + "/" + accepted.text("id"));
        return accepted;
    }

    private Answer complete(Answer accepted) {
        return operator.await(accepted.header("Operation-Location"), "COMPLETED");
    }

    @Test
    void copy_withTheBlobServiceStopped_failsAndIsResumedWhenItIsThereAgain(@TempDir Path directory) throws Exception {
        String radiance = platform.text("select id from practices where name = 'Radiance Aesthetics'");
        String blobs;
        try (Azurite azurite = Azurite.inMemory(directory)) {
            blobs = blobEndpoint(azurite.connectionString());
        }
        String cut = SharedAzurite.connectionString().replaceAll("BlobEndpoint=[^;]*", blobs);
        platform.host().close();
        String location;
        try (LocalHost host = platform.newHost(Map.of(SettingNames.STORAGE, cut))) {
            ApiClient there = operator.at(host);
            Answer accepted = there.post(COPIES, "{\"practiceId\":\"" + radiance + "\",\"reason\":\"outage\"}");
            location = accepted.header("Operation-Location");
            Answer failed = there.await(location, "FAILED");
            assertThat(failed.text("error")).contains("Resume it");
            assertThat(there.get(location + "/files/clients.ndjson").status()).isEqualTo(404);
            assertThat(there.send("DELETE", COPIES + "/" + UUID.randomUUID(), null)
                            .status())
                    .isEqualTo(404);
        }
        platform.restartHost();
        operator = operator.at(platform.host());
        assertThat(operator.post(location + "/resume", null).status()).isEqualTo(202);
        operator.await(location, "COMPLETED");
        assertThat(operator.post(location + "/resume", null).status()).isEqualTo(409);
    }

    private static String blobEndpoint(String connection) {
        Matcher matcher = Pattern.compile("BlobEndpoint=[^;]*").matcher(connection);
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "manager", "practitioner", "staff"})
    void copies_ofOthersThanOperators_areForbidden(String role) {
        ApiClient user = ApiClient.login(platform.host(), role + "@glow.example");
        String one = COPIES + "/" + UUID.randomUUID();
        assertThat(user.get(COPIES).status()).isEqualTo(403);
        assertThat(user.post(COPIES, "{\"practiceId\":\"" + practice + "\",\"reason\":\"mine\"}")
                        .status())
                .isEqualTo(403);
        assertThat(user.get(one).status()).isEqualTo(403);
        assertThat(user.get(one + "/files/clients.ndjson").status()).isEqualTo(403);
        assertThat(user.post(one + "/resume", null).status()).isEqualTo(403);
        assertThat(user.send("DELETE", one, null).status()).isEqualTo(403);
        assertThat(ApiClient.stranger(platform.host()).get(COPIES).status()).isEqualTo(401);
    }

    @Test
    void copies_ofWhatIsNotThereOrNotRight_areRefused() {
        assertThat(operator.post(COPIES, "{\"practiceId\":\"" + UUID.randomUUID() + "\",\"reason\":\"x\"}")
                        .status())
                .isEqualTo(404);
        Answer wrong = operator.post(COPIES, "{\"practiceId\":\"p\",\"tables\":[]}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("/practiceId", "/reason", "/tables");
        String none = COPIES + "/" + UUID.randomUUID();
        assertThat(operator.get(none).status()).isEqualTo(404);
        assertThat(operator.get(none + "/files/clients.ndjson").status()).isEqualTo(404);
        assertThat(operator.post(none + "/resume", null).status()).isEqualTo(404);
        assertThat(operator.get(COPIES).status()).isEqualTo(200);
    }
}
