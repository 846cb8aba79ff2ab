package com.medspasync.bench;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM by JCE used by hand, as well as it can be: one {@link Cipher}, reused, a fresh random nonce each time, and associated
 * data as long as a field's, prepared beforehand. For one thread at a time.
 */
final class Jce {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretKey KEY = new SecretKeySpec(bytes(32), "AES");

    /** What a field's practice, table, column and row come to. */
    static final byte[] ASSOCIATED_DATA = bytes(74);

    private final Cipher cipher;

    Jce() throws GeneralSecurityException {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
        byte[] out = new byte[12 + plaintext.length + 16];
        byte[] nonce = bytes(12);
        System.arraycopy(nonce, 0, out, 0, 12);
        cipher.init(Cipher.ENCRYPT_MODE, KEY, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(ASSOCIATED_DATA);
        cipher.doFinal(plaintext, 0, plaintext.length, out, 12);
        return out;
    }

    byte[] decrypt(byte[] sealed) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, KEY, new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(ASSOCIATED_DATA);
        return cipher.doFinal(sealed, 12, sealed.length - 12);
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
