package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Keys, contexts and a hierarchy to test with. */
final class Examples {

    static final SecureRandom RANDOM = new SecureRandom();
    static final PracticeId GLOW = new PracticeId(UUID.fromString("018f2d00-0000-7000-8000-000000000001"));
    static final PracticeId RADIANCE = new PracticeId(UUID.fromString("018f2d00-0000-7000-8000-000000000002"));
    static final UUID CLIENT = UUID.fromString("018f2d00-0000-7000-8000-0000000000c1");
    static final UUID OTHER_CLIENT = UUID.fromString("018f2d00-0000-7000-8000-0000000000c2");
    static final FieldContext SSN = new FieldContext(GLOW, "clients", "ssn", CLIENT);

    private Examples() {}

    static DataKey key(int version) {
        return new DataKey(version, Secret.random(RANDOM));
    }

    /** The last is the current one. */
    static DataKeys keys(DataKey... keys) {
        return new DataKeys() {
            @Override
            public DataKey current() {
                return keys[keys.length - 1];
            }

            @Override
            public DataKey version(int version) {
                for (DataKey key : keys) {
                    if (key.version() == version) {
                        return key;
                    }
                }
                throw new UnknownKeyVersion("no key version " + version);
            }
        };
    }

    static byte[] packed(int version, byte[] wrapped) {
        return ByteBuffer.allocate(Integer.BYTES + wrapped.length)
                .putInt(version)
                .put(wrapped)
                .array();
    }

    static byte[] joined(byte[]... parts) {
        int size = List.of(parts).stream().mapToInt(part -> part.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    static KeyHierarchy hierarchy(RootKeys roots, WrappedPracticeKeys stored, Clock clock) {
        return new KeyHierarchy(roots, stored, new Envelope(RANDOM), RANDOM, clock, Duration.ofMinutes(10));
    }
}
