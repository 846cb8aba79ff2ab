package com.medspasync.password;

import com.medspasync.input.Parsed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A password as a person typed it: UTF-8 of its NFC form, as RFC 8265 (OpaqueString) prepares passwords, so that the same
 * password typed on another keyboard or system stays the same. It shows itself to nobody: {@link #toString} hides it.
 *
 * <p>bcrypt reads 72 bytes and stops at a NUL; what lies beyond would count for nothing. Such input is refused here instead
 * of being cut silently.
 */
public final class Password {

    /** The most bcrypt reads. */
    public static final int MAX_BYTES = 72;

    /** The fewest characters of a password that is chosen anew (NIST SP 800-63B asks for length, not for classes of characters). */
    public static final int MIN_CHARACTERS = 12;

    private final byte[] utf8;

    private Password(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * A password given to log in. Short ones are accepted: whether it is right is decided by the stored hash alone.
     */
    public static Parsed<Password> typed(CharSequence text) {
        if (text.isEmpty()) {
            return Parsed.invalid("blank", "must not be empty");
        }
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC)));
        } catch (CharacterCodingException _unpairedSurrogate) {
            return Parsed.invalid("malformed", "is not well-formed Unicode");
        }
        if (encoded.remaining() > MAX_BYTES) {
            return Parsed.invalid("too-long", "must have at most " + MAX_BYTES + " bytes in UTF-8");
        }
        byte[] utf8 = new byte[encoded.remaining()];
        encoded.get(utf8);
        for (byte b : utf8) {
            if (b >= 0 && Character.isISOControl(b)) {
                return Parsed.invalid("malformed", "must not contain control characters");
            }
        }
        return new Parsed.Valid<>(new Password(utf8));
    }

    /** A password chosen anew: also at least {@link #MIN_CHARACTERS} characters (code points) long. */
    public static Parsed<Password> chosen(CharSequence text) {
        Parsed<Password> parsed = typed(text);
        if (parsed instanceof Parsed.Valid<Password>(Password password) && password.characters() < MIN_CHARACTERS) {
            return Parsed.invalid("too-short", "must have at least " + MIN_CHARACTERS + " characters");
        }
        return parsed;
    }

    /** The bytes themselves, not a copy: for {@link Passwords} only. */
    byte[] utf8() {
        return utf8;
    }

    private int characters() {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return text.codePointCount(0, text.length());
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
