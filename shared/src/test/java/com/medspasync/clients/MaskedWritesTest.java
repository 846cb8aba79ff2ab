package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Parsed;
import com.medspasync.masking.ClientField;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever sees a client only in part can write all of it, and overwrites nothing with what was shown in its place. */
class MaskedWritesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Ssn SSN = new Ssn("123456789");
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow).withPurpose(PurposeOfUse.OPERATIONS);
    private final Caller staff = Examples.user(glow, Role.STAFF);
    private final Clients clients = PLATFORM.clients();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"email": "jo***@example.com"}                                                     | /email masked
            {"phone": "***-***-0123"}                                                          | /phone masked
            {"dateOfBirth": "1984"}                                                            | /dateOfBirth format
            {"dateOfBirth": "***"}                                                             | /dateOfBirth format
            {"ssn": "***-**-6789"}                                                             | /ssn masked
            {"ssn": "***"}                                                                     | /ssn masked
            {"address": {"line1": "1 *** Street"}}                                             | /address/line1 masked
            {"address": {"line2": "***"}}                                                      | /address/line2 masked
            {"address": {"city": "***"}}                                                       | /address/city masked
            {"address": {"state": "***"}}                                                      | /address/state masked
            {"address": {"postalCode": "***"}}                                                 | /address/postalCode masked
            {"address": {"line1": "1 *** Street", "city": "***", "country": "FR"}}             | /address/line1 masked, /address/city masked
            {"emergencyContact": {"name": "***"}}                                              | /emergencyContact/name masked
            {"emergencyContact": {"relationship": "***"}}                                      | /emergencyContact/relationship masked
            {"emergencyContact": {"phone": "***-***-0124"}}                                    | /emergencyContact/phone masked
            """)
    void patch_withAMaskedValue_isRefused(String json, String faults) {
        switch (ClientPatch.read(Examples.fields(json), Examples.TODAY)) {
            case Parsed.Valid<ClientPatch> accepted -> throw new AssertionError("accepted " + json);
            case Parsed.Invalid<ClientPatch>(var violations) -> {
                List<String> found = new ArrayList<>();
                violations.forEach(violation -> found.add(violation.field() + " " + violation.code()));
                assertThat(String.join(", ", found)).isEqualTo(faults);
            }
        }
    }

    @Test
    void patch_withStarsInFreeText_isRead() {
        assertThat(Examples.patch("{\"notes\": \"*** call first ***\"}").notes().valueOrNull())
                .isEqualTo("*** call first ***");
    }

    @Test
    void replace_byStaffWithWhatItSees_keepsAllThatItDoesNot() {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        ClientView seen = found(clients.findById(staff, jane.id()));
        ClientView replaced = updated(clients.replace(
                staff, jane.id(), 1, draft("""
                {"firstName": "%s", "lastName": "%s", "email": "%s", "phone": "+12125550177", "status": "VIP"}""".formatted(seen.firstName(), seen.lastName(), seen.email()))));
        assertThat(replaced.phone()).isEqualTo("+12125550177");
        assertThat(found(clients.findById(admin, jane.id())))
                .usingRecursiveComparison()
                .ignoringFields("phone", "version", "updatedAt")
                .isEqualTo(jane);
    }

    @Test
    void replace_byStaffWithoutAPhone_emptiesThePhoneWhichItSees() {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        updated(clients.replace(staff, jane.id(), 1, draft("""
                {"firstName": "Jane", "lastName": "Roe", "email": "%s"}""".formatted(jane.email()))));
        assertThat(found(clients.findById(admin, jane.id())))
                .usingRecursiveComparison()
                .ignoringFields("phone", "lastName", "status", "version", "updatedAt")
                .isEqualTo(jane);
        assertThat(found(clients.findById(admin, jane.id())).phone()).isNull();
    }

    @ParameterizedTest
    @EnumSource(PurposeOfUse.class)
    void replace_forAPurpose_keepsWhatTheRoleSeesMaskedAllTheSame(PurposeOfUse purpose) {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        updated(clients.replace(staff.withPurpose(purpose), jane.id(), 1, draft("""
                {"firstName": "Jane", "lastName": "Roe", "email": "%s"}""".formatted(jane.email()))));
        ClientView whole = found(clients.findById(admin, jane.id()));
        assertThat(whole.ssn()).isEqualTo("123-45-6789");
        assertThat(whole.address()).isEqualTo(jane.address());
    }

    @Test
    void writes_ofFieldsThatTheCallerDoesNotSee_areStored() {
        ClientView li = created(clients.create(staff, Examples.named("Li", "Wu")));
        ClientView intake = updated(clients.update(staff, li.id(), 1, Examples.patch("""
                {"ssn": "123-45-6789", "dateOfBirth": "1984-02-29", "medicalHistory": "None.", "notes": "Walked in."}""")));
        assertThat(intake.medicalHistory()).isNull();
        assertThat(intake.masked()).containsExactly(ClientField.DATE_OF_BIRTH, ClientField.SSN);
        ClientView whole = found(clients.findById(admin, li.id()));
        assertThat(whole.medicalHistory()).isEqualTo("None.");
        assertThat(whole.notes()).isEqualTo("Walked in.");
        assertThat(whole.ssn()).isEqualTo("123-45-6789");
        updated(clients.update(staff, li.id(), 2, Examples.patch("{\"medicalHistory\": null, \"ssn\": null}")));
        assertThat(found(clients.findById(admin, li.id())).medicalHistory()).isNull();
        assertThat(found(clients.findById(admin, li.id())).ssn()).isNull();
    }

    @Test
    void patch_ofAPartOfANestedObjectThatIsMasked_keepsTheRestOfIt() {
        ClientView jane = created(clients.create(admin, Examples.withSsn(Examples.jane(), SSN)));
        ClientView changed = updated(clients.update(staff, jane.id(), 1, Examples.patch("""
                {"address": {"city": "Albany"}, "emergencyContact": {"phone": "+12125550199"}}""")));
        assertThat(changed.address()).isEqualTo(new AddressView("1 *** Street", "***", "***", "***", "***", "US"));
        assertThat(changed.emergencyContact()).isEqualTo(new EmergencyContactView("***", "***", "***-***-0199"));
        ClientView whole = found(clients.findById(admin, jane.id()));
        assertThat(whole.address()).isEqualTo(new AddressView("1 Main Street", "Apt 2", "Albany", "NY", "10001", "US"));
        assertThat(whole.emergencyContact())
                .isEqualTo(new EmergencyContactView("John O’Brien", "husband", "+12125550199"));
    }

    private static ClientDraft draft(String json) {
        return switch (ClientDraft.read(Examples.fields(json), Examples.TODAY)) {
            case Parsed.Valid<ClientDraft>(ClientDraft draft) -> draft;
            case Parsed.Invalid<ClientDraft>(var violations) -> throw new AssertionError(violations.toString());
        };
    }
}
