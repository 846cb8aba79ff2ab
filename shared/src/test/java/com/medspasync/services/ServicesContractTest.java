package com.medspasync.services;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Repository;
import com.medspasync.repository.RepositoryContract;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class ServicesContractTest extends RepositoryContract<Service, Service, ServiceDraft, ServicePatch, ServiceFilter> {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Services services = Examples.on(PLATFORM);
    private final Caller caller = com.medspasync.clients.Examples.admin(PLATFORM.practice("glow"));
    private final Caller stranger = com.medspasync.clients.Examples.admin(PLATFORM.practice("radiance"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected Repository<Service, Service, ServiceDraft, ServicePatch, ServiceFilter> repository() {
        return services;
    }

    @Override
    protected boolean auditsReads() {
        return false;
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
    protected ServiceDraft draft() {
        return Examples.facial();
    }

    @Override
    protected ServicePatch patch(int mark) {
        return Examples.patch("{\"description\": \"mark %d\", \"price\": %d.25}".formatted(mark, mark));
    }

    @Override
    protected boolean shows(Service service, int mark) {
        return ("mark " + mark).equals(service.description())
                && service.price().toPlainString().equals(mark + ".25");
    }

    @Override
    protected UUID id(Service service) {
        return service.id();
    }

    @Override
    protected int version(Service service) {
        return service.version();
    }

    @Override
    protected UUID shownId(Service service) {
        return service.id();
    }

    @Override
    protected ServiceFilter page(int top, @Nullable String cursor) {
        return new ServiceFilter(null, null, ServiceOrder.NAME_DESCENDING, top, cursor);
    }

    @Override
    protected List<String> audited(UUID id) {
        return PLATFORM.audited(id);
    }
}
