package com.medspasync.functions.http;

import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.ClientSummaryView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of clients as the API shows it.
 *
 * @param nextLink where a GET goes on; null on the last page, and of a search, which goes on by {@code cursor}
 * @param cursor what the body of a search repeats to go on; null on the last page, and of a list
 */
record ClientPage(
        List<Item> value,
        @Nullable String nextLink,
        @Nullable String cursor) {

    /** What a list shows of a client: nothing that is stored encrypted. */
    record Item(
            UUID id,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            ClientStatus status,
            String etag,
            Instant createdAt,
            Instant updatedAt) {

        static Item of(ClientSummaryView client) {
            return new Item(
                    client.id(),
                    client.firstName(),
                    client.lastName(),
                    client.email(),
                    client.phone(),
                    client.status(),
                    "\"" + client.version() + "\"",
                    client.createdAt(),
                    client.updatedAt());
        }

        /** Names the record and says nothing of the person. */
        @Override
        public String toString() {
            return "Item[" + id + "]";
        }
    }

    static List<Item> items(List<ClientSummaryView> clients) {
        return clients.stream().map(Item::of).toList();
    }
}
