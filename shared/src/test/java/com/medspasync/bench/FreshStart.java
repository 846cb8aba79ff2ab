package com.medspasync.bench;

import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.crypto.WrappedPracticeKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.LoggerFactory;

/**
 * Run by {@link StartBench} in a JVM of its own: prints the milliseconds that binding the log takes, and those from there until the first
 * field has come back. Takes {@code jce}, or {@code library} and where the root key is and a wrapped practice's key.
 */
public final class FreshStart {

    private FreshStart() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        long start = System.nanoTime();
        var unused = LoggerFactory.getLogger(FreshStart.class);
        long bound = System.nanoTime();
        boolean back = arguments[0].equals("jce") ? jce() : library(Path.of(arguments[1]), arguments[2]);
        long ready = System.nanoTime();
        if (!back) {
            throw new IllegalStateException("the field did not come back");
        }
        System.out.printf(Locale.ROOT, "%.2f %.2f%n", (bound - start) / 1e6, (ready - bound) / 1e6);
    }

    private static boolean library(Path rootKeys, String practiceKey) {
        SecureRandom random = new SecureRandom();
        Envelope envelope = new Envelope(random);
        var stored = new WrappedPracticeKey(1, 1, HexFormat.of().parseHex(practiceKey), true, true, 9);
        KeyHierarchy hierarchy = new KeyHierarchy(
                new LocalRootKeys(rootKeys, Map.of(), random, Clock.systemUTC()),
                practice -> List.of(stored),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
        FieldCipher fields = new FieldCipher(envelope);
        NewClientKey created = hierarchy.createClientKey(Library.PRACTICE, Library.CLIENT);
        byte[] sealed = fields.encrypt(created.key(), Library.SSN, "078-05-1120");
        var keys = hierarchy.openClientKeys(Library.PRACTICE, Library.CLIENT, Library.packed(created));
        return fields.decryptText(keys, Library.SSN, sealed).equals("078-05-1120");
    }

    /** A field by hand, and one HMAC, which is what deriving a key takes. */
    private static boolean jce() throws GeneralSecurityException {
        byte[] plaintext = Jce.bytes(11);
        Jce jce = new Jce();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(plaintext, "HmacSHA256"));
        return mac.doFinal(plaintext).length == 32 && Arrays.equals(jce.decrypt(jce.encrypt(plaintext)), plaintext);
    }
}
