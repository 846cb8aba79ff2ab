package com.medspasync.idempotency;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.EntryContext;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.tenant.Caller;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/** Prepares claims under idempotency keys and reads what became of them. Thread-safe. */
public final class Idempotency {

    private final KeyHierarchy keys;
    private final Envelope envelope;
    private final Supplier<UUID> ids;

    /** @param ids never gives the same id twice: the first request is told from its repeats by it */
    public Idempotency(KeyHierarchy keys, Envelope envelope, Supplier<UUID> ids) {
        this.keys = keys;
        this.envelope = envelope;
        this.ids = ids;
    }

    /** A claim for {@code caller}'s user to make {@code made}, which leaves {@code answer} for repeats during 24 hours. */
    public Claim claim(Caller caller, IdempotencyKey key, Claim.Made made, byte[] answer) {
        DataKey sealing = keys.purposeKey(caller.practice(), Purpose.IDEMPOTENT_ANSWERS);
        byte[] sealed = envelope.seal(sealing, context(caller, key), key.before(answer));
        return new Claim(key, ids.get(), made, sealing.version(), sealed);
    }

    /**
     * Reads a claim's outcome.
     *
     * @param mine what {@code claim} says
     * @param response what {@code claim} says
     */
    public Verdict verdict(Caller caller, IdempotencyKey key, boolean mine, byte[] response) {
        if (mine) {
            return new Verdict.First();
        }
        byte[] record = envelope.open(
                keys.purposeKeys(caller.practice(), Purpose.IDEMPOTENT_ANSWERS), context(caller, key), response);
        return key.begins(record)
                ? new Verdict.Repeat(Arrays.copyOfRange(record, IdempotencyKey.DIGEST_LENGTH, record.length))
                : new Verdict.Mismatch();
    }

    private static EntryContext context(Caller caller, IdempotencyKey key) {
        UUID user = caller.user() == null ? caller.practice().value() : caller.user();
        String entry = user + "/" + HexFormat.of().formatHex(key.name());
        return new EntryContext(caller.practice(), "idempotency_keys", "response", entry);
    }
}
