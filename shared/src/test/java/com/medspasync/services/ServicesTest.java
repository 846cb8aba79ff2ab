package com.medspasync.services;

import static com.medspasync.services.Examples.created;
import static com.medspasync.services.Examples.items;
import static com.medspasync.services.Examples.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Faults;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ServicesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = com.medspasync.clients.Examples.admin(glow);
    private final Services services = Examples.on(PLATFORM);

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void everyOperation_takesOneRoundTrip() {
        created(services.create(admin, Examples.facial(), key("warm")));
        for (int i = 0; i < 12; i++) {
            IdempotencyKey key = key("key " + i);
            ServiceDraft draft = Examples.facial();
            assertThat(trips(() -> services.create(admin, draft, key))).isEqualTo(1);
            assertThat(trips(() -> services.create(admin, draft, key))).isEqualTo(1);
            UUID id = created(services.create(admin, draft)).id();
            assertThat(trips(() -> services.findById(admin, id))).isEqualTo(1);
            assertThat(trips(() -> services.findAll(admin, ServiceFilter.all())))
                    .isEqualTo(1);
            assertThat(trips(() -> services.update(admin, id, 1, patch("{\"price\":1}"))))
                    .isEqualTo(1);
            assertThat(trips(() -> services.delete(admin, id, 2))).isEqualTo(1);
            assertThat(trips(() -> services.restore(admin, id))).isEqualTo(1);
        }
    }

    @Test
    void read_wrongInEveryField_namesThemAll() {
        assertThat(Faults.of(ServiceDraft::read, """
                        {"name":" ","description":7,"duration":0,"bufferBefore":-1,"bufferAfter":1441,"price":1.005,"active":"yes","x":1}"""))
                .containsExactlyInAnyOrder(
                        "/name blank",
                        "/category required",
                        "/description type",
                        "/duration range",
                        "/bufferBefore range",
                        "/bufferAfter range",
                        "/price format",
                        "/active type",
                        "/x unknown");
        assertThat(Faults.of(ServicePatch::read, """
                        {"name":null,"category":null,"description":null,"duration":null,"bufferBefore":null,"bufferAfter":null,"price":-1,"active":null}"""))
                .containsExactlyInAnyOrder(
                        "/name required",
                        "/category required",
                        "/duration required",
                        "/bufferBefore required",
                        "/bufferAfter required",
                        "/price range",
                        "/active required");
    }

    @Test
    void create_theLeast_isActiveAndHasNoBuffers() {
        ServiceDraft least = switch (ServiceDraft.read(
                Examples.fields("{\"name\":\"Peel\",\"category\":\"Skin\",\"duration\":45,\"price\":99.5}"))) {
            case com.medspasync.input.Parsed.Valid<ServiceDraft>(ServiceDraft draft) -> draft;
            case com.medspasync.input.Parsed.Invalid<ServiceDraft> invalid -> throw new AssertionError();
        };
        Service peel = created(services.create(admin, least));
        assertThat(peel)
                .extracting(Service::bufferBefore, Service::bufferAfter, Service::active, Service::description)
                .containsExactly(0, 0, true, null);
        assertThat(peel.price()).hasToString("99.50");
        assertThat(services.findById(admin, peel.id())).isEqualTo(new Lookup.Found<>(peel));
    }

    @Test
    void update_someFields_keepsTheOthers() {
        Service before = created(services.create(admin, Examples.facial()));
        assertThat(services.update(admin, before.id(), 1, patch("{\"description\":null,\"active\":false}")))
                .isInstanceOfSatisfying(
                        Update.Updated.class,
                        updated -> assertThat(updated.value())
                                .usingRecursiveComparison()
                                .ignoringFields("updatedAt")
                                .isEqualTo(new Service(
                                        before.id(),
                                        before.name(),
                                        before.category(),
                                        null,
                                        before.duration(),
                                        before.bufferBefore(),
                                        before.bufferAfter(),
                                        before.price(),
                                        false,
                                        2,
                                        before.createdAt(),
                                        before.updatedAt())));
    }

    @Test
    void create_sameNameTwice_makesTwo() {
        ServiceDraft facial = Examples.facial();
        assertThat(created(services.create(admin, facial)).id())
                .isNotEqualTo(created(services.create(admin, facial)).id());
    }

    @Test
    void create_underOneKeyBy16AtOnce_makesOne() throws Exception {
        ServiceDraft draft = Examples.facial();
        IdempotencyKey key = key("one");
        List<Creation<Service>> all;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Creation<Service>>> futures = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> services.create(admin, draft, key)))
                    .toList();
            all = new java.util.ArrayList<>();
            for (Future<Creation<Service>> future : futures) {
                all.add(future.get());
            }
        }
        Service first = all.stream()
                .filter(Creation.Created.class::isInstance)
                .map(Examples::created)
                .reduce((one, another) -> {
                    throw new AssertionError("made twice");
                })
                .orElseThrow();
        assertThat(all.stream().filter(one -> !(one instanceof Creation.Created)))
                .hasSize(15)
                .allSatisfy(one -> assertThat(one).isEqualTo(new Creation.Replayed<>(first)));
        assertThat(services.count(admin, ServiceFilter.all())).isEqualTo(1);
        assertThat(services.create(admin, draft, IdempotencyKey.of("one", "POST /services", "other")))
                .isEqualTo(new Creation.Mismatch<>());
    }

    @Test
    void findAll_byFiltersAndOrders_showsThoseInThatOrder() {
        created(services.create(admin, Examples.named("Peel", "Skin", true)));
        created(services.create(admin, Examples.named("Botox", "Injectables", true)));
        created(services.create(admin, Examples.named("Facial", "Skin", false)));
        assertThat(names(null, null, ServiceOrder.NAME_ASCENDING)).containsExactly("Botox", "Facial", "Peel");
        assertThat(names(null, null, ServiceOrder.NAME_DESCENDING)).containsExactly("Peel", "Facial", "Botox");
        assertThat(names(null, null, ServiceOrder.CREATED_ASCENDING)).containsExactly("Peel", "Botox", "Facial");
        assertThat(names(null, null, ServiceOrder.CREATED_DESCENDING)).containsExactly("Facial", "Botox", "Peel");
        assertThat(names("Skin", null, ServiceOrder.NAME_ASCENDING)).containsExactly("Facial", "Peel");
        assertThat(names("Skin", true, ServiceOrder.NAME_ASCENDING)).containsExactly("Peel");
        assertThat(services.count(admin, new ServiceFilter("Skin", null, ServiceOrder.NAME_ASCENDING, 1, null)))
                .isEqualTo(2);
    }

    @Test
    void findAll_pageAfterPage_inEveryOrder_showsEachOnce() {
        for (int i = 0; i < 5; i++) {
            created(services.create(admin, Examples.named("Same", "Skin", true)));
        }
        for (ServiceOrder order : ServiceOrder.values()) {
            List<Service> shown = new java.util.ArrayList<>();
            String cursor = null;
            do {
                if (services.findAll(admin, new ServiceFilter(null, null, order, 2, cursor))
                        instanceof Listing.Page<Service>(List<Service> items, String next)) {
                    shown.addAll(items);
                    cursor = next;
                }
            } while (cursor != null);
            assertThat(shown).hasSize(5).doesNotHaveDuplicates();
        }
    }

    @Test
    void delete_withAppointmentsToCome_isRefusedAndSaysHowMany() {
        UUID service = created(services.create(admin, Examples.facial())).id();
        UUID staff = Booking.staff(PLATFORM, glow);
        Booking.of(PLATFORM, glow, service, staff, -3, true);
        Booking.of(PLATFORM, glow, service, staff, 5, false);
        Booking.of(PLATFORM, glow, service, staff, 30, true);
        Booking.of(PLATFORM, glow, service, staff, 40, true);
        assertThat(services.delete(admin, service, 2)).isEqualTo(new Deletion.Stale());
        assertThat(services.delete(admin, service, 1)).isEqualTo(new Deletion.Booked(2));
        assertThat(services.update(admin, service, 1, patch("{\"active\":false}")))
                .isInstanceOf(Update.Updated.class);
        PLATFORM.execute("update staff_bookings set blocking = false where practice_id = '%s'".formatted(glow));
        assertThat(services.delete(admin, service, 2)).isEqualTo(new Deletion.Deleted());
    }

    @Test
    void restore_deletedOrNot_isThereAgain() {
        Service facial = created(services.create(admin, Examples.facial()));
        assertThat(services.restore(admin, facial.id())).isEqualTo(new Restoration.Restored<>(facial));
        services.delete(admin, facial.id(), 1);
        assertThat(services.restore(admin, facial.id())).isInstanceOf(Restoration.Restored.class);
        assertThat(services.findById(admin, facial.id()))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(((Service) found.value()).version()).isEqualTo(3));
        assertThat(services.restore(admin, UUID.randomUUID())).isEqualTo(new Restoration.Missing<>());
        Caller stranger = com.medspasync.clients.Examples.admin(PLATFORM.practice("radiance"));
        assertThat(services.restore(stranger, facial.id())).isEqualTo(new Restoration.Missing<>());
    }

    private List<String> names(
            @org.jspecify.annotations.Nullable String category,
            @org.jspecify.annotations.Nullable Boolean active,
            ServiceOrder order) {
        return items(services.findAll(admin, new ServiceFilter(category, active, order, 50, null))).stream()
                .map(Service::name)
                .toList();
    }

    private static int trips(Runnable operation) {
        return Math.toIntExact(WIRE.during(operation).count());
    }

    private static IdempotencyKey key(String value) {
        return IdempotencyKey.of(value.replace(' ', '-'), "POST /services", "body");
    }
}
