package com.medspasync.appointments;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Violation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a statement has refused to book or to change an appointment. It asks once more, one by one, what that statement asked all at once; what
 * it finds may be of a moment later. It tells of others' appointments by their ids and times alone, which every role of a practice sees.
 */
final class Objections {

    static final Sql ASK = Sql.of("""
            with %6$s,
            asked as materialized (
              select
                t.status, t.payment_status, t.price, coalesce(t.date_time <= now(), false) as begun, t.service_id as service_before,
                coalesce(:starts_at::timestamptz, t.date_time) <= now() as begins,
                coalesce(t.client_id, :client::uuid) as client_id, coalesce(:service::uuid, t.service_id) as service_id,
                coalesce(:staff::uuid, t.staff_id) as staff_id, coalesce(:starts_at::timestamptz, t.date_time) as starts_at,
                t.duration, t.buffer_before, t.buffer_after,
                t.id is null
                  or (coalesce(:service::uuid, t.service_id), coalesce(:staff::uuid, t.staff_id),
                    coalesce(:starts_at::timestamptz, t.date_time), coalesce(:duration, t.duration))
                    is distinct from (t.service_id, t.staff_id, t.date_time, t.duration) as moved
              from (select) as one left join target t on true),
            taken as materialized (
              select asked.*, sv.id as service_found, sv.active as service_active,
                %1$s as taken_from, %2$s as taken_to
              from asked
              left join services sv on sv.practice_id = :practice::uuid and sv.id = asked.service_id and sv.deleted_at is null)
            select
              taken.status, taken.payment_status, taken.price, taken.begun, taken.begins, taken.moved, coalesce(taken.taken_to <= now(), false) as over,
              cl.id is not null as client_known,
              taken.service_found is not null as service_known, coalesce(taken.service_active, false) as service_active,
              st.id is not null as staff_known, coalesce(st.active, false) as staff_active,
              coalesce(%3$s, false) as offered, coalesce(%4$s, false) as worked, coalesce(%5$s, false) as recent,
              clash.appointment_id as clash, clash.starts_from as clash_from, clash.ends_at as clash_to
            from taken
            left join clients cl on cl.practice_id = :practice::uuid and cl.id = taken.client_id and %8$s
            left join services sv on sv.practice_id = :practice::uuid and sv.id = taken.service_found
            left join staff st on st.practice_id = :practice::uuid and st.id = taken.staff_id and st.deleted_at is null
            left join lateral (
              %7$s) clash on true""".formatted(
            BookingRules.from("asked.starts_at", terms("buffer_before")),
            BookingRules.to(
                    "asked.starts_at", "coalesce(:duration, %s)".formatted(terms("duration")), terms("buffer_after")),
            BookingRules.OFFERED,
            BookingRules.worked("taken.taken_from", "taken.taken_to"),
            BookingRules.recent("taken.starts_at"),
            Appointment.byId("target"),
            BookingRules.clash("taken.staff_id", "taken.taken_from", "taken.taken_to"),
            BookingRules.CLIENT_THERE));

    private static final int MOST_TRIES = 20;

    private final PracticeDatabase database;

    Objections(PracticeDatabase database) {
        this.database = database;
    }

    /** A term of the service that is asked for, if it is another than before. */
    private static String terms(String column) {
        return "case when sv.id is distinct from asked.service_before then sv.%1$s else asked.%1$s end"
                .formatted(column);
    }

    /** What stands in the way; nothing at all when that has gone meanwhile. */
    record Found(
            List<Violation> violations,
            @Nullable Clash clash,
            @Nullable String forbidden) {}

    /** What the statement found. */
    private record Facts(
            @Nullable AppointmentStatus status,
            @Nullable PaymentStatus payment,
            @Nullable BigDecimal price,
            boolean begun,
            boolean begins,
            boolean moved,
            boolean over,
            boolean clientKnown,
            boolean serviceKnown,
            boolean serviceActive,
            boolean staffKnown,
            boolean staffActive,
            boolean offered,
            boolean worked,
            boolean recent,
            @Nullable Clash clash) {

        static Facts of(Row row) {
            String status = row.textOrNull("status");
            String payment = row.textOrNull("payment_status");
            UUID clash = row.uuidOrNull("clash");
            return new Facts(
                    status == null ? null : AppointmentStatus.valueOf(status),
                    payment == null ? null : PaymentStatus.valueOf(payment),
                    row.numericOrNull("price"),
                    row.bool("begun"),
                    row.bool("begins"),
                    row.bool("moved"),
                    row.bool("over"),
                    row.bool("client_known"),
                    row.bool("service_known"),
                    row.bool("service_active"),
                    row.bool("staff_known"),
                    row.bool("staff_active"),
                    row.bool("offered"),
                    row.bool("worked"),
                    row.bool("recent"),
                    clash == null ? null : new Clash(clash, row.instant("clash_from"), row.instant("clash_to")));
        }
    }

    /** What stands in the way of a booking. */
    Found to(Caller caller, UUID id, AppointmentDraft draft) {
        Facts facts =
                ask(caller, id, draft.client(), draft.service(), draft.staff(), draft.dateTime(), draft.duration());
        List<Violation> violations = new ArrayList<>();
        ofPlace(facts, draft.overrideReason() != null, violations);
        return new Found(violations, facts.clash(), null);
    }

