package com.medspasync.password;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the resource of {@link CommonPasswords} from plain lists of passwords, one in a line, the most common first. The same lists give the same
 * bytes. With the test classes on the class path:
 *
 * <pre>java com.medspasync.password.CommonPasswordsFile common-passwords.bin 10_million_password_list_top_1M.txt passwords.txt</pre>
 *
 * <p>Of each list go into it: every password that is long enough to be chosen here, and what it is made of; and of the {@value #MOST_COMMON} most common
 * ones, which are nearly all too short, what they are made of, because {@code monkey2024!!} is long enough again.
 */
final class CommonPasswordsFile {

    private static final int MOST_COMMON = 20_000;

    /** The least of what a common one is made of, in characters: four leave eight around them, which are a password by themselves. */
    private static final int SHORTEST_CORE = 5;

    /** The least of what a rarer password is made of: shorter cores are words that many a good password has. In characters. */
    private static final int RARE_CORE = 8;

    private CommonPasswordsFile() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> lists = Arrays.stream(arguments).skip(1).map(Path::of).toList();
        if (lists.isEmpty()) {
            throw new IllegalArgumentException("usage: CommonPasswordsFile OUTPUT LIST...");
        }
        NavigableSet<Long> entries = new TreeSet<>();
        for (Path list : lists) {
            forms(Files.readAllLines(list, StandardCharsets.UTF_8))
                    .map(CommonPasswords::entry)
                    .forEach(entries::add);
        }
        Files.write(Path.of(arguments[0]), written(entries));
    }

    /** The forms that stand for the passwords of one list. */
    private static Stream<String> forms(List<String> passwords) {
        return Stream.iterate(0, i -> i < passwords.size(), i -> i + 1)
                .flatMap(i -> forms(GuessableForms.folded(passwords.get(i)), i < MOST_COMMON));
    }

    private static Stream<String> forms(String folded, boolean mostCommon) {
        String core = GuessableForms.core(folded);
        boolean chosen = length(folded) >= Password.MIN_CHARACTERS;
        int shortestCore = mostCommon ? SHORTEST_CORE : RARE_CORE;
        return Stream.concat(
                chosen ? Stream.of(folded) : Stream.empty(),
                (mostCommon || chosen) && length(core) >= shortestCore ? Stream.of(core) : Stream.empty());
    }

    /** The entries as the resource has them. */
    private static byte[] written(NavigableSet<Long> entries) {
        byte[] bytes = new byte[entries.size() * CommonPasswords.ENTRY];
        int at = 0;
        for (long entry : entries) {
            byte[] wide = ByteBuffer.allocate(Long.BYTES).putLong(entry).array();
            System.arraycopy(wide, Long.BYTES - CommonPasswords.ENTRY, bytes, at, CommonPasswords.ENTRY);
            at += CommonPasswords.ENTRY;
        }
        return bytes;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
