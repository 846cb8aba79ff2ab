package com.medspasync.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Faults;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the bodies and queries that callers send. */
class ClientInputTest {

    @Test
    void draft_everyField_isRead() {
        assertThat(draft("""
                {"firstName": " Jane ", "lastName": "O’Brien", "email": "Jane@Example.com", "phone": "(212) 555-0123",
                 "dateOfBirth": "1984-02-29", "ssn": "123-45-6789",
                 "address": {"line1": "1 Main Street", "line2": "Apt 2", "city": "New York", "state": "NY", "postalCode": "10001"},
                 "emergencyContact": {"name": "John", "relationship": "husband", "phone": "212-555-0124"},
                 "medicalHistory": "Allergic to lidocaine.\\r\\nNo surgeries.", "status": "VIP", "notes": "Prefers mornings."}"""))
                .isEqualTo(Parsed.valid(new ClientDraft(
                        new PersonName("Jane"),
                        new PersonName("O’Brien"),
                        new EmailAddress("Jane@Example.com"),
                        new PhoneNumber("+12125550123"),
                        new DateOfBirth(LocalDate.of(1984, 2, 29)),
                        new Ssn("123456789"),
                        new Address("1 Main Street", "Apt 2", "New York", "NY", "10001", "US"),
                        new EmergencyContact("John", "husband", new PhoneNumber("+12125550124")),
                        "Allergic to lidocaine.\nNo surgeries.",
                        ClientStatus.VIP,
                        "Prefers mornings.")));
    }

    @Test
    void draft_everythingWrong_namesEveryFault() {
        assertThat(Faults.of(draft("""
                {"firstName": "", "email": "jane", "phone": "12", "dateOfBirth": "2026-11-23", "ssn": "000-12-3456",
                 "address": {"line1": "1 Main Street", "state": "New York", "postalCode": "1", "country": "ZZ", "zip": 1},
                 "emergencyContact": {"relationship": "husband"}, "medicalHistory": 7, "status": "GOLD", "notes": "\\u0007",
                 "nickname": "J"}""")))
                .containsExactlyInAnyOrder(
                        "/firstName blank",
                        "/lastName required",
                        "/email format",
                        "/phone format",
                        "/dateOfBirth future",
                        "/ssn format",
                        "/address/country choice",
                        "/address/zip unknown",
                        "/emergencyContact/name required",
                        "/emergencyContact/phone required",
                        "/medicalHistory type",
                        "/status choice",
                        "/notes control-character",
                        "/nickname unknown");
        assertThat(Faults.of(draft("""
                {"firstName": "J", "lastName": "O", "email": "j@example.com",
                 "address": {"line2": "Apt 2", "state": "New York", "postalCode": "1"}}""")))
                .containsExactlyInAnyOrder(
                        "/address/line1 required",
                        "/address/city required",
                        "/address/state format",
                        "/address/postalCode format");
    }

    @Test
    void draft_atAndPastTheLimits_isReadAndRefused() {
        String template =
                "{\"firstName\": \"%s\", \"lastName\": \"%s\", \"email\": \"j@example.com\", \"medicalHistory\": \"%s\", \"notes\": \"%s\"}";
        assertThat(draft(template.formatted("a".repeat(100), "b".repeat(100), "é".repeat(32_000), "n".repeat(8_000))))
                .isInstanceOf(Parsed.Valid.class);
        assertThat(Faults.of(draft(
                        template.formatted("a".repeat(101), "b".repeat(101), "é".repeat(32_001), "n".repeat(8_001)))))
                .containsExactly(
                        "/firstName too-long", "/lastName too-long", "/medicalHistory too-long", "/notes too-long");
    }

