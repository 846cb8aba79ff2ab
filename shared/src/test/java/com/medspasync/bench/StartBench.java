package com.medspasync.bench;

import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the encryption library takes to be ready, without Key Vault, each time in a JVM of its own that is up but has used neither
 * it nor JCE; by turns with JCE used by hand. The root key lies in a file and a wrapped practice's key in memory, as they were left by an
 * earlier run. The bar is 100 ms.
 */
public final class StartBench {

    private static final int FRESH_JVMS = 15;

    private StartBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench");
        Path roots = folder.resolve("root-keys");
        String practiceKey = practiceKey(roots);
        List<double[]> jce = new ArrayList<>();
        List<double[]> library = new ArrayList<>();
        for (int i = 0; i < FRESH_JVMS; i++) {
            jce.add(run("jce"));
            library.add(run("library", roots.toString(), practiceKey));
        }
        Files.delete(roots);
        Files.delete(folder);
        System.out.printf("%nlibrary start without Key Vault, medians of %d fresh JVMs%n", FRESH_JVMS);
        print("binding the log, which whoever logs first does", library, 0);
        print("the library, to a field encrypted and decrypted (bar 100)", library, 1);
        print("JCE by hand, the same", jce, 1);
    }

    /** Writes a root key to {@code file}. The practice's key that is wrapped under it, in hexadecimal. */
    private static String practiceKey(Path file) {
        SecureRandom random = new SecureRandom();
        LocalRootKeys roots = new LocalRootKeys(file, Map.of(), random, Clock.systemUTC());
        roots.createIfAbsent();
        KeyHierarchy hierarchy = new KeyHierarchy(
                roots, practice -> List.of(), new Envelope(random), random, Clock.systemUTC(), Duration.ofMinutes(10));
        return HexFormat.of()
                .formatHex(hierarchy.createPracticeKey(Library.PRACTICE).wrapped());
    }

    private static double[] run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshStart.class.getName()));
        command.addAll(List.of(arguments));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (jvm.waitFor() != 0) {
            throw new IOException("the fresh JVM failed");
        }
        String[] parts = printed.split(" ", -1);
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    }

    private static void print(String title, List<double[]> measured, int column) {
        double[] millis =
                measured.stream().mapToDouble(one -> one[column]).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "  %-58s %6.0f ms, from %.0f to %.0f%n",
                title,
                Rounds.median(millis),
                millis[0],
                millis[millis.length - 1]);
    }
}
