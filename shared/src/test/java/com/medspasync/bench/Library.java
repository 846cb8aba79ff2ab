package com.medspasync.bench;

import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The encryption library as the platform puts it together, over a new root key in a file, and wrapped keys in memory. */
final class Library {

    final KeyHierarchy hierarchy;
    final FieldCipher fields;

    Library() throws IOException {
        SecureRandom random = new SecureRandom();
        Path folder = Files.createTempDirectory("bench");
        Path file = folder.resolve("root-keys");
        LocalRootKeys roots = new LocalRootKeys(file, Map.of(), random, Clock.systemUTC());
        roots.createIfAbsent();
        Map<PracticeId, WrappedPracticeKey> stored = new ConcurrentHashMap<>();
        Envelope envelope = new Envelope(random);
        hierarchy = new KeyHierarchy(
                roots,
                practice -> List.of(stored.computeIfAbsent(practice, this::created)),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
        fields = new FieldCipher(envelope);
        roots.current();
        Files.delete(file);
        Files.delete(folder);
    }

    private WrappedPracticeKey created(PracticeId practice) {
        return hierarchy.createPracticeKey(practice);
    }
}
