package com.medspasync.appointments;

import com.medspasync.clients.ClientSummaries;
import com.medspasync.clients.ClientSummaryView;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.tenant.Caller;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records that an appointment is shown with: null where they were not asked for. Deleted ones are shown too: the appointment was theirs. */
public record Expanded(
        @Nullable ClientSummaryView client,
        @Nullable Service service,
        @Nullable Staff staff) {

    /** Nothing was asked for. */
    public static final Expanded NONE = new Expanded(null, null, null);

    /** The service that was booked. */
    public record Service(UUID id, String name, String category) {}

    /** The staff member who gives it. */
    public record Staff(UUID id, String firstName, String lastName, String role) {}

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            %s, sv.name as service_name, sv.category as service_category, st.first_name as staff_first_name,
              st.last_name as staff_last_name, st.role as staff_role""".formatted(ClientSummaries.columns("cl", "client_"));

    /** Joins the records to what is named {@code appointment} in the statement. */
    static String joined(String appointment) {
        return """
                left join clients cl on :expand_client and cl.practice_id = :practice::uuid and cl.id = %1$s.client_id
                left join services sv on :expand_service and sv.practice_id = :practice::uuid and sv.id = %1$s.service_id
                left join staff st on :expand_staff and st.practice_id = :practice::uuid and st.id = %1$s.staff_id""".formatted(appointment);
    }

    static Query bind(Query query, Set<Related> related) {
        return query.bool("expand_client", related.contains(Related.CLIENT))
                .bool("expand_service", related.contains(Related.SERVICE))
                .bool("expand_staff", related.contains(Related.STAFF));
    }

    /** @param appointment of the same row */
    static Expanded of(Row row, Appointment appointment, Set<Related> related, Caller caller) {
        return related.isEmpty()
                ? NONE
                : new Expanded(
                        related.contains(Related.CLIENT) ? ClientSummaries.view(row, "client_", caller) : null,
                        related.contains(Related.SERVICE)
                                ? new Service(
                                        appointment.service(), row.text("service_name"), row.text("service_category"))
                                : null,
                        related.contains(Related.STAFF)
                                ? new Staff(
                                        appointment.staff(),
                                        row.text("staff_first_name"),
                                        row.text("staff_last_name"),
                                        row.text("staff_role"))
                                : null);
    }
}
