package com.medspasync.bench;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the encryption library costs over JCE used by hand: one {@link Cipher}, reused, a fresh random nonce each time, and the
 * same associated data, prepared beforehand. And how long it takes to be ready in a fresh JVM.
 */
public final class CryptoBench {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PracticeId PRACTICE = new PracticeId(new UUID(1, 1));
    private static final UUID CLIENT = new UUID(1, 2);
    private static final FieldContext SSN = new FieldContext(PRACTICE, "clients", "ssn", CLIENT);
    private static final byte[] ASSOCIATED_DATA = associatedData();
    private static final int ROUNDS = 31;
    private static final int FRESH_JVMS = 7;

    private CryptoBench() {}

    public static void main(String[] arguments) throws Exception {
        fields(32);
        fields(1_024);
        clientKeys();
        start();
    }

    private static void fields(int size) throws Exception {
        Library library = new Library();
        NewClientKey client = library.hierarchy.createClientKey(PRACTICE, CLIENT);
        DataKeys keys = library.hierarchy.openClientKeys(PRACTICE, CLIENT, packed(client));
        DataKey key = keys.current();
        byte[] plaintext = new byte[size];
        RANDOM.nextBytes(plaintext);
        byte[] sealed = library.fields.encrypt(key, SSN, plaintext);
        Raw raw = new Raw();
        byte[] rawSealed = raw.encrypt(plaintext);

        new Rounds(ROUNDS)
                .with("raw JCE, reused cipher", () -> raw.encrypt(plaintext).length)
                .with("FieldCipher.encrypt", () -> library.fields.encrypt(key, SSN, plaintext).length)
                .print("encrypt a field of " + size + " bytes");
        new Rounds(ROUNDS)
                .with("raw JCE, reused cipher", () -> raw.decrypt(rawSealed).length)
                .with("FieldCipher.decrypt", () -> library.fields.decrypt(keys, SSN, sealed).length)
                .print("decrypt a field of " + size + " bytes");
        new Rounds(ROUNDS)
                .with("raw JCE, reused cipher", () -> raw.decrypt(raw.encrypt(plaintext)).length)
                .with(
                        "FieldCipher",
                        () -> library.fields.decrypt(keys, SSN, library.fields.encrypt(key, SSN, plaintext)).length)
                .print("encrypt and decrypt a field of " + size + " bytes");
        new Rounds(ROUNDS)
                .with("raw JCE, reused cipher", () -> raw.encrypt(plaintext).length)
                .with("raw JCE, a cipher for each call", () -> new Raw(raw).encrypt(plaintext).length)
                .print("what reuse is worth, " + size + " bytes");
    }

    private static void clientKeys() throws Exception {
        Library library = new Library();
        NewClientKey client = library.hierarchy.createClientKey(PRACTICE, CLIENT);
        byte[] packed = packed(client);
        byte[][] sealed = new byte[6][];
        Arrays.setAll(sealed, i -> library.fields.encrypt(client.key(), SSN, "x".repeat(32)));
        new Rounds(ROUNDS)
                .with("unwrap a client's key and decrypt 6 fields of 32 bytes", () -> {
                    DataKeys keys = library.hierarchy.openClientKeys(PRACTICE, CLIENT, packed);
                    return decryptAll(library, keys, sealed);
                })
                .with(
                        "unwrap a client's key",
                        () -> library.hierarchy
                                .openClientKeys(PRACTICE, CLIENT, packed)
                                .current()
                                .version())
                .with(
                        "create and wrap a client's key",
                        () -> library.hierarchy
                                .createClientKey(PRACTICE, CLIENT)
                                .practiceKeyVersion())
                .print("a client's key");
    }

    private static int decryptAll(Library library, DataKeys keys, byte[][] sealed) {
        int length = 0;
        for (byte[] field : sealed) {
            length += library.fields.decryptText(keys, SSN, field).length();
        }
        return length;
    }

    /** From the first touch of the library to a field encrypted and decrypted, each time in a JVM of its own. */
    private static void start() throws IOException, InterruptedException {
        double[] millis = new double[FRESH_JVMS];
        for (int i = 0; i < FRESH_JVMS; i++) {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            FreshStart.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] printed = jvm.getInputStream().readAllBytes();
            if (jvm.waitFor() != 0) {
                throw new IOException("the fresh JVM failed");
            }
            millis[i] = Double.parseDouble(new String(printed, StandardCharsets.UTF_8).strip());
        }
        System.out.printf(
                Locale.ROOT,
                "%nlibrary start without Key Vault (median of %d fresh JVMs): %.0f ms, from %.0f to %.0f%n",
                FRESH_JVMS,
                Rounds.median(millis),
                Arrays.stream(millis).min().orElseThrow(),
                Arrays.stream(millis).max().orElseThrow());
    }

    private static byte[] packed(NewClientKey key) {
        return ByteBuffer.allocate(4 + key.wrapped().length)
                .putInt(1)
                .put(key.wrapped())
                .array();
    }

    private static byte[] associatedData() {
        byte[] bytes = new byte[77];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** JCE by hand. */
    private static final class Raw {

        private final SecretKey key;
        private final Cipher cipher;

        Raw() throws GeneralSecurityException {
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            key = new SecretKeySpec(bytes, "AES");
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        }

        Raw(Raw other) throws GeneralSecurityException {
            key = other.key;
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        }

        byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
            byte[] out = new byte[12 + plaintext.length + 16];
            byte[] nonce = new byte[12];
            RANDOM.nextBytes(nonce);
            System.arraycopy(nonce, 0, out, 0, 12);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(ASSOCIATED_DATA);
            cipher.doFinal(plaintext, 0, plaintext.length, out, 12);
            return out;
        }

        byte[] decrypt(byte[] sealed) throws GeneralSecurityException {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, sealed, 0, 12));
            cipher.updateAAD(ASSOCIATED_DATA);
            return cipher.doFinal(sealed, 12, sealed.length - 12);
        }
    }
}
