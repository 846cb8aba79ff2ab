package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Alongside;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppointmentListTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();
    private final UUID bea = salon.staff("Skin");
    private UUID early;
    private UUID late;
    private UUID next;
    private UUID nextYear;

    /** Two on one day, one on the day after, with somebody else and confirmed, and one a year later. */
    @BeforeEach
    void book() {
        early = id(salon.draft(at(3, "09:00")));
        late = id(withNotes(salon.draft(at(3, "16:00")), "Zebra"));
        next = id(salon.draft(bea, at(4, "10:00")));
        nextYear = id(salon.draft(at(380, "10:00")));
        changed(appointments.change(
                salon.admin(), next, 1, patch("{\"status\": \"CONFIRMED\", \"paymentStatus\": \"PAID\"}")));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private UUID id(AppointmentDraft draft) {
        return booked(appointments.book(salon.admin(), draft, null))
                .appointment()
                .id();
    }

    @Test
    void list_goesByTimeBothWays_andLeavesOutWhatIsDeleted() {
        assertThat(listed(Map.of())).containsExactly(early, late, next, nextYear);
        assertThat(listed(Map.of("orderby", "dateTime desc"))).containsExactly(nextYear, next, late, early);
        appointments.delete(salon.admin(), late, 1);
        assertThat(listed(Map.of())).containsExactly(early, next, nextYear);
    }

    @Test
    void list_isNarrowedByEachFilterAndByAllTogether() {
        assertThat(listed(Map.of("staffId", bea.toString()))).containsExactly(next);
        assertThat(listed(Map.of("staffId", salon.anna().toString()))).containsExactly(early, late, nextYear);
        assertThat(listed(Map.of("clientId", salon.client().toString()))).hasSize(4);
        assertThat(listed(Map.of("clientId", salon.newClient().toString()))).isEmpty();
        assertThat(listed(Map.of("serviceId", salon.facial().toString()))).hasSize(4);
        assertThat(listed(Map.of("serviceId", UUID.randomUUID().toString()))).isEmpty();
        assertThat(listed(Map.of("status", "CONFIRMED"))).containsExactly(next);
        assertThat(listed(Map.of("status", "SCHEDULED"))).containsExactly(early, late, nextYear);
        assertThat(listed(Map.of("paymentStatus", "PAID"))).containsExactly(next);
        assertThat(listed(Map.of(
                        "from", at(3, "09:01").toString(), "to", at(4, "10:00").toString())))
                .containsExactly(late);
        assertThat(listed(Map.of(
                        "clientId", salon.client().toString(), "staffId", bea.toString(), "status", "SCHEDULED")))
                .isEmpty();
    }

    @Test
    void list_ofADay_isOfThePracticesOwnDay() {
        LocalDate day = LocalDate.now(Salon.ZONE).plusDays(3);
        UUID night = booked(appointments.book(salon.admin(), Salon.overriding(salon.draft(at(3, "23:30"))), null))
                .appointment()
                .id();
        assertThat(listed(Map.of("day", day.toString()))).containsExactly(early, late, night);
        assertThat(listed(Map.of("day", day.plusDays(1).toString()))).containsExactly(next);
    }

    @Test
    void pages_followEachOther_withoutGapOrRepetition() {
        for (String order : new String[] {"dateTime asc", "dateTime desc"}) {
            List<UUID> seen = new ArrayList<>();
            Map<String, String> asked = new HashMap<>(Map.of("top", "1", "orderby", order));
            String cursor;
            do {
                Listing.Page<AppointmentView> page = page(asked);
                page.items().forEach(view -> seen.add(view.appointment().id()));
                cursor = page.next();
                asked.put("cursor", cursor == null ? "" : cursor);
            } while (cursor != null);
            assertThat(seen).as(order).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void cursor_ofAnotherQuestion_isRefused() {
        String cursor = page(Map.of("top", "1")).next();
        assertThat(cursor).isNotNull();
        assertThat(appointments.findAll(salon.admin(), filter(Map.of("cursor", cursor, "status", "SCHEDULED"))))
                .isEqualTo(new Listing.BadCursor<>());
        assertThat(appointments.findAll(new Salon(PLATFORM).admin(), filter(Map.of("top", "1", "cursor", cursor))))
                .as("of another practice")
                .isEqualTo(new Listing.BadCursor<>());
    }

    @Test
    void list_showsWhatWasAskedForWithoutNotes_andPutsEachClientOnRecordOnce() {
        PLATFORM.execute("delete from audit_subjects where practice_id = '%s'".formatted(salon.practice()));
        List<AppointmentView> views = page(Map.of(
                        "expand", "client,staff", "staffId", salon.anna().toString()))
                .items();
        assertThat(views).hasSize(3).allSatisfy(view -> {
            assertThat(view.notes()).isNull();
            assertThat(view.expanded().client()).isNotNull();
            assertThat(view.expanded().staff())
                    .isEqualTo(new Expanded.Staff(salon.anna(), "Anna", "Smith", "PRACTITIONER"));
            assertThat(view.expanded().service()).isNull();
        });
        assertThat(PLATFORM.rows("select count(*) from audit_subjects where record_id = ?", salon.client()))
                .containsExactly("1");
        assertThat(PLATFORM.rows(
                        "select details->>'shown', details->>'criteria' from audit_logs where table_name = 'appointments' and action = 'READ' and practice_id = ?",
                        salon.practice().value()))
                .containsExactly("3|[\"staffId\"]");
    }

    @Test
    void list_byAnotherPractice_showsNothing() {
        Salon other = new Salon(PLATFORM);
        assertThat(((Listing.Page<AppointmentView>) appointments.findAll(other.admin(), filter(Map.of()))).items())
                .isEmpty();
    }

    @Test
    void client_isReadWithTheirAppointments_theLatestFirst() {
        Lookup<Alongside.Accompanied<List<AppointmentView>>> lookup =
                PLATFORM.clients().findById(salon.admin(), salon.client(), ClientAppointments.ALONGSIDE);
        List<AppointmentView> with = ((Lookup.Found<Alongside.Accompanied<List<AppointmentView>>>) lookup)
                .value()
                .more();
        assertThat(with).extracting(view -> view.appointment().id()).containsExactly(nextYear, next, late, early);
        assertThat(with.get(1).appointment())
                .isEqualTo(salon.read(appointments, next).appointment());
        assertThat(with.get(0).expanded().service())
                .isEqualTo(new Expanded.Service(salon.facial(), "A service", "Skin"));
        assertThat(PLATFORM.rows(
                        "select details->>'expand' from audit_logs where action = 'READ' and table_name = 'clients' and record_id = ?",
                        salon.client()))
                .containsExactly("[\"appointments\"]");
    }

    @Test
    void filter_withFaults_namesThemAll() {
        Parsed<AppointmentFilter> parsed = AppointmentFilter.read(Fields.ofParameters(Map.of(
                "day",
                "2027-01-15",
                "from",
                Instant.EPOCH.toString(),
                "status",
                "GONE",
                "expand",
                "client,client",
                "orderby",
                "price")));
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        assertThat(((Parsed.Invalid<AppointmentFilter>) parsed).violations())
                .extracting(violation -> violation.field())
                .containsExactlyInAnyOrder("day", "status", "expand", "orderby");
    }

    private List<UUID> listed(Map<String, String> parameters) {
        return page(parameters).items().stream()
                .map(view -> view.appointment().id())
                .toList();
    }

    private Listing.Page<AppointmentView> page(Map<String, String> parameters) {
        Listing<AppointmentView> listing = appointments.findAll(salon.admin(), filter(parameters));
        assertThat(listing).isInstanceOf(Listing.Page.class);
        return (Listing.Page<AppointmentView>) listing;
    }

    private static AppointmentFilter filter(Map<String, String> parameters) {
        return switch (AppointmentFilter.read(Fields.ofParameters(parameters))) {
            case Parsed.Valid<AppointmentFilter>(AppointmentFilter filter) -> filter;
            case Parsed.Invalid<AppointmentFilter>(var violations) -> throw new AssertionError(violations.toString());
        };
    }
}
