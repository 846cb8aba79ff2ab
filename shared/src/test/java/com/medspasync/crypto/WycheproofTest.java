package com.medspasync.crypto;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/**
 * Wycheproof's vectors through the code that does the platform's work. Each file's vectors are counted out by whether they apply,
 * and why not, so that none is passed over unseen. The counts are those of C2SP/wycheproof at commit dac1dd47; with another, count anew.
 */
class WycheproofTest {

    private static final String APPLIES = "applies";

    @Test
    void aesGcm_onEveryVectorOfItsSizes_agrees() throws IOException, AEADBadTagException {
        List<Wycheproof.Vector> vectors = applicable(
                "aes_gcm_test.json",
                WycheproofTest::useOfAesGcm,
                Map.of(
                        APPLIES,
                        66L,
                        "another length of key than 256 bits",
                        211L,
                        "another length of nonce than 96 bits",
                        39L));
        assertThat(vectors).filteredOn(Wycheproof.Vector::isValid).hasSize(39);
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

    private static String useOfAesGcm(Wycheproof.Vector vector) {
        if (vector.size("keySize") != 256) {
            return "another length of key than 256 bits";
        }
        if (vector.size("ivSize") != 96) {
            return "another length of nonce than 96 bits";
        }
        return vector.size("tagSize") == 128 ? APPLIES : "another length of tag than 128 bits";
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
        for (Wycheproof.Vector vector : applicable("hkdf_sha256_test.json", vector -> APPLIES, Map.of(APPLIES, 86L))) {
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
        for (Wycheproof.Vector vector : applicable("hmac_sha256_test.json", vector -> APPLIES, Map.of(APPLIES, 174L))) {
            byte[] whole = Hkdf.hmac(vector.bytes("key"), vector.bytes("msg"));
            assertAgrees(vector, Arrays.copyOf(whole, vector.size("tagSize") / 8));
        }
    }

    @Test
    void blindIndex_onEveryVectorThatIsAVersionAndText_agrees() throws IOException {
        List<Wycheproof.Vector> vectors = applicable(
                "hmac_sha256_test.json",
                WycheproofTest::useOfBlindIndex,
                Map.of(
                        APPLIES,
                        58L,
                        "another length of key than 256 bits",
                        12L,
                        "no version before the text",
                        56L,
                        "not text",
                        48L));
        for (Wycheproof.Vector vector : vectors) {
            byte[] message = vector.bytes("msg");
            IndexKey key = new IndexKey(1, vector.size("tagSize"), Secret.copyOf(vector.bytes("key")));
            assertAgrees(vector, new BlindIndex("clients", "ssn", message[0] & 0xFF, true).of(key, text(message)));
            if (key.bits() == BlindIndex.MOST_BITS) {
                assertAgrees(vector, new BlindIndex("clients", "ssn", message[0] & 0xFF, false).of(key, text(message)));
            }
        }
    }

    private static String useOfBlindIndex(Wycheproof.Vector vector) {
        if (vector.size("keySize") != 256) {
            return "another length of key than 256 bits";
        }
        byte[] message = vector.bytes("msg");
        if (message.length == 0) {
            return "no version before the text";
        }
        byte[] again = text(message).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, Arrays.copyOfRange(message, 1, message.length)) ? APPLIES : "not text";
    }

    private static String text(byte[] message) {
        return new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
    }

    private static void assertAgrees(Wycheproof.Vector vector, byte[] tag) {
        assertThat(ByteBuffer.wrap(tag).equals(ByteBuffer.wrap(vector.bytes("tag"))))
                .as(vector.name())
                .isEqualTo(vector.isValid());
    }

    /** Those of {@code file} that apply, once all of them were counted by {@code use}: it applies, or why it does not. */
    private static List<Wycheproof.Vector> applicable(
            String file, Function<Wycheproof.Vector, String> use, Map<String, Long> counts) throws IOException {
        List<Wycheproof.Vector> all = Wycheproof.read(file);
        assertThat(all.stream().collect(groupingBy(use, counting())))
                .as("vectors of %s", file)
                .isEqualTo(counts);
        return all.stream().filter(vector -> use.apply(vector).equals(APPLIES)).toList();
    }
}
