package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.restored;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.PersonName;
import com.medspasync.crypto.IndexKey;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is written to the slots of the blind indexes, and what they keep unique. */
class ClientIndexesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow).withPurpose(PurposeOfUse.OPERATIONS);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void create_withNumberAndBirth_writesTheSlotsOfTheVersionInService() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(slots(jane)).containsExactly(ssnIndex(jane, 1), null, birthIndex(jane, 1), null);
        assertThat(Objects.requireNonNull(slots(jane).get(0))).hasSize(2 + 2 * 32);
        // Nine bits: the last seven are zero.
        assertThat(Objects.requireNonNull(slots(jane).get(2)))
                .hasSize(2 + 2 * 2)
                .matches(".*[08]0");
    }

    @Test
    void create_withoutThem_leavesTheSlotsEmpty() {
        assertThat(slots(created(clients.create(admin, Examples.named("Li", "Wu")))))
                .containsExactly(null, null, null, null);
    }

    @Test
    void update_ofNumberBirthOrName_movesTheIndexes() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView renamed = updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"lastName\": \"Roe\"}")));
        assertThat(slots(renamed)).containsExactly(ssnIndex(jane, 1), null, birthIndex(renamed, 1), null);
        ClientView reborn =
                updated(clients.update(admin, jane.id(), 2, Examples.patch("{\"dateOfBirth\": \"1990-12-31\"}")));
        assertThat(slots(reborn)).containsExactly(ssnIndex(jane, 1), null, birthIndex(reborn, 1), null);
        ClientView renumbered =
                updated(clients.update(admin, jane.id(), 3, Examples.patch("{\"ssn\": \"899-01-0001\"}")));
        assertThat(slots(renumbered)).containsExactly(ssnIndex(renumbered, 1), null, birthIndex(reborn, 1), null);
        ClientView both = updated(clients.update(
                admin, jane.id(), 4, Examples.patch("{\"dateOfBirth\": \"1991-01-01\", \"lastName\": \"Doe\"}")));
        assertThat(slots(both)).containsExactly(ssnIndex(both, 1), null, birthIndex(both, 1), null);
        assertThat(List.of(birthIndex(jane, 1), birthIndex(renamed, 1), birthIndex(reborn, 1), birthIndex(both, 1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void update_thatClearsThem_clearsTheSlots() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView bare =
                updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"ssn\": null, \"dateOfBirth\": null}")));
        assertThat(slots(bare)).containsExactly(null, null, null, null);
        ClientView renamed = updated(clients.update(admin, jane.id(), 2, Examples.patch("{\"lastName\": \"Roe\"}")));
        assertThat(slots(renamed)).containsExactly(null, null, null, null);
    }

    @Test
    void update_ofOtherFields_leavesTheSlots() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        updated(clients.update(
                admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\", \"firstName\": \"Joan\", \"phone\": null}")));
        assertThat(slots(jane)).containsExactly(ssnIndex(jane, 1), null, birthIndex(jane, 1), null);
    }

    @Test
    void create_numberOfALiveClient_isTaken() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(clients.create(admin, Examples.withSsn(Examples.jane(), new Ssn(digits(jane)))))
                .isEqualTo(new Creation.Taken<>("/ssn"));
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(1);
    }

    @Test
    void create_numberOfADeletedClientOrOfAnotherPractice_isFree() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Caller radiance = Examples.admin(PLATFORM.practice("radiance"));
        created(clients.create(radiance, Examples.withSsn(Examples.jane(), new Ssn(digits(jane)))));
        assertThat(clients.delete(admin, jane.id(), 1)).isEqualTo(new Deletion.Deleted());
        created(clients.create(admin, Examples.withSsn(Examples.jane(), new Ssn(digits(jane)))));
    }

    @Test
    void update_toTheNumberOfALiveClient_isTaken() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView other = created(clients.create(admin, Examples.jane()));
        ClientPatch patch = Examples.patch("{\"ssn\": \"" + digits(jane) + "\"}");
        assertThat(clients.update(admin, other.id(), 1, patch)).isEqualTo(new Update.Taken<>("/ssn"));
        // One's own number is no conflict.
        updated(clients.update(admin, jane.id(), 1, patch));
    }

    @Test
    void restore_afterAnotherTookTheNumber_isTaken() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        clients.delete(admin, jane.id(), 1);
        ClientView other = created(clients.create(admin, Examples.withSsn(Examples.jane(), new Ssn(digits(jane)))));
        assertThat(clients.restore(admin, jane.id())).isEqualTo(new Restoration.Taken<>("/ssn"));
        clients.delete(admin, other.id(), 1);
        restored(clients.restore(admin, jane.id()));
    }

    @Test
    void create_oneNumberByTwoAtOnce_isDoneByExactlyOne() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                ClientDraft first = Examples.jane();
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Creation<ClientView>>> running = new ArrayList<>();
                for (ClientDraft draft : List.of(first, Examples.withSsn(Examples.jane(), first.ssn()))) {
                    running.add(threads.submit(() -> {
                        start.await();
                        return clients.create(admin, draft);
                    }));
                }
                List<Creation<ClientView>> outcomes =
                        List.of(running.get(0).get(), running.get(1).get());
                assertThat(outcomes).hasAtLeastOneElementOfType(Creation.Created.class);
                assertThat(outcomes).contains(new Creation.Taken<>("/ssn"));
            }
        }
    }

    @Test
    void write_withTwoVersionsInService_fillsTheSlotsOfBoth() {
        ClientView before = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        Clients current = newProcess();
        ClientView jane = created(current.create(admin, Examples.jane()));
        assertThat(slots(jane))
                .containsExactly(ssnIndex(jane, 1), ssnIndex(jane, 2), birthIndex(jane, 1), birthIndex(jane, 2));
        assertThat(slots(before)).containsExactly(ssnIndex(before, 1), null, birthIndex(before, 1), null);
        ClientView renamed = updated(current.update(admin, before.id(), 1, Examples.patch("{\"lastName\": \"Roe\"}")));
        assertThat(slots(renamed))
                .containsExactly(ssnIndex(renamed, 1), null, birthIndex(renamed, 1), birthIndex(renamed, 2));
    }

    @Test
    void write_byAProcessThatDoesNotKnowTheNewVersion_isRetriedAndFillsBothSlots() {
        ClientView first = created(clients.create(admin, Examples.jane()));
        ClientView second = created(clients.create(admin, Examples.jane()));
        Caller elsewhere = Examples.admin(PLATFORM.practice("radiance"));
        ClientView other = created(clients.create(elsewhere, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        PLATFORM.addPracticeKey(elsewhere.practice(), 2);

        ClientView created = created(clients.create(admin, Examples.jane()));
        assertThat(slots(created).get(1)).isEqualTo(ssnIndex(created, 2));
        ClientView changed =
                updated(clients.update(elsewhere, other.id(), 1, Examples.patch("{\"lastName\": \"Roe\"}")));
        assertThat(slots(changed).get(3)).isEqualTo(birthIndex(changed, 2, elsewhere.practice()));
        assertThat(slots(changed).get(1)).isNull();
        ClientView cleared = updated(clients.update(admin, first.id(), 1, Examples.patch("{\"ssn\": null}")));
        assertThat(slots(cleared)).startsWith(null, null);
        updated(clients.update(admin, second.id(), 1, Examples.patch("{\"ssn\": \"899-02-0002\"}")));
        assertThat(PLATFORM.audited(second.id())).containsOnlyOnce("CREATE", "UPDATE");
    }

    @Test
    void create_duringARotation_seesTheNumbersOfBothVersions() {
        ClientView old = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        Clients current = newProcess();
        assertThat(current.create(admin, Examples.withSsn(Examples.jane(), new Ssn(digits(old)))))
                .isEqualTo(new Creation.Taken<>("/ssn"));
        ClientView young = created(current.create(admin, Examples.jane()));
        PLATFORM.execute(
                "update practice_keys set indexed = false where practice_id = '%s' and version = 1".formatted(glow));
        assertThat(newProcess().create(admin, Examples.withSsn(Examples.jane(), new Ssn(digits(young)))))
                .isEqualTo(new Creation.Taken<>("/ssn"));
    }

    @Test
    void write_afterAVersionWentOutOfService_emptiesItsSlots() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        PLATFORM.execute(
                "update practice_keys set indexed = false where practice_id = '%s' and version = 1".formatted(glow));
        ClientView changed =
                updated(newProcess().update(admin, jane.id(), 1, Examples.patch("""
                {"ssn": "%s", "lastName": "Roe"}""".formatted(digits(jane)))));
        assertThat(slots(changed)).containsExactly(null, ssnIndex(changed, 2), null, birthIndex(changed, 2));
    }

    @Test
    void practiceKeys_withTwoVersionsOfOneSlot_areRefusedByTheDatabase() {
        PLATFORM.addPracticeKey(glow, 2);
        assertThatThrownBy(() -> PLATFORM.addPracticeKey(glow, 3)).hasStackTraceContaining("practice_keys_slot");
        PLATFORM.execute(
                "update practice_keys set indexed = false where practice_id = '%s' and version = 1".formatted(glow));
        PLATFORM.addPracticeKey(glow, 3);
    }

    @Test
    void normalForm_ofOneNameInTwoSpellings_isOne() {
        DateOfBirth date = Objects.requireNonNull(Examples.jane().dateOfBirth());
        assertThat(IndexedColumn.normal(date, new PersonName("O’Brien-Müller")))
                .isEqualTo(IndexedColumn.normal(date, new PersonName("OBRIEN MULLER")))
                .isEqualTo("1984-02-29\nobrien muller");
        assertThat(IndexedColumn.normal(new Ssn("123456789"))).isEqualTo("123456789");
    }

    /** One that reads the practice's keys as they are now. */
    private static Clients newProcess() {
        return PLATFORM.clientsWithNewKeys();
    }

    /** Odd and even slot of the number, odd and even slot of birth and name. */
    private static List<@Nullable String> slots(ClientView client) {
        String row = PLATFORM.rows("""
                select coalesce(ssn_index_odd::text, '-'), coalesce(ssn_index_even::text, '-'),
                  coalesce(dob_name_index_odd::text, '-'), coalesce(dob_name_index_even::text, '-')
                from clients
                where id = ?""", client.id()).getFirst();
        List<@Nullable String> slots = new ArrayList<>();
        for (String slot : row.split("\\|", -1)) {
            slots.add(slot.equals("-") ? null : slot);
        }
        return slots;
    }

    private String ssnIndex(ClientView client, int version) {
        return index(IndexedColumn.SSN, glow, version, digits(client));
    }

    private String birthIndex(ClientView client, int version) {
        return birthIndex(client, version, glow);
    }

    private static String birthIndex(ClientView client, int version, PracticeId practice) {
        String normal = IndexedColumn.normal(
                new DateOfBirth(LocalDate.parse(Objects.requireNonNull(client.dateOfBirth()))),
                new PersonName(Objects.requireNonNull(client.lastName())));
        return index(IndexedColumn.BIRTH_AND_NAME, practice, version, normal);
    }

    private static String index(IndexedColumn column, PracticeId practice, int version, String normal) {
        // Keys as they are stored now, whatever the test's own process has cached.
        IndexKey key = PLATFORM
                .newKeys()
                .indexKeys(practice, column.index().table(), column.index().column())
                .stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .orElseThrow();
        return "\\x" + HexFormat.of().formatHex(column.index().of(key, normal));
    }

    private static String digits(ClientView client) {
        return Objects.requireNonNull(client.ssn()).replace("-", "");
    }
}
