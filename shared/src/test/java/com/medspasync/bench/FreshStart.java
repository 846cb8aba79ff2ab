package com.medspasync.bench;

import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** Run by {@link CryptoBench} in a JVM of its own: prints the milliseconds until the first field has come back. */
public final class FreshStart {

    private FreshStart() {}

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        PracticeId practice = new PracticeId(new UUID(1, 1));
        UUID client = new UUID(1, 2);
        FieldContext notes = new FieldContext(practice, "clients", "notes", client);
        Library library = new Library();
        NewClientKey created = library.hierarchy.createClientKey(practice, client);
        byte[] sealed = library.fields.encrypt(created.key(), notes, "a note");
        byte[] packed = ByteBuffer.allocate(4 + created.wrapped().length)
                .putInt(1)
                .put(created.wrapped())
                .array();
        String opened =
                library.fields.decryptText(library.hierarchy.openClientKeys(practice, client, packed), notes, sealed);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!opened.equals("a note")) {
            throw new IllegalStateException("the field did not come back");
        }
        System.out.printf(Locale.ROOT, "%.2f%n", millis);
    }
}
