package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.restored;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Violation;
import com.medspasync.masking.ClientField;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What clients do beyond what every repository does. */
class ClientsTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final Caller admin = Examples.admin(PLATFORM.practice("glow"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void create_everyField_answersEveryField() {
        ClientDraft jane = Examples.jane();
        Instant before = Instant.now();
        ClientView client = created(clients.create(admin, jane));
        assertThat(client)
                .isEqualTo(new ClientView(
                        client.id(),
                        "Jane",
                        "O’Brien-Müller",
                        jane.email().value(),
                        "+12125550123",
                        "1984-02-29",
                        "***-**-" + Objects.requireNonNull(jane.ssn()).digits().substring(5),
                        new AddressView("1 Main Street", "Apt 2", "New York", "NY", "10001", "US"),
                        new EmergencyContactView("John O’Brien", "husband", "+12125550124"),
                        "Allergic to lidocaine.\nNo surgeries.",
                        ClientStatus.VIP,
                        "Prefers mornings.",
                        1,
                        client.createdAt(),
                        client.createdAt(),
                        List.of(ClientField.SSN),
                        List.of()));
        assertThat(client.id().version()).isEqualTo(7);
        assertThat(client.createdAt()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(client.createdAt()).isEqualTo(client.createdAt().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void create_onlyRequiredFields_leavesTheOthersNull() {
        ClientView client = found(clients.findById(
                admin,
                created(clients.create(admin, Examples.named("Li", "Wu"))).id()));
        assertThat(client.phone()).isNull();
        assertThat(client.dateOfBirth()).isNull();
        assertThat(client.ssn()).isNull();
        assertThat(client.address()).isNull();
        assertThat(client.emergencyContact()).isNull();
        assertThat(client.medicalHistory()).isNull();
        assertThat(client.notes()).isNull();
        assertThat(client.status()).isEqualTo(ClientStatus.ACTIVE);
    }

    @Test
    void create_emailOfALiveClientInAnySpelling_isTaken() {
        created(clients.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        assertThat(clients.create(admin, Examples.named("Ann", "Two", "ANN@Example.COM")))
                .isEqualTo(new Creation.Taken<>("/email"));
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(1);
    }

    @Test
    void create_emailOfADeletedClientOrOfAnotherPractice_isFree() {
        ClientView first = created(clients.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        assertThat(clients.delete(admin, first.id(), 1)).isEqualTo(new Deletion.Deleted());
        created(clients.create(admin, Examples.named("Ann", "Two", "ann@example.com")));
        Caller radiance = Examples.admin(PLATFORM.practice("radiance"));
        created(clients.create(radiance, Examples.named("Ann", "One", "ann@example.com")));
    }

    @Test
    void update_oneField_keepsTheOthers() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView changed = updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"Evenings.\"}")));
        assertThat(changed)
                .usingRecursiveComparison()
                .ignoringFields("notes", "version", "updatedAt")
                .isEqualTo(jane);
        assertThat(changed.notes()).isEqualTo("Evenings.");
        assertThat(changed.updatedAt()).isAfterOrEqualTo(jane.updatedAt());
    }

    @Test
    void update_nullInThePatch_clearsTheField() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView changed = updated(clients.update(admin, jane.id(), 1, Examples.patch("""
                {"phone": null, "dateOfBirth": null, "ssn": null, "address": null, "emergencyContact": null,
                 "medicalHistory": null, "notes": null}""")));
        assertThat(changed)
                .isEqualTo(new ClientView(
                        jane.id(),
                        jane.firstName(),
                        jane.lastName(),
                        jane.email(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ClientStatus.VIP,
                        null,
                        2,
                        jane.createdAt(),
                        changed.updatedAt(),
                        List.of(),
                        List.of()));
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(changed);
    }

    @Test
    void update_partOfANestedObject_keepsTheRestOfIt() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView changed = updated(clients.update(admin, jane.id(), 1, Examples.patch("""
                {"address": {"city": "Albany", "line2": null}, "emergencyContact": {"phone": "+12125550199"}}""")));
        assertThat(changed.address()).isEqualTo(new AddressView("1 Main Street", null, "Albany", "NY", "10001", "US"));
        assertThat(changed.emergencyContact())
                .isEqualTo(new EmergencyContactView("John O’Brien", "husband", "+12125550199"));
    }

    @Test
    void update_nestedObjectThatWouldLackAPart_isRefusedWithEveryFault() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Update<ClientView> update = clients.update(admin, jane.id(), 1, Examples.patch("""
                {"address": {"line1": null, "postalCode": "x"}, "emergencyContact": {"name": null}}"""));
        assertThat(update)
                .isEqualTo(new Update.Refused<>(List.of(
                        new Violation("/address/line1", "required", "must be given"),
                        new Violation(
                                "/address/postalCode", "format", "must be a ZIP code such as 10001 or 10001-1234"),
                        new Violation("/emergencyContact/name", "required", "must be given"))));
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(jane);
    }

    @Test
    void update_partOfANestedObjectThatIsNotThere_isAWholeOneOrRefused() {
        ClientView li = created(clients.create(admin, Examples.named("Li", "Wu")));
        assertThat(clients.update(admin, li.id(), 1, Examples.patch("{\"address\": {\"city\": \"Albany\"}}")))
                .isEqualTo(new Update.Refused<>(List.of(new Violation("/address/line1", "required", "must be given"))));
        ClientView changed = updated(clients.update(
                admin, li.id(), 1, Examples.patch("{\"address\": {\"line1\": \"2 Elm\", \"city\": \"Albany\"}}")));
        assertThat(changed.address()).isEqualTo(new AddressView("2 Elm", null, "Albany", null, null, "US"));
    }

    @Test
    void update_partOfANestedObjectOfAStaleGoneOrUnknownClient_isToldApart() {
        ClientPatch part = Examples.patch("{\"address\": {\"city\": \"Albany\"}}");
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(clients.update(admin, jane.id(), 2, part)).isEqualTo(new Update.Stale<>());
        assertThat(clients.update(admin, UUID.randomUUID(), 1, part)).isEqualTo(new Update.Missing<>());
        clients.delete(admin, jane.id(), 1);
        assertThat(clients.update(admin, jane.id(), 2, part)).isEqualTo(new Update.Gone<>());
    }

    @Test
    void replace_emptiesAllThatTheCallerSeesInFullAndTheDraftLeavesOut() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientDraft li = Examples.named("Li", "Wu");
        ClientView replaced = updated(clients.replace(admin, jane.id(), 1, li));
        assertThat(replaced)
                .isEqualTo(new ClientView(
                        jane.id(),
                        "Li",
                        "Wu",
                        li.email().value(),
                        null,
                        null,
                        jane.ssn(),
                        null,
                        null,
                        null,
                        ClientStatus.ACTIVE,
                        null,
                        2,
                        jane.createdAt(),
                        replaced.updatedAt(),
                        List.of(ClientField.SSN),
                        List.of()));
        ClientView again = updated(clients.replace(admin, jane.id(), 2, Examples.jane()));
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("email", "ssn", "version", "updatedAt")
                .isEqualTo(jane);
    }

    @Test
    void update_nothing_isAuditedBecauseTheRecordIsAnswered() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView same = updated(clients.update(admin, jane.id(), 1, Examples.patch("{}")));
        assertThat(same)
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(jane);
        assertThat(PLATFORM.audited(jane.id())).containsExactly("CREATE", "UPDATE");
    }

    @Test
    void update_emailOfAnotherClient_isTaken() {
        created(clients.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(clients.update(admin, jane.id(), 1, Examples.patch("{\"email\": \"Ann@example.com\"}")))
                .isEqualTo(new Update.Taken<>("/email"));
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(jane);
    }

    @Test
    void restore_deleted_isBackAsItWas() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        clients.delete(admin, jane.id(), 1);
        ClientView back = restored(clients.restore(admin, jane.id()));
        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(jane);
        assertThat(back.version()).isEqualTo(3);
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(back);
        assertThat(PLATFORM.audited(jane.id())).containsExactly("CREATE", "DELETE", "RESTORE", "READ");
    }

    @Test
    void restore_again_isReadAndAuditedAsThat() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(restored(clients.restore(admin, jane.id()))).isEqualTo(jane);
        assertThat(PLATFORM.audited(jane.id())).containsExactly("CREATE", "READ");
    }

    @Test
    void restore_unknownOrOfAnotherPractice_isMissing() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        clients.delete(admin, jane.id(), 1);
        Caller radiance = Examples.admin(PLATFORM.practice("radiance"));
        assertThat(clients.restore(radiance, jane.id())).isEqualTo(new Restoration.Missing<>());
        assertThat(clients.restore(admin, UUID.randomUUID())).isEqualTo(new Restoration.Missing<>());
        assertThat(clients.findById(admin, jane.id())).isEqualTo(new Lookup.Gone<>());
    }

    @Test
    void restore_emailTakenMeanwhile_isTakenAndStaysDeleted() {
        ClientView first = created(clients.create(admin, Examples.named("Ann", "One", "ann@example.com")));
        clients.delete(admin, first.id(), 1);
        created(clients.create(admin, Examples.named("Ann", "Two", "ann@example.com")));
        assertThat(clients.restore(admin, first.id())).isEqualTo(new Restoration.Taken<>("/email"));
        assertThat(clients.findById(admin, first.id())).isEqualTo(new Lookup.Gone<>());
    }

    @Test
    void audit_ofEveryKindOfWrite_namesUserAddressAgentAndRequest() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        clients.findById(admin, jane.id());
        updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"status\": \"INACTIVE\"}")));
        clients.delete(admin, jane.id(), 2);
        restored(clients.restore(admin, jane.id()));
        String who =
                "|" + admin.user() + "|203.0.113.9|curl/8|" + admin.origin().requestId() + "|" + admin.practice();
        assertThat(PLATFORM.rows("""
                select action, table_name, user_id, ip_address, user_agent, request_id, practice_id
                from audit_logs
                where record_id = ?
                order by timestamp""", jane.id()))
                .containsExactly(
                        "CREATE|clients" + who,
                        "READ|clients" + who,
                        "UPDATE|clients" + who,
                        "DELETE|clients" + who,
                        "RESTORE|clients" + who);
    }
}
