package com.medspasync.maskedcopy;

import static com.medspasync.clients.Outcomes.created;

import com.medspasync.clients.Address;
import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.Clients;
import com.medspasync.clients.DateOfBirth;
import com.medspasync.clients.EmergencyContact;
import com.medspasync.clients.Platform;
import com.medspasync.clients.Ssn;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldContext;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.practices.NewPractice;
import com.medspasync.practices.Practices;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A practice to be copied, the same in every run: its ids and times are fixed, so that what is drawn from them is, too. In its columns, texts and
 * settings it has each of the 18 identifiers of 45 CFR 164.514(b)(2).
 */
final class SourcePractice {

    /** All that free text may hold of a person, in the words of those who write it. */
    static final String EVERYTHING =
            "Marguerite Thibodeaux of 4471 Bellefontaine Blvd, Natchitoches 71457, daughter Odile. Seen 03/17/2025 and again on "
                    + "April 9, 2025. Phone (318) 352-7781, fax 318.352.7790, marguerite.thibodeaux@bayoumail.test. SSN 437-82-9165. MRN 00784512. Medicare 1EG4-TE5-MK73. "
                    + "Account 8820-114-5567. Driver's license LA 009845213. Plate XKD 482, VIN 1HGCM82633A004352. Laser SN GTX-55120-B. "
                    + "https://photos.bayoumail.test/marguerite.jpg from 198.51.100.77. Fingerprint FP-77ab31c9. Study code ZETA-41-QP.";

    final PracticeId id;
    final UUID user;
    final UUID staff;
    final UUID service;
    final UUID client;
    final UUID elder;
    final UUID plain;

    private final Platform platform;

    private SourcePractice(Platform platform, int number) {
        this.platform = platform;
        this.id = new PracticeId(uuid(number, 1));
        this.user = uuid(number, 2);
        this.staff = uuid(number, 3);
        this.service = uuid(number, 4);
        this.client = uuid(number, 5);
        this.elder = uuid(number, 6);
        this.plain = uuid(number, 7);
    }

    private static UUID uuid(int number, long thing) {
        return new UUID(0x0190A1B2C3D47000L | number, 0x8A5B4C3D00000000L | thing * 0x01234567L);
    }

    /** @param number tells several of them apart, 1 to 9 */
    static SourcePractice on(Platform platform, int number) {
        SourcePractice source = new SourcePractice(platform, number);
        source.write(number);
        return source;
    }

