package com.medspasync.clients;

import static com.medspasync.database.DatabaseRole.APP;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.practices.Practices;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The statements of clients, and of the practices and keys that they stand on. */
final class ClientStatements implements StatementExercise {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        Platform platform = platformOn(stage);
        boolean even = round % 2 == 0;
        PracticeId practice = platform.practice("stage" + round);
        Caller caller = Examples.admin(practice);
        new Practices(platform.database(), platform.keys(), platform.cipher()).exists(practice, caller.origin());

        Clients clients = platform.clients();
        ClientView client =
                created(clients.create(caller, even ? Examples.jane() : Examples.named("Ann", "Lee" + round)));
        created(clients.create(
                caller, Examples.named("Bo", "Ray"), IdempotencyKey.of("key" + round, "POST /clients", "{}")));
        Caller purposeful = caller.withPurpose(PurposeOfUse.LEGAL);
        clients.create(
                purposeful, Examples.named("Bo", "Ray"), IdempotencyKey.of("key" + round, "POST /clients", "{}"));
        clients.findById(even ? caller : purposeful, client.id());
        // A process that has not seen the client yet fetches its key first.
        platform.clients()
                .update(
                        caller,
                        client.id(),
                        client.version(),
                        Examples.patch(
                                even
                                        ? "{\"notes\":\"Late.\",\"phone\":null}"
                                        : "{\"ssn\":\"123-45-6789\",\"lastName\":\"Roe\"}"));
        clients.delete(caller, client.id(), client.version() + 1);
        clients.restore(caller, client.id());
        clients.history(caller, client.id(), 1 + round, null);
        list(clients, caller, even ? null : LONG_AGO);
        search(clients, caller);
        clients.search(caller, ClientSearch.bySsn(new Ssn("123456789")));
        clients.search(
                caller,
                ClientSearch.byBirth(
                        new DateOfBirth(LocalDate.of(1984, 2, 1 + round)),
                        new PersonName(even ? "O’Brien-Müller" : "Roe")));
    }

    private static void list(Clients clients, Caller caller, @Nullable Instant from) {
        for (ClientOrder order : ClientOrder.values()) {
            clients.findAll(caller, new ClientFilter(null, from, null, order, 10, null));
            clients.findAll(caller, new ClientFilter(ClientStatus.VIP, null, from, order, 10, null));
        }
        clients.count(caller, new ClientFilter(null, from, null, ClientOrder.CREATED_ASCENDING, 10, null));
    }

    private static void search(Clients clients, Caller caller) {
        EmailAddress email = new EmailAddress("jane@example.com");
        PhoneNumber phone = new PhoneNumber("+12125550123");
        clients.search(caller, new ClientSearch("jane o", null, null, null, 10, null));
        clients.search(caller, new ClientSearch(null, "Jayne", null, null, 10, null));
        clients.search(caller, new ClientSearch("jane", null, email, null, 10, null));
        clients.search(caller, new ClientSearch(null, "Jayne", email, null, 10, null));
        clients.search(caller, new ClientSearch("jane", null, null, phone, 10, null));
        clients.search(caller, new ClientSearch(null, "Jayne", null, phone, 10, null));
    }

    private Platform platformOn(Stage stage) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(APP));
        }
        return platform;
    }

    private static ClientView created(Creation<ClientView> creation) {
        if (creation instanceof Creation.Created<ClientView>(ClientView client)) {
            return client;
        }
        throw new IllegalStateException("not created: " + creation);
    }
}
