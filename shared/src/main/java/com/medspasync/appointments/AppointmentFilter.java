package com.medspasync.appointments;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which appointments a list shows; null for any.
 *
 * @param day of the practice's own, in its time zone; not together with the times
 * @param from only those that begin then or later
 * @param to only those that begin earlier than that
 * @param latestFirst by when they begin; else the earliest first
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record AppointmentFilter(
        @Nullable LocalDate day,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID client,
        @Nullable UUID staff,
        @Nullable UUID service,
        @Nullable AppointmentStatus status,
        @Nullable PaymentStatus payment,
        Set<Related> related,
        boolean latestFirst,
        int top,
        @Nullable String cursor) {

    public AppointmentFilter {
        Paging.requireTop(top);
        related = Set.copyOf(related);
    }

    /** Reads the parameters of a query. */
    public static Parsed<AppointmentFilter> read(Fields in) {
        LocalDate day = in.date("day").optional();
        Instant from = in.instant("from").optional();
        Instant to = in.instant("to").optional();
        UUID client = in.uuid("clientId").optional();
        UUID staff = in.uuid("staffId").optional();
        UUID service = in.uuid("serviceId").optional();
        AppointmentStatus status = in.choice("status", AppointmentStatus.class).optional();
        PaymentStatus payment = in.choice("paymentStatus", PaymentStatus.class).optional();
        Set<Related> related = in.text("expand", 40).then(Related::parse).or(Set.of());
        boolean latestFirst =
                in.text("orderby", 40).then(AppointmentFilter::isDescending).or(false);
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        if (day != null && (from != null || to != null)) {
            in.reject("day", "exclusive", "cannot be given together with from or to");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            in.reject("to", "range", "must be after from");
        }
        return in.finish(() -> new AppointmentFilter(
                day, from, to, client, staff, service, status, payment, related, latestFirst, top, cursor));
    }

    private static Parsed<Boolean> isDescending(String order) {
        return switch (order) {
            case "dateTime", "dateTime asc" -> Parsed.valid(false);
            case "dateTime desc" -> Parsed.valid(true);
            default -> Parsed.invalid("choice", "must be one of dateTime asc, dateTime desc");
        };
    }

    /** What tells this question from another, on any of its pages. */
    String question() {
        return "appointments " + (latestFirst ? "desc " : "asc ") + given();
    }

    /** By what it narrows, without by which values: what the audit keeps. */
    List<String> criteria() {
        return List.copyOf(given().keySet());
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "day", day);
        put(given, "from", from);
        put(given, "to", to);
        put(given, "clientId", client);
        put(given, "staffId", staff);
        put(given, "serviceId", service);
        put(given, "status", status);
        put(given, "paymentStatus", payment);
        return given;
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