    private void write(int number) {
        new Practices(platform.database(), platform.keys(), platform.cipher())
                .create(
                        new NewPractice(
                                id,
                                "Thibodeaux Skin Clinic",
                                "4471 Bellefontaine Blvd, Natchitoches",
                                new PhoneNumber("+13183527700"),
                                new EmailAddress("desk@thibodeaux-skin.test"),
                                ZoneId.of("America/Kentucky/Monticello"),
                                "72-5519034",
                                "LA-MED-40771"),
                        origin());
        add(
                client,
                draft(
                        "Marguerite",
                        "Thibodeaux",
                        "marguerite." + number + "@bayoumail.test",
                        "1957-08-23",
                        "437829165"));
        add(elder, draft("Philomène", "Guidry", "philomene." + number + "@bayoumail.test", "1921-04-05", "438110022"));
        add(
                plain,
                new ClientDraft(
                        new PersonName("Odile"),
                        new PersonName("Fontenot"),
                        new EmailAddress("odile." + number + "@bayoumail.test"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ClientStatus.ACTIVE,
                        null));
        rest(number);
        dates();
    }

    private static ClientDraft draft(String first, String last, String email, String born, String ssn) {
        return new ClientDraft(
                new PersonName(first),
                new PersonName(last),
                new EmailAddress(email),
                new PhoneNumber("+13183527781"),
                new DateOfBirth(LocalDate.parse(born)),
                new Ssn(ssn),
                new Address("4471 Bellefontaine Blvd", "Apt 12B", "Natchitoches", "LA", "71457", "US"),
                new EmergencyContact("Théodule Thibodeaux", "husband", new PhoneNumber("+13183527799")),
                EVERYTHING,
                ClientStatus.VIP,
                EVERYTHING);
    }

    /** Stores a client under an id of one's choice, past nothing of what the application does. */
    void add(UUID client, ClientDraft draft) {
        Envelope envelope = new Envelope(new SecureRandom());
        Clients clients = new Clients(
                platform.database(),
                platform.keys(),
                platform.cipher(),
                new WrappedKeyCache(),
                new Idempotency(platform.keys(), envelope, UUID::randomUUID),
                new Cursors(platform.keys(), envelope),
                Clock.systemUTC(),
                () -> client);
        created(clients.create(Caller.platform(id, origin()), draft));
    }

    private static Origin origin() {
        return new Origin("198.51.100.77", "curl/8", UUID.randomUUID());
    }

    private void rest(int number) {
        String text = EVERYTHING.replace("'", "''");
        platform.execute(
                """
                update practices set
                  opening_hours = '{"monday": [{"open": "09:00", "close": "17:30", "note": "ask for Marguerite"}], "holiday": "April 9, 2025"}',
                  settings = '{"currency": "USD", "locale": "en-US", "owner": "Marguerite Thibodeaux", "currencyNote": "318-352-7781"}'
                where id = '%s'""".formatted(id), """
                insert into users (practice_id, id, email, email_search, password, role, last_login, locked_until)
                values ('%1$s', '%2$s', 'Odile.%3$d@thibodeaux-skin.test', 'odile.%3$d@thibodeaux-skin.test', '$2a$12$Rk9zX0lQd1hUbVZyZ3BuS.', 'PRACTITIONER',
                  '2025-03-17 08:01:02.345678Z', null)""".formatted(id, user, number), """
                insert into services (practice_id, id, name, category, description, duration, price)
                values ('%s', '%s', 'Peel by Dr. Thibodeaux', 'Natchitoches special', '%s', 45, 149.50)""".formatted(id, service, text), """
                insert into staff (practice_id, id, user_id, first_name, last_name, role, specializations, phone, email, working_hours, hourly_rate)
                values ('%s', '%s', '%s', 'Odile', 'Thibodeaux', 'PRACTITIONER', '{Marguerite''s laser,GTX-55120-B}', '+13183527781',
                  'odile@thibodeaux-skin.test', '{"tuesday": {"from": "10:00", "to": "18:00"}, "emergency": "318-352-7799"}', 62.25)""".formatted(
                                id, staff, user));
        appointment(1, client, "2025-03-17 14:30:00Z", EVERYTHING);
        appointment(2, client, "2025-04-09 15:00:00Z", null);
        appointment(3, elder, "2025-03-17 16:00:00Z", "Marguerite drove.");
    }

    /** @param notes encrypted as the application would, when it has appointments */
    private void appointment(int number, UUID of, String at, @org.jspecify.annotations.Nullable String notes) {
        UUID appointment = new UUID(id.value().getMostSignificantBits(), 0x8A5B4C3E00000000L | number * 0x02345671L);
        byte[] sealed = notes == null
                ? null
                : platform.cipher()
                        .encrypt(
                                platform.keys().purposeKey(id, com.medspasync.crypto.Purpose.PRACTICE_FIELDS),
                                new FieldContext(id, "appointments", "notes", appointment),
                                notes);
        platform.execute("select add_yearly_partitions('appointments', '2025-01-01', '2025-12-31')", """
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, status, notes, price, payment_status)
                values ('%s', '%s', '%s', '%s', '%s', '%s', 45, 'COMPLETED', %s, 149.50, 'PAID')""".formatted(
                        id,
                        appointment,
                        of,
                        service,
                        staff,
                        at,
                        sealed == null ? "null" : "'\\x" + HexFormat.of().formatHex(sealed) + "'"));
    }

    private void dates() {
        for (String table : List.of("practices", "users", "services", "staff", "clients", "appointments")) {
            platform.execute(
                    "update %s set created_at = '2025-02-03 09:08:07.654321Z', updated_at = '2025-03-18 10:11:12.131415Z' where practice_id = '%s'"
                            .formatted(table, id));
        }
        platform.execute("update clients set deleted_at = '2025-04-10 11:12:13Z' where practice_id = '%s' and id = '%s'"
                .formatted(id, plain));
    }
}
