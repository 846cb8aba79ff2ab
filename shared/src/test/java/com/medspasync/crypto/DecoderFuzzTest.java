package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.CLIENT;
import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.OTHER_CLIENT;
import static com.medspasync.crypto.Examples.SSN;
import static com.medspasync.crypto.Examples.joined;
import static com.medspasync.crypto.Examples.keys;
import static com.medspasync.crypto.Examples.packed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Any bytes where a ciphertext or a key is expected: noise, and the real thing with bits flipped, cut, lengthened, spliced with
 * another, and under another version. What comes of each is foretold by a model of the format that opens nothing: the plaintext of
 * what was sealed for the place, else the one refusal that fits, and never another exception.
 */
class DecoderFuzzTest {

    private static final int FIELD_CASES = 120_000;
    private static final int KEY_CASES = 50_000;
    private static final int WRAPPED_CASES = 30_000;

    private static final DataKey FIRST = Examples.key(1);
    private static final DataKey SECOND = Examples.key(2);
    private static final DataKeys KEYS = keys(FIRST, SECOND);

    private final Envelope envelope = new Envelope(Examples.RANDOM);
    private final FieldCipher cipher = new FieldCipher(envelope);
    private final MemoryPracticeKeys stored = new MemoryPracticeKeys();
    private final KeyHierarchy hierarchy = Examples.hierarchy(new MemoryRootKeys(), stored, new SteppingClock());

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Mutation mutation = new Mutation(random);

    @BeforeEach
    void practice() {
        stored.store(GLOW, hierarchy.createPracticeKey(GLOW));
    }

    @Test
    void decrypt_ofAnyBytes_givesThePlaintextOrIsRefused() {
        FieldContext notes = new FieldContext(GLOW, "clients", "notes", CLIENT);
        byte[] old = cipher.encrypt(FIRST, SSN, "078-05-1120");
        byte[] fresh = cipher.encrypt(SECOND, SSN, "219-09-9999");
        List<byte[]> seeds = List.of(
                old,
                fresh,
                cipher.encrypt(SECOND, SSN, ""),
                cipher.encrypt(SECOND, notes, "n".repeat(300)),
                cipher.encrypt(Examples.key(3), SSN, "078-05-1121"));
        for (int i = 0; i < FIELD_CASES; i++) {
            byte[] bytes = mutation.of(seeds);
            boolean genuine =
                    Arrays.equals(bytes, old) || Arrays.equals(bytes, fresh) || Arrays.equals(bytes, seeds.get(2));
            check(i, bytes, genuine ? null : refusal(bytes, 2), () -> cipher.decryptText(KEYS, SSN, bytes));
            check(i, bytes, wellFormed(bytes) ? null : TamperedCiphertext.class, () -> FieldCipher.keyVersion(bytes));
        }
    }

    @Test
    void openClientKeys_ofAnyBytes_givesTheKeyOrIsRefused() {
        byte[] first = packed(1, hierarchy.createClientKey(GLOW, CLIENT, 1).wrapped());
        byte[] second = packed(2, hierarchy.createClientKey(GLOW, CLIENT, 2).wrapped());
        byte[] anothers =
                packed(2, hierarchy.createClientKey(GLOW, OTHER_CLIENT, 2).wrapped());
        List<byte[]> seeds = List.of(
                first,
                second,
                anothers,
                joined(first, second),
                joined(first, anothers),
                joined(second, first),
                new byte[0]);
        for (int i = 0; i < KEY_CASES; i++) {
            byte[] bytes = mutation.of(seeds);
            int asked = 1 + random.nextInt(3);
            check(
                    i,
                    bytes,
                    refusalOfClientKey(bytes, asked, asked == 1 ? first : second),
                    () -> hierarchy.openClientKeys(GLOW, CLIENT, bytes).version(asked));
        }
    }

    /** What the entry of {@code version} in a list of keys must come to, when {@code genuine} is the one entry that opens. */
    private static @Nullable Class<? extends CryptoException> refusalOfClientKey(
            byte[] packed, int version, byte[] genuine) {
        if (packed.length % 70 != 0) {
            return TamperedCiphertext.class;
        }
        Class<? extends CryptoException> refusal = UnknownKeyVersion.class;
        int before = 0;
        for (int at = 0; at < packed.length; at += 70) {
            int number = ByteBuffer.wrap(packed).getInt(at);
            if (number <= before) {
                return TamperedCiphertext.class;
            }
            before = number;
            byte[] entry = Arrays.copyOfRange(packed, at, at + 70);
            if (number == version) {
                refusal = Arrays.equals(entry, genuine) ? null : refusal(Arrays.copyOfRange(entry, 4, 70), 1);
            }
        }
        return refusal;
    }

    @Test
    void rewrap_ofAnyBytes_givesTheKeyOrIsRefused() {
        byte[] clients = hierarchy.createClientKey(GLOW, CLIENT).wrapped();
        byte[] practices = stored.load(GLOW).getFirst().wrapped();
        List<byte[]> seeds = List.of(clients, practices);
        for (int i = 0; i < WRAPPED_CASES; i++) {
            byte[] bytes = mutation.of(seeds);
            Class<? extends CryptoException> refusal =
                    bytes.length == 66 ? refusal(bytes, 1) : TamperedCiphertext.class;
            check(
                    i,
                    bytes,
                    Arrays.equals(bytes, clients) ? null : refusal,
                    () -> hierarchy.rewrapClientKey(GLOW, CLIENT, 1, bytes, 1));
            check(
                    i,
                    bytes,
                    Arrays.equals(bytes, practices) ? null : refusal,
                    () -> hierarchy.rewrapPracticeKey(GLOW, 1, bytes, 1));
        }
    }

    /** Why bytes that were not sealed for the place are refused, by keys whose versions run from 1 to {@code newest}. */
    private static Class<? extends CryptoException> refusal(byte[] bytes, int newest) {
        return wellFormed(bytes) && version(bytes) > newest ? UnknownKeyVersion.class : TamperedCiphertext.class;
    }

    private static boolean wellFormed(byte[] bytes) {
        return bytes.length >= 34 && bytes[0] == 0x4D && bytes[1] == 1 && version(bytes) >= 1;
    }

    private static int version(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(2);
    }

    /** @param refusal what must be thrown; null when nothing may be */
    private void check(
            int number, byte[] bytes, @Nullable Class<? extends CryptoException> refusal, Supplier<?> decoding) {
        @Nullable Throwable thrown = null;
        try {
            var unused = decoding.get();
        } catch (Throwable e) {
            thrown = e;
        }
        if ((thrown == null ? null : thrown.getClass()) != refusal) {
            String name = refusal == null ? "nothing" : refusal.getSimpleName();
            String hex = HexFormat.of().formatHex(bytes);
            throw new AssertionError(
                    "case %d of -Dfuzz.seed=%d must throw %s: %s".formatted(number, seed, name, hex), thrown);
        }
    }
}
