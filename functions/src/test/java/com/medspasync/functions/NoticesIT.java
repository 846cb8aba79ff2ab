package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.fasterxml.uuid.Generators;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.medspasync.functions.queue.JobMessages;
import com.medspasync.functions.queue.NoticeWorker;
import com.medspasync.job.JobQueue;
import com.medspasync.keyvault.LoopbackNames;
import com.medspasync.message.Received;
import com.medspasync.message.Recipient;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.notice.NoticeComposer.Composition.Composed;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Notices from the statement that causes them, over the real queue and the local host, to whoever receives them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesIT {

    private static final String CHANNEL = "/api/message-channel";
    private static final String EMAIL = "invited@example.com";
    private static final String HOOK = "{\"url\":\"https://hooks.example.com/in\"}";

    private static final Sql CAUSE = Sql.of("""
            with cause as (
              select :subject::uuid as id),
            %s
            select id from cause""".formatted(Notices.written(NoticeKind.INVITATION, "cause", "id")));

    private TestPlatform platform;
    private PracticeDatabase app;
    private ApiClient glow;
    private PracticeId practice;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1, NoticesIT::composed);
        app = platform.database().open(EmbeddedDatabase.APP);
        glow = ApiClient.login(platform.host(), "admin@glow.example");
        practice = new PracticeId(UUID.fromString(glow.get("/api/auth/me").text("practiceId")));
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @AfterEach
    void answerAgain() {
        platform.receiver().answer(204);
        Answer there = glow.get(CHANNEL);
        if (there.status() == 200) {
            assertThat(glow.send("DELETE", CHANNEL, null, "If-Match", there.header("ETag"))
                            .status())
                    .isEqualTo(204);
        }
    }

    private static App composed(AppSettings settings) {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        return App.on(
                new Stores(settings, random, clock),
                settings,
                Map.of(NoticeKind.INVITATION, NoticesIT::compose),
                random,
                clock);
    }

    private static Composition compose(Notice notice, Caller caller) {
        return new Composed(
                new Recipient(notice.subject(), new EmailAddress(EMAIL)), Map.of("token", "t0ken-" + notice.id()));
    }

    @Test
    void notice_announced_reachesThePlatformsChannelOnce() {
        UUID notice = cause();
        Notices notices = new Notices(queue(NoticeWorker.QUEUE), UUID::randomUUID);
        notices.announce(notice);
        notices.announce(notice);

        Received message = awaitMessage(notice);
        assertThat(message.body().path("token").asText()).isEqualTo("t0ken-" + notice);
        assertThat(message.body().at("/recipient/email").asText()).isEqualTo(EMAIL);
        awaitState(notice, "delivered_at is not null and attempts = 1");
        // What comes after it has been delivered after the second announcement was worked off.
        UUID later = cause();
        notices.announce(later);
        awaitMessage(later);
        assertThat(platform.receiver().received())
                .filteredOn(received -> received.id().equals(notice.toString()))
                .hasSize(1);
        assertThat(platform.text("select string_agg(n::text, '') from notices n"))
                .doesNotContain("t0ken", EMAIL);
        assertThat(platform.text("select count(*) from audit_logs a where a::text like '%t0ken%'"))
                .isEqualTo("0");
    }

    @Test
    void notice_whoseQueueIsAway_isBroughtByTheWatch() throws Exception {
        UUID notice = cause();
        Instant before = Instant.now();
        new Notices(queueThatIsAway(), UUID::randomUUID).announce(notice);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));

        age(notice, "3 minutes");
        platform.fire("NoticeWatch");
        awaitMessage(notice);
        awaitState(notice, "delivered_at is not null");
    }

    @Test
    void notice_thatIsNotTaken_isTriedAgain_andFromThePoisonQueueGivenUpWhenItIsOld() {
        UUID notice = cause();
        platform.receiver().answer(503);
        queue(NoticeWorker.QUEUE).send(notice, Duration.ZERO);
        awaitState(notice, "error = 'answered with 503'");

        queue(NoticeWorker.QUEUE + "-poison").send(notice, Duration.ZERO);
        awaitState(notice, "held_until > now() + interval '5 minutes' and failed_at is null");
        age(notice, "25 hours");
        queue(NoticeWorker.QUEUE + "-poison").send(notice, Duration.ZERO);
        awaitState(notice, "failed_at is not null and delivered_at is null");
    }

    @Test
    void notice_ofAPracticeWithAChannelOfItsOwn_takesNoOther_andNoneOfItsTakesThat() {
        // Its name leads to this machine, so nothing is sent there.
        Answer set = glow.send("PUT", CHANNEL, "{\"url\":\"https://hook" + LoopbackNames.SUFFIX + "/in\"}");
        assertThat(set.status()).isEqualTo(201);
        UUID own = cause();
        UUID others = cause(new PracticeId(UUID.fromString(ApiClient.login(platform.host(), "admin@radiance.example")
                .get("/api/auth/me")
                .text("practiceId"))));
        queue(NoticeWorker.QUEUE).send(own, Duration.ZERO);
        queue(NoticeWorker.QUEUE).send(others, Duration.ZERO);
        awaitMessage(others);
        awaitState(own, "error = 'the host''s name leads to an address that is not of the open Internet'");
        assertThat(platform.receiver().received())
                .noneMatch(received -> received.id().equals(own.toString()));

        assertThat(glow.send("DELETE", CHANNEL, null, "If-Match", set.header("ETag"))
                        .status())
                .isEqualTo(204);
        age(own, "3 minutes");
        platform.fire("NoticeWatch");
        awaitMessage(own);
    }

    @Test
    void channel_isSetReadAndDeletedByAdministratorsAlone() {
        assertThat(glow.get(CHANNEL).status()).isEqualTo(404);
        Answer created = glow.send("PUT", CHANNEL, HOOK);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(CHANNEL);
        assertThat(created.text("secret")).startsWith("whsec_");
        String tag = created.header("ETag");

        Answer read = glow.get(CHANNEL);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo(tag);
        assertThat(read.text("url")).isEqualTo("https://hooks.example.com/in");
        assertThat(read.body().has("secret")).isFalse();
        assertThat(glow.get(CHANNEL, "If-None-Match", tag).status()).isEqualTo(304);

        assertThat(glow.send("PUT", CHANNEL, HOOK).status()).isEqualTo(428);
        assertThat(glow.send("PUT", CHANNEL, HOOK, "If-Match", "\"99\"").status())
                .isEqualTo(412);
        assertThat(glow.send("PUT", CHANNEL, HOOK, "If-Match", "*").status()).isEqualTo(400);
        Answer kept = glow.send("PUT", CHANNEL, HOOK, "If-Match", tag);
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.body().has("secret")).isFalse();
        Answer rotated = glow.send(
                "PUT",
                CHANNEL,
                "{\"url\":\"https://hooks.example.com/in\",\"rotateSecret\":true}",
                "If-Match",
                kept.header("ETag"));
        assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(created.text("secret"));

        assertThat(glow.send("DELETE", CHANNEL, null).status()).isEqualTo(428);
        assertThat(glow.send("DELETE", CHANNEL, null, "If-Match", tag).status()).isEqualTo(412);
        String last = rotated.header("ETag");
        assertThat(glow.send("DELETE", CHANNEL, null, "If-Match", last).status())
                .isEqualTo(204);
        assertThat(glow.send("DELETE", CHANNEL, null, "If-Match", last).status())
                .isEqualTo(204);
        assertThat(glow.get(CHANNEL).status()).isEqualTo(404);
    }

    @Test
    void channel_thatIsNoWebhook_isRefused() {
        for (String url : new String[] {
            "http://hooks.example.com/in",
            "https://127.0.0.1/in",
            "https://localhost/in",
            "https://me@example.com",
            "hooks.example.com"
        }) {
            Answer refused = glow.send("PUT", CHANNEL, ApiClient.write(Map.of("url", url)));
            assertThat(refused.status()).as(url).isEqualTo(400);
            assertThat(refused.response().body()).contains("/url").doesNotContain(url);
        }
        assertThat(glow.send("PUT", CHANNEL, "{\"url\":\"https://hooks.example.com\",\"secret\":\"mine\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void channel_isNobodyElses() {
        assertThat(glow.send("PUT", CHANNEL, HOOK).status()).isEqualTo(201);
        ApiClient radiance = ApiClient.login(platform.host(), "admin@radiance.example");
        assertThat(radiance.get(CHANNEL).status()).isEqualTo(404);
        assertThat(radiance.send("DELETE", CHANNEL, null, "If-Match", "\"1\"").status())
                .isEqualTo(404);
        assertThat(radiance.send("PUT", CHANNEL, HOOK, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        for (String user : new String[] {
            "manager@glow.example", "practitioner@glow.example", "staff@glow.example", DemoPractices.OPERATOR
        }) {
            ApiClient other = ApiClient.login(platform.host(), user);
            assertThat(other.get(CHANNEL).status()).as(user).isEqualTo(403);
            assertThat(other.send("PUT", CHANNEL, HOOK).status()).as(user).isEqualTo(403);
            assertThat(other.send("DELETE", CHANNEL, null, "If-Match", "\"1\"").status())
                    .as(user)
                    .isEqualTo(403);
        }
    }

    private UUID cause() {
        return cause(practice);
    }

    private UUID cause(PracticeId of) {
        UUID notice = Generators.timeBasedEpochRandomGenerator().generate();
        Caller caller = Caller.platform(of, new Origin(null, null, UUID.randomUUID()));
        return app.one(caller, Notices.bind(CAUSE.bind().uuid("subject", UUID.randomUUID()), notice), row -> notice);
    }

    private Received awaitMessage(UUID notice) {
        return platform.awaitMessage(received -> received.id().equals(notice.toString()));
    }

    private void awaitState(UUID notice, String condition) {
        Instant deadline = Instant.now().plusSeconds(30);
        while (!platform.text("select coalesce(%s, false) from notices where id = '%s'".formatted(condition, notice))
                .equals("t")) {
            assertThat(Instant.now()).as(condition).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void age(UUID notice, String interval) {
        platform.database()
                .execute(
                        "update notices set created_at = created_at - interval '%1$s', held_until = held_until - interval '%1$s' where id = '%2$s'"
                                .formatted(interval, notice));
    }

    private static JobQueue queue(String name) {
        return queue(name, SharedAzurite.connectionString());
    }

    private static JobQueue queueThatIsAway() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        return queue(
                NoticeWorker.QUEUE,
                SharedAzurite.connectionString()
                        .replaceAll(
                                "QueueEndpoint=[^;]*",
                                "QueueEndpoint=http://127.0.0.1:" + nobody + "/devstoreaccount1"));
    }

    private static JobQueue queue(String name, String connection) {
        return new JobMessages(() -> client(name, connection));
    }

    private static QueueClient client(String name, String connection) {
        return new QueueClientBuilder()
                .connectionString(connection)
                .queueName(name)
                .messageEncoding(QueueMessageEncoding.BASE64)
                .buildClient();
    }
}
