package com.medspasync.bench;

import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.NewClientKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** What clients' keys cost: unwrapped, wrapped, wrapped anew, and a list of 50 clients with all their fields. */
public final class ClientKeysBench {

    private static final int ROUNDS = 31;
    private static final int CLIENTS = 50;

    /** The encrypted columns, and as many bytes in each as a client may have. */
    private static final String[] COLUMNS = {
        "date_of_birth", "ssn", "address", "emergency_contact", "medical_history", "notes"
    };

    private static final int[] LENGTHS = {10, 11, 80, 60, 300, 150};

    private final Library library = new Library();

    private ClientKeysBench() throws Exception {}

    public static void main(String[] arguments) throws Exception {
        ClientKeysBench bench = new ClientKeysBench();
        bench.one();
        bench.list();
    }

    private void one() throws Exception {
        Sealed client = new Sealed(Library.CLIENT);
        double[] nanos = new Rounds(ROUNDS)
                .with("unwrap a client's key and decrypt its 6 fields", client::decrypted)
                .with("unwrap a client's key", client::unwrapped)
                .with(
                        "create and wrap a client's key",
                        () -> library.hierarchy
                                .createClientKey(Library.PRACTICE, Library.CLIENT)
                                .practiceKeyVersion())
                .with("rewrap a client's key", client::rewrapped)
                .print("a client's key");
        System.out.printf(Locale.ROOT, "  rewrapped a second, in one thread: %,.0f%n", 1e9 / nanos[3]);
    }

    private void list() throws Exception {
        Sealed[] clients = new Sealed[CLIENTS];
        Arrays.setAll(clients, i -> new Sealed(new UUID(2, i)));
        double[] nanos = new Rounds(ROUNDS)
                .with("unwrap 50 clients' keys and decrypt 300 fields", () -> {
                    int length = 0;
                    for (Sealed client : clients) {
                        length += client.decrypted();
                    }
                    return length;
                })
                .print("a list of 50 clients");
        System.out.printf(Locale.ROOT, "  %.2f ms of processor time (bar 1 ms)%n", nanos[0] / 1e6);
    }

    /** A client as its row holds it. */
    private final class Sealed {

        private final UUID id;
        private final byte[] wrapped;
        private final byte[] packed;
        private final byte[][] fields = new byte[COLUMNS.length][];

        Sealed(UUID id) {
            this.id = id;
            NewClientKey key = library.hierarchy.createClientKey(Library.PRACTICE, id);
            wrapped = key.wrapped();
            packed = Library.packed(key);
            Arrays.setAll(fields, i -> library.fields.encrypt(key.key(), context(COLUMNS[i]), "x".repeat(LENGTHS[i])));
        }

        private FieldContext context(String column) {
            return new FieldContext(Library.PRACTICE, "clients", column, id);
        }

        private DataKeys keys() {
            return library.hierarchy.openClientKeys(Library.PRACTICE, id, packed);
        }

        int unwrapped() {
            return keys().current().version();
        }

        int rewrapped() {
            return library.hierarchy.rewrapClientKey(Library.PRACTICE, id, 1, wrapped, 1).length;
        }

        int decrypted() {
            DataKeys keys = keys();
            int length = 0;
            for (int i = 0; i < fields.length; i++) {
                length += library.fields
                        .decryptText(keys, context(COLUMNS[i]), fields[i])
                        .length();
            }
            return length;
        }
    }
}