    /** What stands in the way of a change. */
    Found to(Caller caller, UUID id, AppointmentPatch patch) {
        Facts facts = ask(caller, id, null, patch.service(), patch.staff(), patch.dateTime(), patch.duration());
        List<Violation> violations = new ArrayList<>();
        Optional<String> forbidden = ofStates(caller, facts, patch, violations);
        boolean reinstated = facts.status() == AppointmentStatus.CANCELLED
                && patch.status() != null
                && patch.cancellationReason() == null;
        if (facts.moved() || reinstated) {
            ofPlace(facts, patch.overrideReason() != null, violations);
        }
        return new Found(violations, facts.moved() || reinstated ? facts.clash() : null, forbidden.orElse(null));
    }

    /** What stands in the way of a restoration: of one that takes nobody's time any more, only that the client is not there. */
    Found toRestoring(Caller caller, UUID id) {
        Facts facts = ask(caller, id, null, null, null, null, null);
        List<Violation> violations = new ArrayList<>();
        if (facts.status() != AppointmentStatus.CANCELLED && !facts.over()) {
            ofRecords(facts, violations);
        } else if (!facts.clientKnown()) {
            violations.add(unknown("clientId"));
        }
        return new Found(violations, facts.status() == AppointmentStatus.CANCELLED ? null : facts.clash(), null);
    }

    /**
     * Lets what was refused be tried again, when nothing stands in its way any more: whatever did has gone meanwhile.
     *
     * @param tries how often it was refused
     * @throws IllegalStateException when that was so too often: the statements contradict each other
     */
    static void requireReason(int tries) {
        if (tries >= MOST_TRIES) {
            throw new IllegalStateException(
                    "an appointment was refused " + tries + " times for no reason that can be found");
        }
    }

    /** A field that names no record of the practice, or a deleted one. */
    static Violation unknown(String field) {
        return new Violation("/" + field, "unknown", "must name a record of the practice that is not deleted");
    }

    private static Violation inactive(String field) {
        return new Violation("/" + field, "inactive", "must name a record that is active");
    }

    private Facts ask(
            Caller caller,
            UUID id,
            @Nullable UUID client,
            @Nullable UUID service,
            @Nullable UUID staff,
            @Nullable Instant startsAt,
            @Nullable Integer duration) {
        Query query = ASK.bind()
                .uuid("id", id)
                .uuid("client", client)
                .uuid("service", service)
                .uuid("staff", staff)
                .instant("starts_at", startsAt)
                .integer("duration", duration);
        return database.one(caller, query, Facts::of);
    }

    private static void ofPlace(Facts facts, boolean overridden, List<Violation> violations) {
        ofRecords(facts, violations);
        if (!facts.serviceKnown() || !facts.staffKnown() || overridden) {
            return;
        }
        if (!facts.offered()) {
            violations.add(new Violation("/staffId", "not-offered", "must name somebody who gives such services"));
        }
        if (!facts.worked()) {
            violations.add(new Violation(
                    "/dateTime",
                    "not-working",
                    "must lie, buffers included, within the hours of the staff member and the practice"));
        }
        if (!facts.recent()) {
            violations.add(new Violation("/dateTime", "past", "must not be more than 24 hours ago"));
        }
    }

    private static void ofRecords(Facts facts, List<Violation> violations) {
        if (!facts.clientKnown()) {
            violations.add(unknown("clientId"));
        }
        if (!facts.serviceKnown()) {
            violations.add(unknown("serviceId"));
        } else if (!facts.serviceActive()) {
            violations.add(inactive("serviceId"));
        }
        if (!facts.staffKnown()) {
            violations.add(unknown("staffId"));
        } else if (!facts.staffActive()) {
            violations.add(inactive("staffId"));
        }
    }

    /** @return why others may do that and the caller may not */
    private static Optional<String> ofStates(
            Caller caller, Facts facts, AppointmentPatch patch, List<Violation> violations) {
        AppointmentStatus from = facts.status();
        PaymentStatus paid = facts.payment();
        if (from == null || paid == null) {
            return Optional.empty();
        }
        AppointmentStatus to = patch.status() == null ? from : patch.status();
        List<Permission> needed = new ArrayList<>();
        if (patch.status() != null) {
            Transitions.needed(from, to)
                    .ifPresentOrElse(needed::add, () -> violations.add(transition("/status", from, to)));
        }
        PaymentStatus payment = patch.paymentStatus();
        if (payment != null) {
            Transitions.needed(paid, payment)
                    .ifPresentOrElse(needed::add, () -> violations.add(transition("/paymentStatus", paid, payment)));
        }
        if (patch.price() != null && patch.price().compareTo(Objects.requireNonNull(facts.price())) != 0) {
            needed.add(Transitions.neededToPrice(paid));
        }
        if (to == AppointmentStatus.COMPLETED && from != to && !facts.begins()) {
            violations.add(new Violation("/status", "too-early", "must wait until the appointment has begun"));
        }
        if (patch.cancellationReason() == CancellationReason.NO_SHOW && !facts.begun()) {
            violations.add(new Violation(
                    "/cancellationReason", "too-early", "must wait until the appointment should have begun"));
        }
        if (facts.moved() && (to == AppointmentStatus.CANCELLED || to == AppointmentStatus.COMPLETED)) {
            violations.add(new Violation("/status", "settled", "must be SCHEDULED or CONFIRMED for it to be moved"));
        }
        return needed.stream()
                .filter(permission -> !caller.may(permission))
                .findFirst()
                .map(permission -> "This change takes the permission " + permission + ".");
    }

    private static Violation transition(String field, Enum<?> from, Enum<?> to) {
        return new Violation(field, "transition", "cannot become " + to + " from " + from);
    }
}
