package com.medspasync.clients;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Clients, and those who work with them. */
public final class Examples {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Examples() {}

    /** A user of {@code practice} who may do everything with clients. */
    public static Caller admin(PracticeId practice) {
        return user(practice, Role.ADMIN);
    }

    /** A user of the platform's own practice. */
    public static Caller operator() {
        return new Caller(
                PracticeId.PLATFORM,
                new UUID(9, 9),
                Role.OPERATOR,
                null,
                new Origin("203.0.113.9", "curl/8", UUID.randomUUID()));
    }

    /** A user of {@code practice}. */
    public static Caller user(PracticeId practice, Role role) {
        Origin origin = new Origin("203.0.113.9", "curl/8", UUID.randomUUID());
        return new Caller(practice, UUID.randomUUID(), role, null, origin);
    }

    /** A client with every field, whose e-mail address and Social Security number nobody else has. */
    public static ClientDraft jane() {
        int number = COUNT.incrementAndGet();
        return new ClientDraft(
                new PersonName("Jane"),
                new PersonName("O’Brien-Müller"),
                new EmailAddress("Jane.%d@Example.com".formatted(number)),
                new PhoneNumber("+12125550123"),
                new DateOfBirth(LocalDate.of(1984, 2, 29)),
                ssn(number),
                new Address("1 Main Street", "Apt 2", "New York", "NY", "10001", "US"),
                new EmergencyContact("John O’Brien", "husband", new PhoneNumber("+12125550124")),
                "Allergic to lidocaine.\nNo surgeries.",
                ClientStatus.VIP,
                "Prefers mornings.");
    }

    /** A number of its own for each of the first 56 million. */
    private static Ssn ssn(int number) {
        return new Ssn(
                "%03d%02d%04d".formatted(100 + number / 9_999 / 99, 1 + number / 9_999 % 99, 1 + number % 9_999));
    }

    /** The same client with another Social Security number. */
    public static ClientDraft withSsn(ClientDraft draft, @Nullable Ssn ssn) {
        return new ClientDraft(
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                draft.phone(),
                draft.dateOfBirth(),
                ssn,
                draft.address(),
                draft.emergencyContact(),
                draft.medicalHistory(),
                draft.status(),
                draft.notes());
    }

    /** The same client with another date of birth. */
    static ClientDraft born(ClientDraft draft, String date) {
        return new ClientDraft(
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                draft.phone(),
                new DateOfBirth(LocalDate.parse(date)),
                draft.ssn(),
                draft.address(),
                draft.emergencyContact(),
                draft.medicalHistory(),
                draft.status(),
                draft.notes());
    }

    /** A client with only what is required, whose e-mail address nobody else has. */
    public static ClientDraft named(String first, String last) {
        return named(first, last, "client.%d@example.com".formatted(COUNT.incrementAndGet()));
    }

    /** A client with only what is required. */
    public static ClientDraft named(String first, String last, String email) {
        return new ClientDraft(
                new PersonName(first),
                new PersonName(last),
                new EmailAddress(email),
                null,
                null,
                null,
                null,
                null,
                null,
                ClientStatus.ACTIVE,
                null);
    }

    /** A client with notes beside what is required. */
    public static ClientDraft withNotes(String notes) {
        ClientDraft draft = named("Ann", "Lee");
        return new ClientDraft(
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                null,
                null,
                null,
                null,
                null,
                null,
                ClientStatus.ACTIVE,
                notes);
    }

    /** The same client with a phone. */
    public static ClientDraft withPhone(ClientDraft draft, String e164) {
        return new ClientDraft(
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                new PhoneNumber(e164),
                draft.dateOfBirth(),
                draft.ssn(),
                draft.address(),
                draft.emergencyContact(),
                draft.medicalHistory(),
                draft.status(),
                draft.notes());
    }

    /** The same client with a status. */
    public static ClientDraft withStatus(ClientDraft draft, ClientStatus status) {
        return new ClientDraft(
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                draft.phone(),
                draft.dateOfBirth(),
                draft.ssn(),
                draft.address(),
                draft.emergencyContact(),
                draft.medicalHistory(),
                status,
                draft.notes());
    }

    /** A merge patch, as it is sent. */
    public static ClientPatch patch(String json) {
        return switch (ClientPatch.read(fields(json), TODAY)) {
            case Parsed.Valid<ClientPatch>(ClientPatch patch) -> patch;
            case Parsed.Invalid<ClientPatch>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    static Fields fields(String json) {
        return switch (Json.read(json)) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> Fields.of(object);
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations.toString());
        };
    }
}
