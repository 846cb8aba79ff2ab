package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A client's keys as they came with its row: each is unwrapped when it is first needed. Thread-safe. */
final class ClientKeys implements DataKeys {

    private static final int ENTRY_LENGTH = Integer.BYTES + Envelope.WRAPPED_KEY_LENGTH;

    private final Envelope envelope;
    private final DataKeys wrappingKeys;
    private final PracticeId practice;
    private final UUID client;
    private final ByteBuffer packed;
    private final AtomicReferenceArray<@Nullable DataKey> unwrapped;

    ClientKeys(Envelope envelope, DataKeys wrappingKeys, PracticeId practice, UUID client, byte[] packed) {
        this.envelope = envelope;
        this.wrappingKeys = wrappingKeys;
        this.practice = practice;
        this.client = client;
        this.packed = ByteBuffer.wrap(packed);
        int count = packed.length / ENTRY_LENGTH;
        if (packed.length % ENTRY_LENGTH != 0 || !ascending(count)) {
            throw new TamperedCiphertext(
                    new EntryContext(practice, "client_keys", "wrapped", client.toString()),
                    packed.length + " bytes are not a list of keys by ascending version");
        }
        this.unwrapped = new AtomicReferenceArray<>(count);
    }

    /** The place of one version of a client's key. */
    static SealContext context(PracticeId practice, UUID client, int version) {
        return new EntryContext(practice, "client_keys", "wrapped", client + "/" + version);
    }

    @Override
    public DataKey current() {
        int count = unwrapped.length();
        if (count == 0) {
            throw new UnknownKeyVersion("client " + client + " of practice " + practice + " has no key");
        }
        return entry(count - 1);
    }

    @Override
    public DataKey version(int version) {
        for (int i = 0; i < unwrapped.length(); i++) {
            if (versionAt(i) == version) {
                return entry(i);
            }
        }
        throw new UnknownKeyVersion("client " + client + " of practice " + practice + " has no key version " + version);
    }

    private DataKey entry(int index) {
        DataKey known = unwrapped.get(index);
        if (known != null) {
            return known;
        }
        int version = versionAt(index);
        byte[] wrapped = new byte[Envelope.WRAPPED_KEY_LENGTH];
        packed.get(index * ENTRY_LENGTH + Integer.BYTES, wrapped);
        DataKey key = new DataKey(version, envelope.unwrap(wrappingKeys, context(practice, client, version), wrapped));
        unwrapped.set(index, key);
        return key;
    }

    private boolean ascending(int count) {
        int last = 0;
        for (int i = 0; i < count; i++) {
            if (versionAt(i) <= last) {
                return false;
            }
            last = versionAt(i);
        }
        return true;
    }

    private int versionAt(int index) {
        return packed.getInt(index * ENTRY_LENGTH);
    }
}
