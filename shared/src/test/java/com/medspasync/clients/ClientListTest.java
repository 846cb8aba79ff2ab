package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.names;
import static com.medspasync.clients.Outcomes.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientListTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final Caller admin = Examples.admin(PLATFORM.practice("glow"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void findAll_inEachOrder_sortsByItAndThenById() {
        List<ClientView> made = new ArrayList<>();
        for (String name : new String[] {"Zoe/Adams", "Amy/adams", "Bob/Ádams", "Al/Young", "Al/young"}) {
            String[] parts = name.split("/", -1);
            made.add(created(clients.create(admin, Examples.named(parts[0], parts[1]))));
        }
        assertThat(names(clients.findAll(admin, ordered(ClientOrder.CREATED_ASCENDING))))
                .containsExactly("Zoe Adams", "Amy adams", "Bob Ádams", "Al Young", "Al young");
        assertThat(names(clients.findAll(admin, ordered(ClientOrder.CREATED_DESCENDING))))
                .containsExactly("Al young", "Al Young", "Bob Ádams", "Amy adams", "Zoe Adams");
        // To the order the two Youngs have one name: their ids decide.
        boolean inOrder = made.get(3).id().toString().compareTo(made.get(4).id().toString()) < 0;
        String first = inOrder ? "Al Young" : "Al young";
        String second = inOrder ? "Al young" : "Al Young";
        assertThat(names(clients.findAll(admin, ordered(ClientOrder.LAST_NAME_ASCENDING))))
                .containsExactly("Amy adams", "Bob Ádams", "Zoe Adams", first, second);
        assertThat(names(clients.findAll(admin, ordered(ClientOrder.LAST_NAME_DESCENDING))))
                .containsExactly(second, first, "Zoe Adams", "Bob Ádams", "Amy adams");
    }

    @ParameterizedTest
    @EnumSource(ClientOrder.class)
    void findAll_pageByPageWithEqualKeys_isTheWholeListInOrder(ClientOrder order) {
        for (int i = 0; i < 11; i++) {
            created(clients.create(admin, Examples.named("Same", i % 2 == 0 ? "Even" : "Odd")));
        }
        // Rows of one statement have one time: the id has to tell them apart.
        PLATFORM.execute("update clients set created_at = date_trunc('day', created_at) where practice_id = '%s'"
                .formatted(admin.practice()));
        List<UUID> whole = ids(clients.findAll(admin, ordered(order)));
        assertThat(whole).hasSize(11);
        for (int top : new int[] {1, 3, 10, 11}) {
            assertThat(byPages(new ClientFilter(null, null, null, order, top, null)))
                    .isEqualTo(whole);
        }
        if (order == ClientOrder.CREATED_DESCENDING || order == ClientOrder.LAST_NAME_DESCENDING) {
            ClientOrder opposite = order == ClientOrder.CREATED_DESCENDING
                    ? ClientOrder.CREATED_ASCENDING
                    : ClientOrder.LAST_NAME_ASCENDING;
            List<UUID> reversed = new ArrayList<>(ids(clients.findAll(admin, ordered(opposite))));
            Collections.reverse(reversed);
            assertThat(reversed).isEqualTo(whole);
        }
    }

    @Test
    void findAll_whileClientsComeAndGo_neitherRepeatsNorSkips() {
        List<UUID> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            first.add(created(clients.create(admin, Examples.named("A", "B"))).id());
        }
        ClientFilter twos = new ClientFilter(null, null, null, ClientOrder.CREATED_ASCENDING, 2, null);
        Listing.Page<ClientSummaryView> page = page(clients.findAll(admin, twos));
        List<UUID> seen = new ArrayList<>(ids(page));
        clients.delete(admin, first.get(1), 1);
        clients.delete(admin, first.get(2), 1);
        UUID late = created(clients.create(admin, Examples.named("A", "B"))).id();
        while (page.next() != null) {
            page = page(clients.findAll(admin, twos.from(page.next())));
            seen.addAll(ids(page));
        }
        assertThat(seen).containsExactly(first.get(0), first.get(1), first.get(3), first.get(4), first.get(5), late);
    }

    @Test
    void findAll_byStatusAndTime_showsAndCountsOnlyThose() {
        ClientView vip =
                created(clients.create(admin, Examples.withStatus(Examples.named("V", "One"), ClientStatus.VIP)));
        ClientView active = created(clients.create(admin, Examples.named("A", "Two")));
        ClientView late =
                created(clients.create(admin, Examples.withStatus(Examples.named("V", "Three"), ClientStatus.VIP)));
        Instant from = active.createdAt();
        Instant to = late.createdAt();
        for (ClientOrder order : ClientOrder.values()) {
            assertThat(found(ClientStatus.VIP, null, null, order)).containsExactlyInAnyOrder(vip.id(), late.id());
            assertThat(found(null, from, null, order)).containsExactlyInAnyOrder(active.id(), late.id());
            assertThat(found(null, null, to, order)).containsExactlyInAnyOrder(vip.id(), active.id());
            assertThat(found(null, from, to, order)).containsExactly(active.id());
            assertThat(found(ClientStatus.VIP, from, to.plus(1, ChronoUnit.MICROS), order))
                    .containsExactly(late.id());
            assertThat(found(ClientStatus.INACTIVE, null, null, order)).isEmpty();
        }
    }

    @Test
    void findAll_cursorOfAnotherOrder_isRefused() {
        created(clients.create(admin, Examples.named("A", "B")));
        created(clients.create(admin, Examples.named("A", "B")));
        ClientFilter byTime = new ClientFilter(null, null, null, ClientOrder.CREATED_ASCENDING, 1, null);
        String next = page(clients.findAll(admin, byTime)).next();
        assertThat(next).isNotNull();
        ClientFilter byName = new ClientFilter(null, null, null, ClientOrder.LAST_NAME_ASCENDING, 1, next);
        assertThat(clients.findAll(admin, byName)).isEqualTo(new Listing.BadCursor<>());
    }

    @Test
    void findAll_cursorOfOtherFilters_isRefused() {
        created(clients.create(admin, Examples.named("A", "B")));
        created(clients.create(admin, Examples.named("A", "B")));
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        Instant inLongTime = Instant.parse("2100-01-01T00:00:00Z");
        for (ClientOrder order : ClientOrder.values()) {
            ClientFilter asked = new ClientFilter(ClientStatus.ACTIVE, longAgo, null, order, 1, null);
            String next = page(clients.findAll(admin, asked)).next();
            assertThat(next).isNotNull();
            assertThat(clients.findAll(admin, asked.from(next))).isInstanceOf(Listing.Page.class);
            assertThat(clients.findAll(admin, new ClientFilter(ClientStatus.ACTIVE, longAgo, null, order, 2, next)))
                    .isInstanceOf(Listing.Page.class);
            for (ClientFilter other : List.of(
                    new ClientFilter(ClientStatus.VIP, longAgo, null, order, 1, next),
                    new ClientFilter(null, longAgo, null, order, 1, next),
                    new ClientFilter(ClientStatus.ACTIVE, null, null, order, 1, next),
                    new ClientFilter(ClientStatus.ACTIVE, null, longAgo, order, 1, next),
                    new ClientFilter(ClientStatus.ACTIVE, longAgo, inLongTime, order, 1, next))) {
                assertThat(clients.findAll(admin, other)).isEqualTo(new Listing.BadCursor<>());
            }
        }
    }

    @Test
    void findAll_anyPage_isAuditedWithTheRecordsItShowedAndNotTheOneBeyond() {
        List<UUID> created = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            created.add(created(clients.create(admin, Examples.named("A", "B"))).id());
        }
        Caller reader = Examples.admin(admin.practice());
        clients.findAll(reader, new ClientFilter(null, Instant.EPOCH, null, ClientOrder.CREATED_ASCENDING, 2, null));
        assertThat(PLATFORM.rows("""
                select action, record_id, table_name, ip_address, user_agent, request_id, details
                from audit_logs
                where user_id = ?""", reader.user()))
                .containsExactly("READ|null|clients|203.0.113.9|curl/8|"
                        + reader.origin().requestId() + "|{\"shown\": 2, \"criteria\": [\"createdFrom\"]}");
        assertThat(PLATFORM.rows("""
                select s.record_id
                from audit_subjects s join audit_logs l on l.practice_id = s.practice_id and l.id = s.audit_id and l.timestamp = s.at
                where l.user_id = ?
                order by 1""", reader.user()))
                .containsExactly(created.get(0).toString(), created.get(1).toString());
    }

    private List<UUID> found(
            @Nullable ClientStatus status, @Nullable Instant from, @Nullable Instant to, ClientOrder order) {
        ClientFilter filter = new ClientFilter(status, from, to, order, 100, null);
        List<UUID> shown = ids(clients.findAll(admin, filter));
        assertThat(clients.count(admin, filter)).isEqualTo(shown.size());
        return shown;
    }

    private List<UUID> byPages(ClientFilter filter) {
        Listing.Page<ClientSummaryView> page = page(clients.findAll(admin, filter));
        List<UUID> all = new ArrayList<>(ids(page));
        while (page.next() != null) {
            page = page(clients.findAll(admin, filter.from(page.next())));
            all.addAll(ids(page));
        }
        return all;
    }

    private static ClientFilter ordered(ClientOrder order) {
        return new ClientFilter(null, null, null, order, 100, null);
    }

    private static List<UUID> ids(Listing<ClientSummaryView> listing) {
        return page(listing).items().stream().map(ClientSummaryView::id).toList();
    }
}
