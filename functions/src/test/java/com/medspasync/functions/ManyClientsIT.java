package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.host.LocalHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many at once, on two hosts over the same stores, and with the database stopped under them. The property {@code load.seconds} makes the load last
 * longer than the build has time for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyClientsIT {

    private static final int AT_ONCE = 200;
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("load.seconds", 10));

    private TestPlatform platform;
    private LocalHost second;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(100);
        second = platform.newHost(Map.of());
    }

    @AfterAll
    void stop() {
        second.close();
        platform.close();
    }

    @Test
    void twoHosts_onTheSameStores_serveTheSameData() {
        ApiClient first = ApiClient.login(platform.host(), "practitioner@glow.example");
        ApiClient other = first.at(second);
        Answer created = first.create("Twofold", "twofold@example.com");
        String path = created.header("Location");
        assertThat(other.get(path).body()).isEqualTo(created.body());
        assertThat(other.send("PATCH", path, "{\"notes\":\"from the second\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
        assertThat(first.get(path).text("notes")).isEqualTo("from the second");
        assertThat(first.send("PATCH", path, "{\"notes\":\"late\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void load_ofReadsAndWritesOnTwoHosts_losesNoUpdateAndMixesNoPractices() throws Exception {
        List<ApiClient> glow = List.of(
                ApiClient.login(platform.host(), "admin@glow.example"),
                ApiClient.login(second, "practitioner@glow.example"));
        List<ApiClient> radiance = List.of(
                ApiClient.login(platform.host(), "admin@radiance.example"),
                ApiClient.login(second, "practitioner@radiance.example"));
        Contended mine = Contended.create(glow.get(0), "glow");
        Contended theirs = Contended.create(radiance.get(0), "radiance");
        long end = System.nanoTime() + LOAD.toNanos();
        AtomicLong requests = new AtomicLong();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                ApiClient client = (i % 2 == 0 ? glow : radiance).get(i / 2 % 2);
                Contended records = i % 2 == 0 ? mine : theirs;
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        records.work(client);
                        requests.incrementAndGet();
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        mine.verify(glow.get(1));
        theirs.verify(radiance.get(1));
        assertThat(requests.get()).isGreaterThan(AT_ONCE);
    }

    @Test
    void database_stoppedUnderRequests_is503UntilItIsBackWithoutARestart() throws Exception {
        ApiClient client = ApiClient.login(platform.host(), "manager@glow.example");
        String path = client.create("Outage", "outage@example.com").header("Location");
        assertThat(client.get(path).status()).isEqualTo(200);

        platform.database().stop();
        Answer away = client.get(path);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Content-Type")).startsWith("application/problem+json");
        assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
        Answer write = client.send("PATCH", path, "{\"notes\":\"lost?\"}", "If-Match", "\"1\"");
        assertThat(write.status()).isEqualTo(503);
        assertThat(client.get("/api/health/live").status()).isEqualTo(200);
        assertThat(client.get("/api/health/ready").status()).isEqualTo(503);

        platform.database().start();
        for (LocalHost host : List.of(platform.host(), second)) {
            Answer back = untilItAnswers(client.at(host), path);
            assertThat(back.status()).isEqualTo(200);
            assertThat(back.header("ETag")).isEqualTo("\"1\"");
        }
    }

    private static Answer untilItAnswers(ApiClient client, String path) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Answer answer = client.get(path);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            answer = client.get(path);
        }
        return answer;
    }

    /** A few records of one practice that everybody changes at once, each writer adding one to a count in the record. */
    private static final class Contended {

        private static final int RECORDS = 8;

        private final String practice;
        private final List<String> paths = new ArrayList<>();
        private final List<AtomicInteger> successes = new ArrayList<>();
        private final AtomicInteger created = new AtomicInteger();

        private Contended(String practice) {
            this.practice = practice;
        }

        static Contended create(ApiClient client, String practice) {
            Contended contended = new Contended(practice);
            for (int i = 0; i < RECORDS; i++) {
                Answer answer = client.create(practice, practice + i + "@example.com");
                contended.paths.add(answer.header("Location"));
                contended.successes.add(new AtomicInteger());
                assertThat(client.send("PATCH", answer.header("Location"), "{\"notes\":\"0\"}", "If-Match", "\"1\"")
                                .status())
                        .isEqualTo(200);
            }
            return contended;
        }

        /** One read, followed by a change, a creation, a list or a search. */
        void work(ApiClient client) {
            int index = ThreadLocalRandom.current().nextInt(RECORDS);
            Answer read = client.get(paths.get(index));
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.text("lastName")).isEqualTo(practice);
            switch (ThreadLocalRandom.current().nextInt(6)) {
                case 0, 1 -> add(client, index, read);
                case 2 -> createOne(client);
                case 3 -> onlyOurs(client.get("/api/clients?top=50"));
                case 4 -> onlyOurs(client.post("/api/clients/search", "{\"name\":\"" + practice + "\"}"));
                default ->
                    assertThat(client.get(paths.get(index) + "/history?top=5").status())
                            .isIn(200, 403);
            }
        }

        private void add(ApiClient client, int index, Answer read) {
            int count = Integer.parseInt(read.text("notes"));
            Answer change = client.send(
                    "PATCH", paths.get(index), "{\"notes\":\"" + (count + 1) + "\"}", "If-Match", read.header("ETag"));
            assertThat(change.status()).isIn(200, 412);
            if (change.status() == 200) {
                successes.get(index).incrementAndGet();
            }
        }

        private void createOne(ApiClient client) {
            String email = practice + "-new-" + created.incrementAndGet() + "@example.com";
            assertThat(client.create(practice, email).status()).isEqualTo(201);
        }

        private void onlyOurs(Answer page) {
            assertThat(page.status()).isEqualTo(200);
            String other = practice.equals("glow") ? "radiance" : "glow";
            assertThat(page.body().path("value").findValuesAsText("lastName")).doesNotContain(other);
        }

        /** Every change that was answered with 200 is in the record: no update was lost. */
        void verify(ApiClient client) {
            for (int i = 0; i < RECORDS; i++) {
                Answer read = client.get(paths.get(i));
                int count = successes.get(i).get();
                assertThat(read.text("notes")).isEqualTo(Integer.toString(count));
                assertThat(read.header("ETag")).isEqualTo("\"" + (count + 2) + "\"");
            }
        }
    }
}
