package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class WycheproofTest {

    @Test
    void aesGcm_onEveryVectorOfItsSizes_agrees() throws IOException, AEADBadTagException {
        List<Wycheproof.Vector> vectors = Wycheproof.read("aes_gcm_test.json").stream()
                .filter(vector -> vector.group().get("keySize").asInt() == 256)
                .filter(vector -> vector.group().get("ivSize").asInt() == 96)
                .filter(vector -> vector.group().get("tagSize").asInt() == 128)
                .toList();
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(66);
        for (Wycheproof.Vector vector : vectors) {
            AesGcm aesGcm = new AesGcm(new Scripted(vector.bytes("iv")));
            Secret key = Secret.copyOf(vector.bytes("key"));
            byte[] associated = vector.bytes("aad");
            byte[] sealed = Examples.joined(vector.bytes("iv"), vector.bytes("ct"), vector.bytes("tag"));
            if (vector.isValid()) {
                byte[] message = vector.bytes("msg");
                assertThat(aesGcm.decrypt(key, associated, sealed, 0))
                        .as(vector.name())
                        .isEqualTo(message);
                byte[] out = new byte[sealed.length];
                aesGcm.encrypt(key, associated, message, out, 0);
                assertThat(out).as(vector.name()).isEqualTo(sealed);
            } else {
                assertThatThrownBy(() -> aesGcm.decrypt(key, associated, sealed, 0))
                        .as(vector.name())
                        .isInstanceOf(AEADBadTagException.class);
            }
        }
    }

    /** Draws the given bytes first, and zeros after them. */
    private static final class Scripted extends SecureRandom {

        private final byte[] script;

        Scripted(byte[] script) {
            this.script = script;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(script, 0, bytes, 0, script.length);
        }
    }

    @Test
    void hkdf_onEveryVector_agrees() throws IOException {
        List<Wycheproof.Vector> vectors = Wycheproof.read("hkdf_sha256_test.json");
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(86);
        for (Wycheproof.Vector vector : vectors) {
            byte[] salt = vector.bytes("salt");
            byte[] input = vector.bytes("ikm");
            byte[] info = vector.bytes("info");
            int size = vector.test().get("size").asInt();
            if (vector.isValid()) {
                assertThat(Hkdf.hkdf(salt, input, info, size)).as(vector.name()).isEqualTo(vector.bytes("okm"));
            } else {
                assertThatThrownBy(() -> Hkdf.hkdf(salt, input, info, size))
                        .as(vector.name())
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void hmac_onEveryVector_agrees() throws IOException {
        List<Wycheproof.Vector> vectors = Wycheproof.read("hmac_sha256_test.json");
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(174);
        for (Wycheproof.Vector vector : vectors) {
            int length = vector.group().get("tagSize").asInt() / 8;
            byte[] tag = Arrays.copyOf(Hkdf.hmac(vector.bytes("key"), vector.bytes("msg")), length);
            assertThat(ByteBuffer.wrap(tag).equals(ByteBuffer.wrap(vector.bytes("tag"))))
                    .as(vector.name())
                    .isEqualTo(vector.isValid());
        }
    }
}
