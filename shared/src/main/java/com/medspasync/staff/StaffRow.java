package com.medspasync.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.idempotency.KeptJson;
import com.medspasync.input.Json;
import com.medspasync.schedule.WeekHours;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Staff members as the table has them, and as they are kept for repeats of the request that created them. */
final class StaffRow {

    static final String COLUMNS =
            "id, user_id, first_name, last_name, role, specializations, phone, email, working_hours, hourly_rate, active, version, created_at, updated_at";

    private StaffRow() {}

    /** Reads {@link #COLUMNS}, for {@code caller}. */
    static StaffMember read(Row row, Caller caller) {
        String hours = row.jsonOrNull("working_hours");
        return new StaffMember(
                        row.uuid("id"),
                        row.uuid("user_id"),
                        new PersonName(row.text("first_name")),
                        new PersonName(row.text("last_name")),
                        Role.valueOf(row.text("role")),
                        row.texts("specializations"),
                        optional(row.textOrNull("phone"), PhoneNumber::new),
                        optional(row.textOrNull("email"), EmailAddress::new),
                        hours == null ? null : hours(hours),
                        row.numericOrNull("hourly_rate"),
                        row.bool("active"),
                        row.integer("version"),
                        row.instant("created_at"),
                        row.instant("updated_at"),
                        List.of())
                .shownTo(caller);
    }

    /** Binds the parameters of an insertion. */
    static Query bind(Query query, StaffMember member) {
        PhoneNumber phone = member.phone();
        EmailAddress email = member.email();
        return query.uuid("id", member.id())
                .uuid("user_id", member.userId())
                .text("first_name", member.firstName().value())
                .text("last_name", member.lastName().value())
                .text("role", member.role().name())
                .texts("specializations", member.specializations())
                .text("phone", phone == null ? null : phone.e164())
                .text("email", email == null ? null : email.value())
                .json("working_hours", json(member.workingHours()))
                .numeric("hourly_rate", member.hourlyRate())
                .bool("active", member.active())
                .instant("now", member.createdAt());
    }

    static @Nullable String json(@Nullable WeekHours hours) {
        return hours == null ? null : Json.write(hours.json());
    }

    /** What is kept, encrypted. */
    static byte[] write(StaffMember member) {
        ObjectNode json = KeptJson.object();
        PhoneNumber phone = member.phone();
        EmailAddress email = member.email();
        BigDecimal rate = member.hourlyRate();
        json.put("id", member.id().toString());
        json.put("userId", member.userId().toString());
        json.put("firstName", member.firstName().value());
        json.put("lastName", member.lastName().value());
        json.put("role", member.role().name());
        ArrayNode specializations = json.putArray("specializations");
        member.specializations().forEach(specializations::add);
        json.put("phone", phone == null ? null : phone.e164());
        json.put("email", email == null ? null : email.value());
        json.put("workingHours", json(member.workingHours()));
        json.put("hourlyRate", rate == null ? null : rate.toPlainString());
        json.put("active", member.active());
        json.put("version", member.version());
        json.put("createdAt", member.createdAt().toString());
        json.put("updatedAt", member.updatedAt().toString());
        return KeptJson.write(json);
    }

    /** Reads what {@link #write} wrote, for {@code caller}: a role may have changed since. */
    static StaffMember read(byte[] kept, Caller caller) {
        JsonNode json = KeptJson.read(kept);
        List<String> specializations = new ArrayList<>();
        json.required("specializations").forEach(category -> specializations.add(category.textValue()));
        return new StaffMember(
                        UUID.fromString(json.required("id").textValue()),
                        UUID.fromString(json.required("userId").textValue()),
                        new PersonName(json.required("firstName").textValue()),
                        new PersonName(json.required("lastName").textValue()),
                        Role.valueOf(json.required("role").textValue()),
                        specializations,
                        optional(json.path("phone").textValue(), PhoneNumber::new),
                        optional(json.path("email").textValue(), EmailAddress::new),
                        optional(json.path("workingHours").textValue(), StaffRow::hours),
                        optional(json.path("hourlyRate").textValue(), BigDecimal::new),
                        json.required("active").booleanValue(),
                        json.required("version").intValue(),
                        Instant.parse(json.required("createdAt").textValue()),
                        Instant.parse(json.required("updatedAt").textValue()),
                        List.of())
                .shownTo(caller);
    }

    private static WeekHours hours(String json) {
        return WeekHours.of(KeptJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> @Nullable T optional(@Nullable String text, Function<String, T> reader) {
        return text == null ? null : reader.apply(text);
    }
}
