package com.medspasync.clients;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Repository;
import com.medspasync.repository.RepositoryContract;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class ClientsContractTest
        extends RepositoryContract<ClientView, ClientSummaryView, ClientDraft, ClientPatch, ClientFilter> {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final Caller caller = Examples.admin(PLATFORM.practice("glow"));
    private final Caller stranger = Examples.admin(PLATFORM.practice("radiance"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected Repository<ClientView, ClientSummaryView, ClientDraft, ClientPatch, ClientFilter> repository() {
        return clients;
    }

    @Override
    protected Caller caller() {
        return caller;
    }

    @Override
    protected Caller stranger() {
        return stranger;
    }

    @Override
    protected ClientDraft draft() {
        return Examples.jane();
    }

    @Override
    protected ClientPatch patch(int mark) {
        return Examples.patch("{\"notes\": \"mark %d\", \"lastName\": \"Mark %d\"}".formatted(mark, mark));
    }

    @Override
    protected boolean shows(ClientView client, int mark) {
        return ("mark " + mark).equals(client.notes()) && ("Mark " + mark).equals(client.lastName());
    }

    @Override
    protected UUID id(ClientView client) {
        return client.id();
    }

    @Override
    protected int version(ClientView client) {
        return client.version();
    }

    @Override
    protected UUID shownId(ClientSummaryView summary) {
        return summary.id();
    }

    @Override
    protected ClientFilter page(int top, @Nullable String cursor) {
        return new ClientFilter(null, null, null, ClientOrder.CREATED_DESCENDING, top, cursor);
    }

    @Override
    protected List<String> audited(UUID id) {
        return PLATFORM.audited(id);
    }
}
