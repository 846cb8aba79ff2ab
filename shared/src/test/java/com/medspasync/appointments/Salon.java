package com.medspasync.appointments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.medspasync.clients.ClientView;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A practice in New York with services, staff and a client to book. Everybody works from nine to five on every day of the week, and gives what is of
 * the category Skin.
 */
public final class Salon {

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final String EVERY_DAY = """
            {"monday": %1$s, "tuesday": %1$s, "wednesday": %1$s, "thursday": %1$s, "friday": %1$s, "saturday": %1$s, "sunday": %1$s}""".formatted("[{\"from\": \"09:00\", \"to\": \"17:00\"}]");

    private final Platform platform;
    private final PracticeId practice;
    private final Caller admin;
    private final UUID client;
    private final UUID facial;
    private final UUID anna;

    /** A new practice on {@code platform}. */
    public Salon(Platform platform) {
        this.platform = platform;
        this.practice = platform.practice("glow");
        this.admin = Examples.admin(practice);
        this.client = newClient();
        this.facial = service("Skin", 60, 0, 0, "120.00");
        this.anna = staff("Skin");
    }

    /** The repository, as a process has it that has seen nothing yet. */
    public Appointments appointments() {
        return appointmentsOn(platform);
    }

    /** The repository of a process of its own. */
    public Appointments appointmentsOn(Platform process) {
        Envelope envelope = new Envelope(new SecureRandom());
        return new Appointments(
                process.database(),
                process.keys(),
                process.cipher(),
                new WrappedKeyCache(),
                new Idempotency(process.keys(), envelope, UUID::randomUUID),
                new Cursors(process.keys(), envelope),
                Clock.systemUTC(),
                Generators.timeBasedEpochRandomGenerator()::generate);
    }

    public PracticeId practice() {
        return practice;
    }

    public Caller admin() {
        return admin;
    }

    Caller user(Role role) {
        return Examples.user(practice, role);
    }

    /** The client who is booked. */
    public UUID client() {
        return client;
    }

    /** Another client. */
    public UUID newClient() {
        return switch (platform.clients().create(admin, Examples.named("Ann", "Lee"))) {
            case Creation.Created<?>(ClientView view) -> view.id();
            case Creation<?> other -> throw new AssertionError(other.toString());
        };
    }

    /** An hour, for 120.00, without buffers. */
    public UUID facial() {
        return facial;
    }

    /** Who gives {@link #facial}. */
    public UUID anna() {
        return anna;
    }

    /** A new service. */
    public UUID service(String category, int duration, int before, int after, String price) {
        UUID id = UUID.randomUUID();
        platform.execute("""
                insert into services (practice_id, id, name, category, duration, buffer_before, buffer_after, price)
                values ('%s', '%s', 'A service', '%s', %d, %d, %d, %s)""".formatted(practice, id, category, duration, before, after, price));
        return id;
    }

    /** A new member of the staff. */
    public UUID staff(String category) {
        UUID id = UUID.randomUUID();
        platform.execute("""
                insert into users (practice_id, id, email, email_search, password, role)
                values ('%1$s', '%2$s', '%2$s@glow.example', '%2$s@glow.example', 'x', 'PRACTITIONER')""".formatted(practice, id), """
                insert into staff (practice_id, id, user_id, first_name, last_name, role, specializations, working_hours)
                values ('%1$s', '%2$s', '%2$s', 'Anna', 'Smith', 'PRACTITIONER', '{%3$s}', '%4$s')""".formatted(practice, id, category, EVERY_DAY));
        return id;
    }

    /** At a time of day, so many days from today, in the practice's zone. */
    public static Instant at(int days, String time) {
        return LocalDate.now(ZONE)
                .plusDays(days)
                .atTime(LocalTime.parse(time))
                .atZone(ZONE)
                .toInstant();
    }

    /** Books a facial with Anna for {@link #client}, and notes something. */
    public UUID bookWithNotes(String notes) {
        return booked(appointments().book(admin, withNotes(draft(at(3, "10:00")), notes), null))
                .appointment()
                .id();
    }

    /** A facial with Anna. */
    public AppointmentDraft draft(Instant at) {
        return draft(anna, at);
    }

    AppointmentDraft draft(UUID staff, Instant at) {
        return new AppointmentDraft(client, facial, staff, at, null, null, null, null);
    }

    /** The same with notes. */
    public static AppointmentDraft withNotes(AppointmentDraft draft, @Nullable String notes) {
        return new AppointmentDraft(
                draft.client(),
                draft.service(),
                draft.staff(),
                draft.dateTime(),
                draft.duration(),
                draft.price(),
                notes,
                draft.overrideReason());
    }

    static AppointmentDraft overriding(AppointmentDraft draft) {
        return new AppointmentDraft(
                draft.client(),
                draft.service(),
                draft.staff(),
                draft.dateTime(),
                draft.duration(),
                draft.price(),
                draft.notes(),
                "Asked by the owner");
    }

    /** What was booked. */
    public static AppointmentView booked(Booking booking) {
        assertThat(booking).isInstanceOf(Booking.Booked.class);
        return ((Booking.Booked) booking).appointment();
    }

    /** What it was changed to. */
    public static AppointmentView changed(AppointmentChange change) {
        assertThat(change).isInstanceOf(AppointmentChange.Changed.class);
        return ((AppointmentChange.Changed) change).appointment();
    }

    static AppointmentView found(Lookup<AppointmentView> lookup) {
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found<AppointmentView>) lookup).value();
    }

    /** As stored: read without an expansion. */
    public AppointmentView read(Appointments appointments, UUID id) {
        return found(appointments.findById(admin, id, Set.of()));
    }

    /** A merge patch, as it is sent. */
    public static AppointmentPatch patch(String json) {
        return switch (Json.read(json)) {
            case Parsed.Valid<ObjectNode>(var object) ->
                switch (AppointmentPatch.read(Fields.of(object), Instant.now())) {
                    case Parsed.Valid<AppointmentPatch>(AppointmentPatch patch) -> patch;
                    case Parsed.Invalid<AppointmentPatch>(var violations) ->
                        throw new AssertionError(violations.toString());
                };
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    /** The first fifty of a day. */
    public static AppointmentFilter ofDay(LocalDate day, Set<Related> related) {
        return new AppointmentFilter(day, null, null, null, null, null, null, null, related, false, 50, null);
    }

    /** So many minutes from now. */
    static Instant inMinutes(int minutes) {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(minutes));
    }

    /** The fields at fault, each with what is wrong. */
    static List<String> violations(Booking booking) {
        assertThat(booking).isInstanceOf(Booking.Refused.class);
        return names(((Booking.Refused) booking).violations());
    }

    /** The fields at fault, each with what is wrong. */
    static List<String> violations(AppointmentChange change) {
        assertThat(change).isInstanceOf(AppointmentChange.Refused.class);
        return names(((AppointmentChange.Refused) change).violations());
    }

    private static List<String> names(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }
}
