package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.history;
import static com.medspasync.clients.Outcomes.page;
import static com.medspasync.clients.Outcomes.restored;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.masking.ClientField;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each role gets of a client, whatever it does, and what of that is on record. */
class ClientMaskingTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Ssn SSN = new Ssn("123456789");
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private static final AddressView ADDRESS =
            new AddressView("1 Main Street", "Apt 2", "New York", "NY", "10001", "US");
    private static final AddressView MASKED_ADDRESS = new AddressView("1 *** Street", "***", "***", "***", "***", "US");
    private static final EmergencyContactView CONTACT =
            new EmergencyContactView("John O’Brien", "husband", "+12125550124");
    private static final EmergencyContactView MASKED_CONTACT = new EmergencyContactView("***", "***", "***-***-0124");
    private static final String MEDICAL_HISTORY = "Allergic to lidocaine.\nNo surgeries.";
    private static final String NOTES = "Prefers mornings.";

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);
    private final Clients clients = PLATFORM.clients();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** What {@code role} sees of Jane. */
    private static ClientView seen(Role role, boolean purpose, ClientView record) {
        boolean medical = role == Role.ADMIN || role == Role.PRACTITIONER;
        boolean address = role == Role.ADMIN || role == Role.MANAGER || purpose;
        boolean person = role != Role.STAFF || purpose;
        String ssn = role == Role.PRACTITIONER ? null : purpose ? "123-45-6789" : "***-**-6789";
        return new ClientView(
                record.id(),
                "Jane",
                "O’Brien-Müller",
                record.email(),
                "+12125550123",
                person ? "1984-02-29" : "1984",
                ssn,
                address ? ADDRESS : MASKED_ADDRESS,
                person ? CONTACT : MASKED_CONTACT,
                medical ? MEDICAL_HISTORY : null,
                ClientStatus.VIP,
                medical ? NOTES : null,
                record.version(),
                record.createdAt(),
                record.updatedAt(),
                purpose
                        ? List.of()
                        : switch (role) {
                            case ADMIN, MANAGER -> List.of(ClientField.SSN);
                            case PRACTITIONER -> List.of(ClientField.ADDRESS);
                            default ->
                                List.of(
                                        ClientField.DATE_OF_BIRTH,
                                        ClientField.SSN,
                                        ClientField.ADDRESS,
                                        ClientField.EMERGENCY_CONTACT);
                        },
                switch (role) {
                    case ADMIN -> List.of();
                    case PRACTITIONER -> List.of(ClientField.SSN);
                    default -> List.of(ClientField.MEDICAL_HISTORY, ClientField.NOTES);
                });
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
    void everyOperation_byEveryRole_answersWhatTheRoleSees(Role role) {
        Caller caller = Examples.user(glow, role);
        IdempotencyKey key = IdempotencyKey.of("key-" + role, "POST /clients", "body");
        ClientDraft draft = Examples.withSsn(Examples.jane(), SSN);

        ClientView jane = created(clients.create(caller, draft, key));
        assertThat(jane).isEqualTo(seen(role, false, jane));
        assertThat(clients.create(caller, draft, key)).isEqualTo(new Creation.Replayed<>(jane));
        assertThat(found(clients.findById(caller, jane.id()))).isEqualTo(jane);
        ClientView changed = updated(clients.update(caller, jane.id(), 1, Examples.patch("{\"address\": {}}")));
        assertThat(changed).isEqualTo(seen(role, false, changed));
        clients.delete(admin, jane.id(), 2);
        ClientView back = restored(clients.restore(caller, jane.id()));
        assertThat(back).isEqualTo(seen(role, false, back));
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
    void everyOperation_forAPurpose_answersWhatTheRoleSeesWithNothingMaskedAndPutsItOnRecord(Role role) {
        Caller caller = Examples.user(glow, role).withPurpose(PurposeOfUse.PATIENT_REQUEST);
        IdempotencyKey key = IdempotencyKey.of("purpose-" + role, "POST /clients", "body");
        ClientDraft draft = Examples.withSsn(Examples.jane(), SSN);
        String unmasked = switch (role) {
            case ADMIN, MANAGER -> "{\"unmasked\": [\"ssn\"]}";
            case PRACTITIONER -> "{\"unmasked\": [\"address\"]}";
            default -> "{\"unmasked\": [\"dateOfBirth\", \"ssn\", \"address\", \"emergencyContact\"]}";
        };

        ClientView jane = created(clients.create(caller, draft, key));
        assertThat(jane).isEqualTo(seen(role, true, jane));
        assertThat(clients.create(caller, draft, key)).isEqualTo(new Creation.Replayed<>(jane));
        assertThat(found(clients.findById(caller, jane.id()))).isEqualTo(jane);
        ClientView changed = updated(clients.update(caller, jane.id(), 1, Examples.patch("{\"status\": \"VIP\"}")));
        assertThat(changed).isEqualTo(seen(role, true, changed));
        updated(clients.update(caller, jane.id(), 2, Examples.patch("{\"status\": \"ACTIVE\"}")));
        clients.delete(admin, jane.id(), 3);
        restored(clients.restore(caller, jane.id()));
        restored(clients.restore(caller, jane.id()));

        String row = "|PATIENT_REQUEST|" + unmasked;
        assertThat(PLATFORM.rows("""
                select action, purpose, details
                from audit_logs
                where record_id = ? and purpose is not null
                order by timestamp, id""", jane.id()))
                .containsExactly(
                        "READ" + row,
                        "READ" + row.replace("{", "{\"replay\": true, "),
                        "READ" + row,
                        "UPDATE" + row,
                        "READ" + row,
                        "READ" + row,
                        "READ" + row);
        assertThat(PLATFORM.rows("""
                select action, details from audit_logs where record_id = ? and purpose is null order by timestamp""", jane.id()))
                .containsExactly("CREATE|null", "UPDATE|null", "DELETE|null", "RESTORE|null");
    }

    @Test
    void everyOperation_byNobody_answersNothingOfThePerson() {
        Caller platform = Caller.platform(glow, new Origin(null, null, UUID.randomUUID()));
        ClientView stored = created(clients.create(platform, Examples.withSsn(Examples.jane(), SSN)));
        for (ClientView view : List.of(stored, found(clients.findById(platform, stored.id())))) {
            assertThat(view)
                    .isEqualTo(new ClientView(
                            stored.id(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            ClientStatus.VIP,
                            null,
                            1,
                            stored.createdAt(),
                            stored.updatedAt(),
                            List.of(),
                            List.of(ClientField.values())));
        }
        assertThat(page(clients.findAll(platform, ClientFilter.all())).items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.firstName()).isNull();
                    assertThat(item.lastName()).isNull();
                    assertThat(item.email()).isNull();
                    assertThat(item.phone()).isNull();
                });
    }

    @Test
    void findById_withheldField_isNotDecrypted() {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        PLATFORM.execute(
                "update clients set notes = '\\x00', medical_history = '\\x00' where id = '%s'".formatted(jane.id()));
        Caller manager = Examples.user(glow, Role.MANAGER);
        assertThat(found(clients.findById(manager, jane.id())).address()).isEqualTo(ADDRESS);
    }

    @Test
    void findById_emptyMaskedField_isNotNamedAsMasked() {
        ClientView li = created(clients.create(Examples.user(glow, Role.STAFF), Examples.named("Li", "Wu")));
        assertThat(li.masked()).isEmpty();
        assertThat(li.withheld()).containsExactly(ClientField.MEDICAL_HISTORY, ClientField.NOTES);
    }

    @Test
    void listSearchAndHistory_forAPurpose_haveItOnRecord() {
        Caller staff = Examples.user(glow, Role.STAFF).withPurpose(PurposeOfUse.OPERATIONS);
        Caller manager = Examples.user(glow, Role.MANAGER).withPurpose(PurposeOfUse.LEGAL);
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        page(clients.findAll(staff, ClientFilter.all()));
        page(clients.search(staff, ClientSearch.byName("jane")));
        history(clients.history(staff, jane.id(), 10, null));
        history(clients.history(manager, jane.id(), 10, null));
        assertThat(PLATFORM.rows("""
                select l.action, l.purpose, l.details - 'criteria' - 'shown'
                from disclosures d
                join audit_logs l on l.practice_id = d.practice_id and l.id = d.audit_id
                where d.record_id = ? and l.purpose is not null
                order by l.timestamp""", jane.id()))
                .containsExactly(
                        "READ|OPERATIONS|{}",
                        "SEARCH|OPERATIONS|{}",
                        "READ|OPERATIONS|{\"of\": \"history\"}",
                        "READ|LEGAL|{\"of\": \"history\", \"unmasked\": [\"ssn\"]}");
    }

    @Test
    void history_byEveryRole_showsValuesAsTheRecordDoes() {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        assertThat(told(Examples.user(glow, Role.PRACTITIONER), jane))
                .containsExactly(
                        "address masked {\"line1\":\"1 *** Street\",\"line2\":\"***\",\"city\":\"***\",\"state\":\"***\","
                                + "\"postalCode\":\"***\",\"country\":\"US\"}",
                        "dateOfBirth \"1984-02-29\"",
                        "email \"" + jane.email() + "\"",
                        "emergencyContact {\"name\":\"John O’Brien\",\"relationship\":\"husband\",\"phone\":\"+12125550124\"}",
                        "firstName \"Jane\"",
                        "lastName \"O’Brien-Müller\"",
                        "medicalHistory \"Allergic to lidocaine.\\nNo surgeries.\"",
                        "notes \"Prefers mornings.\"",
                        "phone \"+12125550123\"",
                        "ssn withheld null",
                        "status \"VIP\"");
        Caller manager = Examples.user(glow, Role.MANAGER);
        assertThat(told(manager, jane))
                .contains("ssn masked \"***-**-6789\"", "medicalHistory withheld null", "notes withheld null");
        assertThat(told(manager.withPurpose(PurposeOfUse.LEGAL), jane))
                .contains("ssn \"123-45-6789\"", "medicalHistory withheld null", "notes withheld null");
        assertThat(told(Examples.user(glow, Role.STAFF).withPurpose(PurposeOfUse.LEGAL), jane))
                .contains("ssn withheld null", "dateOfBirth withheld null", "phone \"+12125550123\"");
    }

    private List<String> told(Caller caller, ClientView client) {
        return history(clients.history(caller, client.id(), 10, null)).items().get(0).changes().stream()
                .map(change -> change.field()
                        + (change.masked() ? " masked " : change.withheld() ? " withheld " : " ")
                        + change.after())
                .toList();
    }
}
