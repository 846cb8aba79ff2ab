package com.medspasync.services;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Platform;
import com.medspasync.idempotency.Creator;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Services to try things with. */
public final class Examples {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Examples() {}

    /** The repository, wired as the application wires it. */
    public static Services on(Platform platform) {
        return new Services(
                platform.database(),
                new Creator(platform.database(), platform.keys(), platform.idempotency()),
                platform.pages(),
                Clock.systemUTC(),
                Generators.timeBasedEpochRandomGenerator()::generate);
    }

    /** One with every field, of a name that no other has. */
    public static ServiceDraft facial() {
        return new ServiceDraft(
                "Facial %03d".formatted(COUNT.incrementAndGet()),
                "Skin",
                "Cleansing and a mask.\nAfter-care included.",
                60,
                10,
                15,
                new BigDecimal("120.50"),
                true);
    }

    /** One of a name and category. */
    public static ServiceDraft named(String name, String category, boolean active) {
        return new ServiceDraft(name, category, null, 30, 0, 0, new BigDecimal("80.00"), active);
    }

    /** A merge patch, as it is sent. */
    public static ServicePatch patch(String json) {
        return switch (ServicePatch.read(fields(json))) {
            case Parsed.Valid<ServicePatch>(ServicePatch patch) -> patch;
            case Parsed.Invalid<ServicePatch>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    /** The fields of a JSON object. */
    public static Fields fields(String json) {
        return switch (Json.read(json)) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> Fields.of(object);
            case Parsed.Invalid<ObjectNode>(var violations) -> throw new AssertionError(violations.toString());
        };
    }

    /** The record of a creation that has to have succeeded. */
    public static <T> T created(Creation<T> creation) {
        return switch (creation) {
            case Creation.Created<T>(T value) -> value;
            case Creation<T> other -> throw new AssertionError(other.toString());
        };
    }

    /** The records of a page. */
    public static <T> List<T> items(Listing<T> listing) {
        return switch (listing) {
            case Listing.Page<T>(List<T> items, var next) -> items;
            case Listing.BadCursor<T>() -> throw new AssertionError("bad cursor");
        };
    }
}
