package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.history;
import static com.medspasync.clients.Outcomes.page;
import static com.medspasync.clients.Outcomes.restored;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How often each operation speaks to the database, on one connection, twelve times over: from the sixth on the driver has the
 * statement prepared in the server, which is where a round trip may split in two.
 */
class ClientRoundTripsTest {

    private static final int TIMES = 12;
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM =
            Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP).withPoolSize(1));
    private static final PracticeId GLOW = PLATFORM.practice("glow");
    private static final Caller ADMIN = Examples.admin(GLOW);

    private final Clients clients = PLATFORM.clients();

    @BeforeEach
    void warmUp() {
        created(clients.create(ADMIN, Examples.jane()));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void create_takesOneRoundTrip() {
        oneTrip(() -> created(clients.create(ADMIN, Examples.jane())));
    }

    @Test
    void create_underAnIdempotencyKeyAndItsRepeat_takesOneRoundTripEach() {
        for (int i = 0; i < TIMES; i++) {
            ClientDraft jane = Examples.jane();
            IdempotencyKey key = IdempotencyKey.of("trip-" + i, "POST /clients", "body " + i);
            oneTripOnce(() -> clients.create(ADMIN, jane, key));
            oneTripOnce(() -> clients.create(ADMIN, jane, key));
        }
    }

    @Test
    void findById_takesOneRoundTripWhateverItFinds() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        oneTrip(() -> clients.findById(ADMIN, jane.id()));
        clients.delete(ADMIN, jane.id(), 1);
        oneTrip(() -> assertThat(clients.findById(ADMIN, jane.id())).isEqualTo(new Lookup.Gone<>()));
        oneTrip(() -> assertThat(clients.findById(ADMIN, GLOW.value())).isEqualTo(new Lookup.Missing<>()));
    }

    @Test
    void update_ofAnEncryptedFieldOfAClientSeenBefore_takesOneRoundTrip() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        for (int i = 1; i <= TIMES; i++) {
            int version = i;
            oneTripOnce(() -> updated(
                    clients.update(ADMIN, jane.id(), version, Examples.patch("{\"notes\": \"" + version + "\"}"))));
        }
    }

    @Test
    void update_ofAWholeRecordSeenBefore_takesOneRoundTrip() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        for (int i = 1; i <= TIMES; i++) {
            int version = i;
            ClientDraft other = Examples.jane();
            oneTripOnce(() -> updated(clients.replace(ADMIN, jane.id(), version, other)));
        }
    }

    @Test
    void update_byAProcessThatHasNotSeenTheClient_takesOneMoreForAnEncryptedFieldOnly() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        Clients plain = PLATFORM.clients();
        oneTripOnce(() -> updated(plain.update(ADMIN, jane.id(), 1, Examples.patch("{\"status\": \"ACTIVE\"}"))));
        Clients cold = PLATFORM.clients();
        assertThat(WIRE.during(() -> updated(cold.update(ADMIN, jane.id(), 2, Examples.patch("{\"notes\": \"x\"}"))))
                        .count())
                .isEqualTo(2);
        oneTripOnce(() -> updated(cold.update(ADMIN, jane.id(), 3, Examples.patch("{\"notes\": \"y\"}"))));
    }

    @Test
    void update_ofAPartOfANestedObject_takesOneMore() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        ClientPatch part = Examples.patch("{\"address\": {\"city\": \"Albany\"}}");
        assertThat(WIRE.during(() -> updated(clients.update(ADMIN, jane.id(), 1, part)))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void update_ofHalfOfWhatIsIndexedTogether_takesOneMoreAndOfBothHalvesNone() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        String[] halves = {"{\"lastName\": \"Roe\"}", "{\"dateOfBirth\": \"1990-01-01\"}"};
        int version = 1;
        for (String half : halves) {
            int known = version++;
            assertThat(WIRE.during(() -> updated(clients.update(ADMIN, jane.id(), known, Examples.patch(half))))
                            .count())
                    .isEqualTo(2);
        }
        for (int i = 0; i < TIMES; i++) {
            int known = version++;
            oneTripOnce(() -> updated(clients.update(
                    ADMIN,
                    jane.id(),
                    known,
                    Examples.patch("{\"lastName\": \"Roe\", \"dateOfBirth\": \"1990-01-0" + (1 + known % 9) + "\"}"))));
        }
        int known = version;
        oneTripOnce(() -> updated(
                clients.update(ADMIN, jane.id(), known, Examples.patch("{\"dateOfBirth\": null, \"ssn\": null}"))));
    }

    @Test
    void update_ofWhatIsNotIndexed_takesOneRoundTripAlsoWhenTheVersionsInServiceHaveChanged() {
        PracticeId radiance = PLATFORM.practice("radiance");
        Caller admin = Examples.admin(radiance);
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(radiance, 2);
        oneTripOnce(() -> updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\"}"))));
        oneTripOnce(() -> created(clients.create(admin, Examples.named("Li", "Wu"))));
        // Refused, looked up, and done.
        assertThat(WIRE.during(() -> created(clients.create(admin, Examples.jane())))
                        .count())
                .isEqualTo(3);
    }

    @Test
    void deleteAndRestore_takeOneRoundTripEach() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        for (int i = 0; i < TIMES; i++) {
            int version = 1 + 2 * i;
            oneTripOnce(
                    () -> assertThat(clients.delete(ADMIN, jane.id(), version)).isEqualTo(new Deletion.Deleted()));
            oneTripOnce(
                    () -> assertThat(clients.delete(ADMIN, jane.id(), version)).isEqualTo(new Deletion.Deleted()));
            oneTripOnce(() -> restored(clients.restore(ADMIN, jane.id())));
            oneTripOnce(() -> restored(clients.restore(ADMIN, jane.id())));
        }
    }

    @Test
    void findAll_takesOneRoundTripInEveryOrderOnEveryPage() {
        created(clients.create(ADMIN, Examples.named("A", "B")));
        for (ClientOrder order : ClientOrder.values()) {
            for (@Nullable ClientStatus status : new @Nullable ClientStatus[] {null, ClientStatus.VIP}) {
                ClientFilter first = new ClientFilter(status, null, null, order, 1, null);
                String next = page(clients.findAll(ADMIN, first)).next();
                oneTrip(() -> page(clients.findAll(ADMIN, first)));
                if (next != null) {
                    oneTrip(() -> page(clients.findAll(ADMIN, first.from(next))));
                }
            }
        }
        oneTrip(() -> clients.count(ADMIN, ClientFilter.all()));
    }

    @Test
    void search_takesOneRoundTripByEveryCriterion() {
        ClientDraft jane = Examples.jane();
        ClientView stored = created(clients.create(ADMIN, jane));
        for (ClientSearch search : new ClientSearch[] {
            ClientSearch.byName("obr"),
            ClientSearch.byName("jane obr"),
            ClientSearch.bySound("jain obrian"),
            new ClientSearch(null, null, jane.email(), null, 10, null),
            new ClientSearch(null, null, null, jane.phone(), 10, null),
            new ClientSearch("jane", null, jane.email(), jane.phone(), 10, null),
            new ClientSearch(null, "jain", null, jane.phone(), 10, null),
            new ClientSearch(null, "jain", jane.email(), null, 10, null),
            ClientSearch.bySsn(Objects.requireNonNull(jane.ssn())),
            ClientSearch.byBirth(Objects.requireNonNull(jane.dateOfBirth()), jane.lastName())
        }) {
            assertThat(page(clients.search(ADMIN, search)).items())
                    .extracting(ClientSummaryView::id)
                    .contains(stored.id());
            oneTrip(() -> page(clients.search(ADMIN, search)));
        }
    }

    @Test
    void history_takesOneRoundTrip() {
        ClientView jane = created(clients.create(ADMIN, Examples.jane()));
        oneTrip(() -> history(clients.history(ADMIN, jane.id(), 10, null)));
    }

    private static void oneTrip(Runnable work) {
        for (int i = 0; i < TIMES; i++) {
            oneTripOnce(work);
        }
    }

    private static void oneTripOnce(Runnable work) {
        WireCounter.Trips trips = WIRE.during(work);
        assertThat(trips.count()).isEqualTo(1);
        assertThat(trips.requests()).isEqualTo(1);
    }
}
