package com.medspasync.bench;

import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The encryption library as the platform puts it together, over a new root key in a file, and wrapped keys in memory. */
final class Library {

    static final PracticeId PRACTICE = new PracticeId(new UUID(1, 1));
    static final UUID CLIENT = new UUID(1, 2);
    static final FieldContext SSN = new FieldContext(PRACTICE, "clients", "ssn", CLIENT);

    final KeyHierarchy hierarchy;
    final FieldCipher fields;

    Library() throws IOException {
        SecureRandom random = new SecureRandom();
        Path folder = Files.createTempDirectory("bench");
        Path file = folder.resolve("root-keys");
        LocalRootKeys roots = new LocalRootKeys(file, Map.of(), random, Clock.systemUTC());
        roots.createIfAbsent();
        Map<PracticeId, List<WrappedPracticeKey>> stored = new ConcurrentHashMap<>();
        Envelope envelope = new Envelope(random);
        hierarchy = new KeyHierarchy(
                roots,
                practice -> stored.computeIfAbsent(practice, this::created),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
        fields = new FieldCipher(envelope);
        roots.current();
        Files.delete(file);
        Files.delete(folder);
    }

    /** Two versions, as while a practice's key is rotated. */
    private List<WrappedPracticeKey> created(PracticeId practice) {
        return List.of(hierarchy.createPracticeKey(practice), hierarchy.createPracticeKey(practice, 2, 0));
    }

    DataKeys open(UUID client, NewClientKey key) {
        return hierarchy.openClientKeys(PRACTICE, client, packed(key));
    }

    /** As it comes from the database. */
    static byte[] packed(NewClientKey key) {
        return ByteBuffer.allocate(4 + key.wrapped().length)
                .putInt(1)
                .put(key.wrapped())
                .array();
    }
}
