package com.medspasync.functions.http;

import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.ClientSummary;
import com.medspasync.contact.PhoneNumber;
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
            String firstName,
            String lastName,
            String email,
            @Nullable String phone,
            ClientStatus status,
            String etag,
            Instant createdAt,
            Instant updatedAt) {

        static Item of(ClientSummary client) {
            PhoneNumber phone = client.phone();
            return new Item(
                    client.id(),
                    client.firstName().value(),
                    client.lastName().value(),
                    client.email().value(),
                    phone == null ? null : phone.e164(),
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

    static List<Item> items(List<ClientSummary> clients) {
        return clients.stream().map(Item::of).toList();
    }
}
