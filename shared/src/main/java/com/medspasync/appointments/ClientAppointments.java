package com.medspasync.appointments;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.clients.Alongside;
import com.medspasync.database.Sql;
import com.medspasync.history.AuditValues;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The appointments of a client, to be read together with the client: the latest of those that are not deleted, without notes. */
public final class ClientAppointments {

    /** How many at most; the list of appointments has them all. */
    public static final int MOST = 100;

    private static final Sql FIND = Alongside.statement("""
            (select coalesce(jsonb_agg(to_jsonb(latest) order by date_time desc, id desc), '[]')
              from (
                select %s, sv.name as service_name, sv.category as service_category,
                  st.first_name as staff_first_name, st.last_name as staff_last_name, st.role as staff_role
                from appointments a
                join services sv on sv.practice_id = :practice::uuid and sv.id = a.service_id
                join staff st on st.practice_id = :practice::uuid and st.id = a.staff_id
                where a.practice_id = :practice::uuid and a.client_id = found.id and a.deleted_at is null
                order by a.date_time desc, a.id desc
                limit %d) latest) as appointments""".formatted(Appointment.columns("a"), MOST));

    /** With service and staff, the latest first. */
    public static final Alongside<List<AppointmentView>> ALONGSIDE =
            new Alongside<>(FIND, row -> read(row.json("appointments")), "appointments");

    private ClientAppointments() {}

    private static List<AppointmentView> read(String json) {
        List<AppointmentView> views = new ArrayList<>();
        for (JsonNode one : AuditValues.parse("{\"value\": %s}".formatted(json)).path("value")) {
            Appointment appointment = appointment(one);
            Expanded expanded = new Expanded(
                    null,
                    new Expanded.Service(
                            appointment.service(), text(one, "service_name"), text(one, "service_category")),
                    new Expanded.Staff(
                            appointment.staff(),
                            text(one, "staff_first_name"),
                            text(one, "staff_last_name"),
                            text(one, "staff_role")));
            views.add(new AppointmentView(appointment, null, List.of(), expanded));
        }
        return views;
    }

    private static Appointment appointment(JsonNode json) {
        JsonNode reason = json.required("cancellation_reason");
        return new Appointment(
                uuid(json, "id"),
                uuid(json, "client_id"),
                uuid(json, "service_id"),
                uuid(json, "staff_id"),
                instant(json, "date_time"),
                json.required("duration").intValue(),
                json.required("buffer_before").intValue(),
                json.required("buffer_after").intValue(),
                AppointmentStatus.valueOf(text(json, "status")),
                reason.isNull() ? null : CancellationReason.valueOf(reason.textValue()),
                json.required("late_cancellation").booleanValue(),
                json.required("price").decimalValue(),
                PaymentStatus.valueOf(text(json, "payment_status")),
                json.required("reminder_sent").booleanValue(),
                json.required("version").intValue(),
                instant(json, "created_at"),
                instant(json, "updated_at"));
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }

    private static UUID uuid(JsonNode json, String field) {
        return UUID.fromString(text(json, field));
    }

    private static Instant instant(JsonNode json, String field) {
        return OffsetDateTime.parse(text(json, field)).toInstant();
    }
}
