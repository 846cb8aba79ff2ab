package com.medspasync.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/** Google's Tink, to compare with: it uses the bytes of a key that it is given, and puts nothing of its own before what it makes. */
@AccessesPartialKey
public final class Tink {

    private Tink() {}

    /** AES-256-GCM: nonce of 12 bytes, ciphertext, tag of 16 bytes. */
    public static Aead aesGcm(byte[] key) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(key.length)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        return only(AesGcmKey.builder()
                        .setParameters(parameters)
                        .setKeyBytes(secret(key))
                        .build())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** HMAC-SHA-256, of which {@code length} bytes, 10 to 32, are kept. */
    static Mac hmac(byte[] key, int length) throws GeneralSecurityException {
        MacConfig.register();
        HmacParameters parameters = HmacParameters.builder()
                .setKeySizeBytes(key.length)
                .setTagSizeBytes(length)
                .setHashType(HmacParameters.HashType.SHA256)
                .setVariant(HmacParameters.Variant.NO_PREFIX)
                .build();
        return only(HmacKey.builder()
                        .setParameters(parameters)
                        .setKeyBytes(secret(key))
                        .build())
                .getPrimitive(RegistryConfiguration.get(), Mac.class);
    }

    /** HKDF-SHA-256. */
    static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int size) throws GeneralSecurityException {
        return com.google.crypto.tink.subtle.Hkdf.computeHkdf("HMACSHA256", input, salt, info, size);
    }

    private static KeysetHandle only(Key key) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
    }

    private static SecretBytes secret(byte[] key) {
        return SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get());
    }
}
