package com.medspasync.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM (NIST SP 800-38D) through JCE, with a fresh random nonce each time, and with reused {@link Cipher} instances:
 * {@code getInstance} for each call costs 5 to 10 times the encryption of a field.
 *
 * <p>Idle instances wait in a fixed number of slots, on cache lines of their own. A thread looks into the slot that its id
 * falls on first and then at its neighbours; it takes an instance by swapping null in. When every slot is empty it makes an
 * instance, and when every slot is full the one it gives back is dropped. So nothing blocks, no thread owns anything (a
 * ThreadLocal would keep one instance for each of a million virtual threads), and at most {@link #SLOTS} stay.
 *
 * <p>With each instance goes a small stock of nonces, drawn at once, because the JDK's generator is one lock for the whole
 * process and costs a third of an encryption. A nonce is no secret before its use either. Each is given out once: an instance
 * has one holder at a time.
 *
 * <p>An idle instance remembers its last key until it is used again. Thread-safe.
 */
final class AesGcm {

    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;

    private static final int SLOTS = 16;
    // 16 references of 4 bytes fill a cache line.
    private static final int STRIDE = 16;
    private static final int STOCK = 16 * NONCE_LENGTH;

    /** A cipher, and the nonces it will use next; held by one thread at a time. */
    private static final class Instance {
        final Cipher cipher;
        final byte[] nonces = new byte[STOCK];
        int used = STOCK;

        Instance(Cipher cipher) {
            this.cipher = cipher;
        }
    }

    private final SecureRandom random;
    private final AtomicReferenceArray<@Nullable Instance> idle = new AtomicReferenceArray<>(SLOTS * STRIDE);

    AesGcm(SecureRandom random) {
        this.random = random;
    }

    /** Writes a nonce to {@code out} from {@code offset} on, and ciphertext and tag behind it. */
    void encrypt(Secret key, byte[] associated, byte[] plaintext, byte[] out, int offset) {
        Instance instance = take();
        try {
            putNonce(instance, out, offset);
            Cipher cipher = instance.cipher;
            cipher.init(
                    Cipher.ENCRYPT_MODE, key.key(), new GCMParameterSpec(TAG_LENGTH * 8, out, offset, NONCE_LENGTH));
            cipher.updateAAD(associated);
            cipher.doFinal(plaintext, 0, plaintext.length, out, offset + NONCE_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
        // Not in a finally: an instance that failed is in a state nobody should inherit.
        giveBack(instance);
    }

    /**
     * The plaintext of the nonce, ciphertext and tag that stand in {@code in} from {@code offset} to its end.
     *
     * @throws AEADBadTagException when key, nonce, associated data, ciphertext or tag is not what was sealed
     */
    byte[] decrypt(Secret key, byte[] associated, byte[] in, int offset) throws AEADBadTagException {
        Instance instance = take();
        try {
            Cipher cipher = instance.cipher;
            cipher.init(Cipher.DECRYPT_MODE, key.key(), new GCMParameterSpec(TAG_LENGTH * 8, in, offset, NONCE_LENGTH));
            cipher.updateAAD(associated);
            int body = offset + NONCE_LENGTH;
            byte[] plaintext = cipher.doFinal(in, body, in.length - body);
            giveBack(instance);
            return plaintext;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to decrypt", e);
        }
    }

    private void putNonce(Instance instance, byte[] out, int offset) {
        if (instance.used == STOCK) {
            random.nextBytes(instance.nonces);
            instance.used = 0;
        }
        System.arraycopy(instance.nonces, instance.used, out, offset, NONCE_LENGTH);
        instance.used += NONCE_LENGTH;
    }

    private Instance take() {
        int first = firstSlot();
        for (int i = 0; i < SLOTS; i++) {
            int slot = ((first + i) & (SLOTS - 1)) * STRIDE;
            if (idle.getPlain(slot) != null) {
                Instance instance = idle.getAndSet(slot, null);
                if (instance != null) {
                    return instance;
                }
            }
        }
        try {
            return new Instance(Cipher.getInstance("AES/GCM/NoPadding"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private void giveBack(Instance instance) {
        int first = firstSlot();
        for (int i = 0; i < SLOTS; i++) {
            int slot = ((first + i) & (SLOTS - 1)) * STRIDE;
            if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, instance)) {
                return;
            }
        }
    }

    private static int firstSlot() {
        // Fibonacci hashing: neighbouring ids fall on distant slots.
        return (int) ((Thread.currentThread().threadId() * 0x9E3779B97F4A7C15L) >>> 60);
    }
}
