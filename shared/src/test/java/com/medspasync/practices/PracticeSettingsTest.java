package com.medspasync.practices;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.input.Faults;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PracticeSettingsTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));

    private final PracticeSettings settings =
            new PracticeSettings(PLATFORM.database(), PLATFORM.keys(), PLATFORM.cipher());
    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void everyOperation_takesOneRoundTrip() {
        found(admin);
        for (int i = 1; i <= 12; i++) {
            int version = i;
            assertThat(WIRE.during(() -> found(admin)).count()).isEqualTo(1);
            assertThat(WIRE.during(() ->
                                    changed(admin, version, "{\"taxId\":\"%d\",\"name\":\"Glow\"}".formatted(version)))
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void find_byEachRole_showsTheNumbersToAdministratorsAlone() {
        assertThat(found(admin))
                .extracting(Practice::taxId, Practice::licenseNumber, Practice::withheld)
                .containsExactly("12-3456789", "NY-0042", List.of());
        for (Role role : Set.of(Role.MANAGER, Role.PRACTITIONER, Role.STAFF)) {
            assertThat(found(Examples.user(glow, role)))
                    .extracting(Practice::taxId, Practice::licenseNumber, Practice::withheld)
                    .containsExactly(null, null, List.of("taxId", "licenseNumber"));
        }
        assertThat(found(operator()).withheld()).containsExactly("taxId", "licenseNumber");
        assertThat(PLATFORM.audited(glow.value())).as("reads of settings").containsExactly("CREATE");
    }

    @Test
    void find_anyOtherPractice_isMissing() {
        UUID other = PLATFORM.practice("radiance").value();
        assertThat(settings.find(admin, other)).isEqualTo(new Lookup.Missing<>());
        assertThat(settings.update(admin, other, 1, patch("{\"name\":\"Mine\",\"taxId\":\"1\"}")))
                .isEqualTo(new Update.Missing<>());
        assertThat(settings.find(Examples.operator(), glow.value())).isEqualTo(new Lookup.Missing<>());
        UUID platform = PracticeId.PLATFORM.value();
        assertThat(settings.find(Examples.operator(), platform)).isEqualTo(new Lookup.Missing<>());
        assertThat(settings.update(Examples.operator(), platform, 1, patch("{\"name\":\"Ours\",\"taxId\":\"1\"}")))
                .isEqualTo(new Update.Missing<>());
    }

    @Test
    void update_everyField_isFoundAsAnswered_andEmptiedAgain() {
        Practice changed = changed(admin, 1, """
                {"name":"Glow & Co","address":"1 Main St\\nAlbany","phone":"+1 212 555 0111","email":"hi@glow.example","taxId":"98-7654321",
                 "licenseNumber":"CA-1","timeZone":"Europe/Berlin","openingHours":{"monday":[{"from":"08:00","to":"20:00"}]},
                 "slotMinutes":30,"lateCancellationHours":0,"reminderHours":48}""");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(changed.taxId()).isEqualTo("98-7654321");
        assertThat(changed)
                .extracting(Practice::slotMinutes, Practice::lateCancellationHours, Practice::reminderHours)
                .containsExactly(30, 0, 48);
        assertThat(found(admin)).isEqualTo(changed);
        assertThat(PLATFORM.rows(
                        "select position('98-7654321'::bytea in tax_id) from practices where id = ?", glow.value()))
                .containsExactly("0");

        Practice emptied = changed(admin, 2, """
                {"address":null,"phone":null,"email":null,"taxId":null,"licenseNumber":null,"openingHours":null,"reminderHours":null}""");
        assertThat(emptied)
                .extracting(
                        Practice::address,
                        Practice::phone,
                        Practice::email,
                        Practice::taxId,
                        Practice::licenseNumber,
                        Practice::openingHours,
                        Practice::reminderHours)
                .containsOnlyNulls();
        assertThat(emptied.name()).isEqualTo("Glow & Co");
        assertThat(PLATFORM.audited(glow.value())).containsExactly("CREATE", "UPDATE", "UPDATE");
    }

    @Test
    void update_staleVersion_changesNothing_andTheVersionIsThatOfTheAccessPolicy() {
        AccessPolicies policies = new AccessPolicies(PLATFORM.database());
        policies.change(admin, new AccessPolicyPatch(null, 30, null), 1);
        assertThat(settings.update(admin, glow.value(), 1, patch("{\"name\":\"Late\"}")))
                .isEqualTo(new Update.Stale<>());
        assertThat(changed(admin, 2, "{\"name\":\"In time\"}").version()).isEqualTo(3);
        assertThat(policies.find(admin).orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void update_byAnOperatorWhoActsThere_doesNotShowTheNumbers() {
        Practice changed = changed(operator(), 1, "{\"taxId\":\"55-5\"}");
        assertThat(changed.taxId()).isNull();
        assertThat(found(admin).taxId()).isEqualTo("55-5");
    }

    @Test
    void update_afterItsKeyWasRetired_encryptsUnderTheNewOne() {
        changed(admin, 1, "{\"taxId\":\"1\"}");
        PLATFORM.addPracticeKey(glow, 2);
        PLATFORM.execute(
                "update practice_keys set accepted = false where practice_id = '%s' and version = 1".formatted(glow));
        assertThat(changed(admin, 2, "{\"taxId\":\"2\"}").taxId()).isEqualTo("2");
        assertThat(PLATFORM.rows(
                        "select encode(substring(tax_id from 3 for 4), 'hex') from practices where id = ?",
                        glow.value()))
                .containsExactly("00000002");
    }

    @Test
    void read_wrongInEveryField_namesThemAll() {
        assertThat(Faults.of(PracticePatch::read, """
                        {"name":null,"address":" ","phone":"x","email":"x","taxId":7,"licenseNumber":"","timeZone":"+02:00",
                         "openingHours":{"monday":[{"from":"9","to":"10:00"}]},"slotMinutes":4,"lateCancellationHours":169,"reminderHours":0,
                         "settings":{}}"""))
                .containsExactlyInAnyOrder(
                        "/name required",
                        "/address blank",
                        "/phone format",
                        "/email format",
                        "/taxId type",
                        "/licenseNumber blank",
                        "/timeZone choice",
                        "/openingHours/monday/0/from format",
                        "/slotMinutes range",
                        "/lateCancellationHours range",
                        "/reminderHours range",
                        "/settings unknown");
        for (String zone : List.of("Mars/Olympus", "EST5", "GMT+2", "europe/berlin", "posixrules", "SystemV/AST4")) {
            assertThat(Faults.of(PracticePatch::read, "{\"timeZone\":\"" + zone + "\"}"))
                    .as(zone)
                    .containsExactly("/timeZone choice");
        }
    }

    /** Java and PostgreSQL have each their own copy of the database of time zones. */
    @Test
    void update_toEachZoneThatJavaKnows_isTakenAsTheSameZoneOrRefused() {
        Update<Practice> refused = new Update.Refused<>(List.of(
                new Violation("/timeZone", "choice", "must be the name of an IANA time zone that the database knows")));
        Set<String> known = Set.copyOf(PLATFORM.rows("select name from pg_timezone_names"));
        int version = 1;
        for (String zone : ZoneId.getAvailableZoneIds()) {
            String json = "{\"timeZone\":\"" + zone + "\"}";
            if (!Faults.of(PracticePatch::read, json).isEmpty()) {
                assertThat(known).doesNotContain(zone);
            } else if (known.contains(zone)) {
                changed(admin, version++, json);
            } else {
                assertThat(settings.update(admin, glow.value(), version, patch(json)))
                        .as(zone)
                        .isEqualTo(refused);
            }
        }
        assertThat(version).isGreaterThan(400);
    }

    private Practice found(Caller caller) {
        return switch (settings.find(caller, glow.value())) {
            case Lookup.Found<Practice>(Practice practice) -> practice;
            case Lookup<Practice> other -> throw new AssertionError(other.toString());
        };
    }

    private Practice changed(Caller caller, int version, String json) {
        return switch (settings.update(caller, glow.value(), version, patch(json))) {
            case Update.Updated<Practice>(Practice practice) -> practice;
            case Update<Practice> other -> throw new AssertionError(other.toString());
        };
    }

    private Caller operator() {
        return Examples.operator().actingIn(glow);
    }

    private static PracticePatch patch(String json) {
        return switch (Json.read(json)) {
            case Parsed.Invalid<ObjectNode> invalid -> throw new AssertionError(invalid.toString());
            case Parsed.Valid<ObjectNode>(ObjectNode object) ->
                switch (PracticePatch.read(Fields.of(object))) {
                    case Parsed.Valid<PracticePatch>(PracticePatch patch) -> patch;
                    case Parsed.Invalid<PracticePatch>(var violations) ->
                        throw new AssertionError(violations.toString());
                };
        };
    }
}
