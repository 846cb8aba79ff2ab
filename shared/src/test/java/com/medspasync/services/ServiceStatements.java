package com.medspasync.services;

import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import org.jspecify.annotations.Nullable;

/** The statements of services. */
final class ServiceStatements implements StatementExercise {

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        Services services = Examples.on(platform);
        Caller caller = com.medspasync.clients.Examples.admin(platform.practice("services" + round));
        boolean even = round % 2 == 0;
        Service one = Examples.created(services.create(caller, Examples.facial()));
        services.create(
                caller, Examples.named("Peel", "Skin", even), IdempotencyKey.of("key" + round, "POST /services", "{}"));
        services.findById(caller, one.id());
        services.update(
                caller, one.id(), 1, Examples.patch(even ? "{\"description\":null}" : "{\"name\":\"A\",\"price\":2}"));
        for (ServiceOrder order : ServiceOrder.values()) {
            ServiceFilter filter = new ServiceFilter(even ? null : "Skin", null, order, 1, null);
            if (services.findAll(caller, filter) instanceof Listing.Page<Service>(var items, String next)) {
                services.findAll(caller, new ServiceFilter(even ? null : "Skin", null, order, 1, next));
            }
        }
        services.count(caller, ServiceFilter.all());
        services.delete(caller, one.id(), 2);
        services.restore(caller, one.id());
    }
}
