package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A creation sent more than once. */
class ClientIdempotencyTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM =
            Platform.on(DATABASE, DATABASE.settings(EmbeddedDatabase.APP).withPoolSize(16));

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);
    private final Clients clients = PLATFORM.clients();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void create_sameRequestAgain_answersTheFirstRecordAsItWas() {
        ClientDraft jane = Examples.jane();
        IdempotencyKey key = key("one", "body");
        ClientView first = created(clients.create(admin, jane, key));
        clients.update(admin, first.id(), 1, Examples.patch("{\"notes\": \"changed since\"}"));
        assertThat(clients.create(admin, jane, key)).isEqualTo(new Creation.Replayed<>(first));
        assertThat(PLATFORM.another(DATABASE.settings(EmbeddedDatabase.APP))
                        .clients()
                        .create(admin, jane, key))
                .isEqualTo(new Creation.Replayed<>(first));
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(1);
    }

    @Test
    void create_onlyRequiredFieldsAgain_answersTheFirstRecord() {
        ClientDraft li = Examples.named("Li", "Wu");
        ClientView first = created(clients.create(admin, li, key("one", "body")));
        assertThat(clients.create(admin, li, key("one", "body"))).isEqualTo(new Creation.Replayed<>(first));
    }

    @Test
    void create_sameKeyForAnotherRequest_isAMismatch() {
        created(clients.create(admin, Examples.jane(), key("one", "body")));
        assertThat(clients.create(admin, Examples.jane(), key("one", "other body")))
                .isEqualTo(new Creation.Mismatch<>());
        assertThat(clients.create(admin, Examples.jane(), IdempotencyKey.of("one", "POST /services", "body")))
                .isEqualTo(new Creation.Mismatch<>());
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(1);
    }

    @Test
    void create_againUnderOneKey_isAuditedAsAReadOfTheFirstRecord() {
        ClientView first = created(clients.create(admin, Examples.jane(), key("one", "body")));
        Caller again = new Caller(
                glow,
                admin.user(),
                admin.role(),
                admin.session(),
                new Origin("203.0.113.77", "curl/9", UUID.randomUUID()));
        assertThat(clients.create(again, Examples.jane(), key("one", "body"))).isInstanceOf(Creation.Replayed.class);
        assertThat(clients.create(again, Examples.jane(), key("one", "other body")))
                .isInstanceOf(Creation.Mismatch.class);
        String read = "READ|clients|" + first.id() + "|203.0.113.77|curl/9|"
                + again.origin().requestId() + "|{\"replay\": true}";
        assertThat(PLATFORM.rows("""
                select action, table_name, record_id, ip_address, user_agent, request_id, details
                from audit_logs
                where practice_id = ? and user_id = ? and action <> 'CREATE'""", glow.value(), admin.user())).containsExactly(read, read);
        assertThat(PLATFORM.audited(first.id())).containsExactly("CREATE", "READ", "READ");
    }

    @Test
    void create_againUnderAKeyWhoseTimeIsOver_keepsTheSecondRecordsId() {
        ClientView first = created(clients.create(admin, Examples.jane(), key("one", "body")));
        PLATFORM.execute("update idempotency_keys set expires_at = now() - interval '1 second' where practice_id = '%s'"
                .formatted(glow));
        ClientView second = created(clients.create(admin, Examples.jane(), key("one", "body")));
        clients.create(admin, Examples.jane(), key("one", "body"));
        assertThat(PLATFORM.audited(first.id())).containsExactly("CREATE");
        assertThat(PLATFORM.audited(second.id())).containsExactly("CREATE", "READ");
    }

    @Test
    void create_sameKeyOfAnotherUserOrPractice_isARequestOfItsOwn() {
        created(clients.create(admin, Examples.jane(), key("one", "body")));
        created(clients.create(Examples.admin(glow), Examples.jane(), key("one", "body")));
        created(clients.create(Examples.admin(PLATFORM.practice("radiance")), Examples.jane(), key("one", "body")));
        Caller sameUserElsewhere =
                new Caller(PLATFORM.practice("radiance"), admin.user(), admin.role(), admin.session(), admin.origin());
        created(clients.create(sameUserElsewhere, Examples.jane(), key("one", "body")));
    }

    @Test
    void create_afterTheKeysTime_isANewRequest() {
        created(clients.create(admin, Examples.jane(), key("one", "body")));
        PLATFORM.execute("update idempotency_keys set expires_at = now() - interval '1 second' where practice_id = '%s'"
                .formatted(glow));
        ClientView second = created(clients.create(admin, Examples.jane(), key("one", "other body")));
        assertThat(clients.create(admin, Examples.jane(), key("one", "other body")))
                .isEqualTo(new Creation.Replayed<>(second));
        assertThat(PLATFORM.rows("""
                select expires_at - created_at, expires_at > now() + interval '23 hours'
                from idempotency_keys
                where practice_id = ?""", glow.value())).containsExactly("1 day|t");
    }

    @Test
    void create_firstRefusedForItsEmail_leavesTheKeyFree() {
        created(clients.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        assertThat(clients.create(admin, Examples.named("Ann", "Two", "ann@example.com"), key("one", "body")))
                .isEqualTo(new Creation.Taken<>("/email"));
        created(clients.create(admin, Examples.named("Ann", "Two", "ann.two@example.com"), key("one", "better body")));
    }

    @Test
    void create_requestThatCarriesTheSameRequestIdTwice_isStillARepeat() {
        ClientDraft jane = Examples.jane();
        ClientView first = created(clients.create(admin, jane, key("one", "body")));
        Caller again = new Caller(glow, admin.user(), admin.role(), admin.session(), admin.origin());
        assertThat(clients.create(again, jane, key("one", "body"))).isEqualTo(new Creation.Replayed<>(first));
    }

    @Test
    void create_16TimesAtOnceUnderEachOf20Keys_takesEffectOnceForEach() throws Exception {
        Map<String, UUID> winners = new ConcurrentHashMap<>();
        AtomicInteger created = new AtomicInteger();
        AtomicInteger replayed = new AtomicInteger();
        AtomicInteger mismatched = new AtomicInteger();
        try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "key-" + i;
                ClientDraft draft = Examples.jane();
                for (int j = 0; j < 16; j++) {
                    // The last of each sixteen is another request.
                    IdempotencyKey key = key(name, j == 15 ? "other" : "body");
                    all.add(executor.submit(() -> {
                        switch (clients.create(admin, draft, key)) {
                            case Creation.Created<ClientView>(ClientView client) -> {
                                created.incrementAndGet();
                                assertThat(winners.put(name, client.id())).isNull();
                            }
                            case Creation.Replayed<ClientView>(ClientView client) -> replayed.incrementAndGet();
                            case Creation.Mismatch<ClientView>() -> mismatched.incrementAndGet();
                            case Creation<ClientView> other -> throw new AssertionError(other.toString());
                        }
                    }));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(created).hasValue(20);
        assertThat(created.get() + replayed.get() + mismatched.get()).isEqualTo(320);
        assertThat(replayed.get() + mismatched.get()).isEqualTo(300);
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(20);
        assertThat(PLATFORM.rows("select count(*) from client_keys where practice_id = ?", glow.value()))
                .containsExactly("20");
        assertThat(PLATFORM.rows(
                        "select action, count(*) from audit_logs where practice_id = ? and table_name = 'clients' group by 1",
                        glow.value()))
                .containsExactlyInAnyOrder("CREATE|20", "READ|300");
    }

    @Test
    void create_repeatOfARequestThatDoesNotEnd_isInProgress() throws SQLException {
        DatabaseSettings impatient = DATABASE.settings(EmbeddedDatabase.APP)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(15));
        Clients waiting = PLATFORM.another(impatient).clients();
        created(waiting.create(admin, Examples.jane()));
        try (Connection slow = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("""
                    insert into idempotency_keys (practice_id, user_id, key, request_id, response, expires_at)
                    values ('%s', '%s', 'slow', gen_random_uuid(), '', now() + interval '1 day')""".formatted(glow, admin.user()));
            assertThat(waiting.create(admin, Examples.jane(), key("slow", "body")))
                    .isEqualTo(new Creation.InProgress<>());
            slow.rollback();
        }
        created(waiting.create(admin, Examples.jane(), key("slow", "body")));
    }

    @Test
    void create_otherCreationOfTheSameEmailThatDoesNotEnd_isBusyWithoutAKey() throws SQLException {
        DatabaseSettings impatient = DATABASE.settings(EmbeddedDatabase.APP)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(15));
        Clients waiting = PLATFORM.another(impatient).clients();
        ClientView ann = created(waiting.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        try (Connection slow = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(
                    "update clients set email_search = 'bob@example.com' where id = '%s'".formatted(ann.id()));
            assertThatThrownBy(() -> waiting.create(admin, Examples.named("Bob", "One", "bob@example.com")))
                    .isInstanceOf(DatabaseBusy.class);
            slow.rollback();
        }
    }

    @Test
    void keptAnswer_movedToAnotherKey_failsClosed() {
        ClientView jane = created(clients.create(admin, Examples.jane(), key("one", "body")));
        created(clients.create(admin, Examples.jane(), key("two", "body")));
        PLATFORM.execute("""
                update idempotency_keys set response = (select response from idempotency_keys where key = 'one' and practice_id = '%1$s')
                where key = 'two' and practice_id = '%1$s'""".formatted(glow));
        assertThatThrownBy(() -> clients.create(admin, Examples.jane(), key("two", "body")))
                .isInstanceOf(TamperedCiphertext.class);
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(jane);
    }

    private static IdempotencyKey key(String value, String body) {
        return IdempotencyKey.of(value, "POST /clients", body);
    }
}