    @Test
    void draft_addressElsewhere_needsNoStateOrZipCode() {
        assertThat(Faults.of(draft("""
                {"firstName": "J", "lastName": "O", "email": "j@example.com",
                 "address": {"line1": "Unter den Linden 1", "city": "Berlin", "postalCode": "10117", "country": "DE", "state": "Berlin"}}"""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"123-45-6789", "123456789", "001-01-0001", "899-99-9999", "665-12-3456"})
    void ssn_thatCouldBeIssued_isRead(String text) {
        assertThat(Ssn.parse(text)).isEqualTo(Parsed.valid(new Ssn(text.replace("-", ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-12-3456", "666-12-3456", "900-12-3456", "999-12-3456", "123-00-4567", "123-45-0000", "12-345-6789",
                "1234-5-6789", "12345678", "1234567890", "123-456789", "123 45 6789", "abcdefghi", "١٢٣٤٥٦٧٨٩"
            })
    void ssn_thatWasNeverIssued_isRefusedWithoutRepeatingIt(String text) {
        assertThat(Ssn.parse(text))
                .isEqualTo(Parsed.invalid("format", "must be a Social Security number such as 123-45-6789"));
    }

    @ParameterizedTest
    @CsvSource({"1900-01-01, ''", "2026-11-22, ''", "2026-11-23, future", "2027-01-01, future", "1899-12-31, range"})
    void dateOfBirth_liesInThePastAndNotBefore1900(String date, String fault) {
        Parsed<DateOfBirth> parsed = DateOfBirth.parse(LocalDate.parse(date), Examples.TODAY);
        assertThat(Faults.of(parsed)).isEqualTo(fault.isEmpty() ? List.of() : List.of(" " + fault));
    }

    @Test
    void patch_nullAndAbsent_areToldApart() {
        ClientPatch patch = Examples.patch("{\"notes\": null, \"status\": \"VIP\"}");
        assertThat(patch.notes()).isEqualTo(new Change.Clear<>());
        assertThat(patch.status()).isEqualTo(new Change.Set<>(ClientStatus.VIP));
        assertThat(patch.ssn()).isEqualTo(new Change.Keep<>());
    }

    @Test
    void patch_requiredFieldEmptiedOrUnknownField_isRefused() {
        assertThat(Faults.of(ClientPatch.read(
                        Examples.fields(
                                "{\"firstName\": null, \"email\": null, \"status\": null, \"id\": 1, \"address\": {\"x\": 1}}"),
                        Examples.TODAY)))
                .containsExactlyInAnyOrder(
                        "/firstName required",
                        "/email required",
                        "/status required",
                        "/id unknown",
                        "/address/x unknown");
    }

    @Test
    void address_countryEmptied_isRefusedAndLeftOutIsTheUnitedStates() {
        String emptied = "{\"address\": {\"country\": null}}";
        assertThat(Faults.of(ClientPatch.read(Examples.fields(emptied), Examples.TODAY)))
                .containsExactly("/address/country required");
        String person = "{\"firstName\": \"A\", \"lastName\": \"B\", \"email\": \"a@example.com\", \"address\": %s}";
        String home = "{\"line1\": \"1 Main Street\", \"city\": \"Albany\"%s}";
        assertThat(Faults.of(ClientDraft.read(
                        Examples.fields(person.formatted(home.formatted(", \"country\": null"))), Examples.TODAY)))
                .containsExactly("/address/country required");
        assertThat(ClientDraft.read(Examples.fields(person.formatted(home.formatted(""))), Examples.TODAY))
                .isInstanceOfSatisfying(
                        Parsed.Valid.class,
                        valid -> assertThat(((ClientDraft) valid.value()).address())
                                .isEqualTo(new Address("1 Main Street", null, "Albany", null, null, "US")));
    }

    @Test
    void filter_ofAQuery_isRead() {
        assertThat(filter(Map.of(
                        "status", "VIP",
                        "createdFrom", "2026-01-01T00:00:00Z",
                        "createdTo", "2026-02-01T00:00:00+01:00",
                        "orderby", "lastName",
                        "top", "100",
                        "cursor", "abc")))
                .isEqualTo(Parsed.valid(new ClientFilter(
                        ClientStatus.VIP,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-31T23:00:00Z"),
                        ClientOrder.LAST_NAME_ASCENDING,
                        100,
                        "abc")));
        assertThat(filter(Map.of()))
                .isEqualTo(Parsed.valid(new ClientFilter(null, null, null, ClientOrder.CREATED_DESCENDING, 50, null)));
    }

    @Test
    void filter_everythingWrong_namesEveryFault() {
        assertThat(Faults.of(filter(Map.of(
                        "status",
                        "vip",
                        "createdFrom",
                        "yesterday",
                        "orderby",
                        "ssn desc",
                        "top",
                        "101",
                        "skip",
                        "1"))))
                .containsExactlyInAnyOrder(
                        "status choice", "createdFrom format", "orderby choice", "top range", "skip unknown");
        assertThat(Faults.of(
                        filter(Map.of("createdFrom", "2026-02-01T00:00:00Z", "createdTo", "2026-01-01T00:00:00Z"))))
                .containsExactly("createdTo range");
    }

    @Test
    void search_ofABody_isRead() {
        assertThat(ClientSearch.read(
                        Examples.fields(
                                "{\"name\": \"jane s\", \"email\": \"j@example.com\", \"phone\": \"212 555 0123\", \"top\": 7, \"cursor\": \"abc\"}"),
                        Examples.TODAY))
                .isEqualTo(Parsed.valid(new ClientSearch(
                        "jane s", null, new EmailAddress("j@example.com"), new PhoneNumber("+12125550123"), 7, "abc")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                          | ' required'
                    {"top": 5}                                  | ' required'
                    {"name": null}                              | ' required'
                    {"name": "a", "soundsLike": "b"}            | '/soundsLike conflict'
                    {"soundsLike": "王"}                        | '/soundsLike format'
                    {"email": "x"}                              | '/email format'
                    {"phone": "1"}                              | '/phone format'
                    {"name": "a", "top": 0}                     | '/top range'
                    {"name": "a", "notes": "b"}                 | '/notes unknown'
                    {"ssn": "000-12-3456"}                      | '/ssn format'
                    {"dateOfBirth": "1984-02-29"}               | '/lastName required'
                    {"lastName": "Lee"}                         | '/dateOfBirth required'
                    {"dateOfBirth": "2026-11-23", "lastName": "Lee"} | '/dateOfBirth future'
                    {"dateOfBirth": "1984-02-29", "lastName": ""}    | '/lastName blank'
                    {"name": "a", "ssn": "123456789"}           | '/ssn conflict'
                    {"soundsLike": "a", "ssn": "123456789"}     | '/ssn conflict'
                    {"email": "a@example.com", "ssn": "123456789"}   | '/ssn conflict'
                    {"phone": "212 555 0123", "ssn": "123456789"}    | '/ssn conflict'
                    {"name": "a", "dateOfBirth": "1984-02-29", "lastName": "Lee"} | '/dateOfBirth conflict'
                    """)
    void search_wrong_namesTheFault(String json, String fault) {
        assertThat(Faults.of(ClientSearch.read(Examples.fields(json), Examples.TODAY)))
                .containsExactly(fault);
    }

    @Test
    void search_ofBothKindsOfEncryptedCriteria_namesBoth() {
        assertThat(Faults.of(ClientSearch.read(
                        Examples.fields(
                                "{\"ssn\": \"123456789\", \"dateOfBirth\": \"1984-02-29\", \"lastName\": \"Lee\"}"),
                        Examples.TODAY)))
                .containsExactly("/ssn conflict", "/dateOfBirth conflict");
    }

    @Test
    void search_byEncryptedCriteria_isRead() {
        assertThat(ClientSearch.read(Examples.fields("{\"ssn\": \"123-45-6789\"}"), Examples.TODAY))
                .isEqualTo(Parsed.valid(ClientSearch.bySsn(new Ssn("123456789"))));
        assertThat(ClientSearch.read(
                        Examples.fields("{\"dateOfBirth\": \"1984-02-29\", \"lastName\": \"O'Brien\", \"top\": 50}"),
                        Examples.TODAY))
                .isEqualTo(Parsed.valid(
                        ClientSearch.byBirth(new DateOfBirth(LocalDate.of(1984, 2, 29)), new PersonName("O'Brien"))));
    }

    @Test
    void search_madeOfCriteriaThatDoNotGoTogether_isRefused() {
        Ssn ssn = new Ssn("123456789");
        assertThatThrownBy(() -> new ClientSearch("a", null, null, null, ssn, null, 10, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientSearch(null, null, null, null, null, null, 10, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ofWhatHoldsPhi_hidesIt() {
        ClientDraft jane = Examples.jane();
        ClientPatch patch = ClientPatch.to(jane, Role.ADMIN);
        assertThat(List.of(
                                jane.toString(),
                                patch.toString(),
                                String.valueOf(jane.ssn()),
                                String.valueOf(jane.dateOfBirth()),
                                String.valueOf(jane.address()),
                                String.valueOf(jane.emergencyContact()),
                                patch.address().toString(),
                                patch.emergencyContact().toString(),
                                new ClientSearch("jane", null, jane.email(), jane.phone(), 1, null).toString(),
                                ClientSearch.bySsn(Objects.requireNonNull(jane.ssn()))
                                        .toString(),
                                ClientSearch.byBirth(Objects.requireNonNull(jane.dateOfBirth()), jane.lastName())
                                        .toString(),
                                String.valueOf(ClientSearch.byBirth(
                                                Objects.requireNonNull(jane.dateOfBirth()), jane.lastName())
                                        .birth()),
                                Client.of(new java.util.UUID(0, 1), jane, Instant.EPOCH)
                                        .toString())
                        .toString())
                .doesNotContain(
                        "Jane",
                        "jane",
                        "Brien",
                        Objects.requireNonNull(jane.ssn()).digits(),
                        "1984",
                        "Main",
                        "husband",
                        "212555",
                        "lidocaine",
                        "mornings");
    }

    private static Parsed<ClientDraft> draft(String json) {
        return ClientDraft.read(Examples.fields(json), Examples.TODAY);
    }

    private static Parsed<ClientFilter> filter(Map<String, String> parameters) {
        return ClientFilter.read(Fields.ofParameters(parameters));
    }
}
