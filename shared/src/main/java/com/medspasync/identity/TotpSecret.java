package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.apache.commons.codec.binary.Base32;

/**
 * What a user's authenticator app and the platform share: 20 random bytes, the length that RFC 4226, section 4 (R6) recommends and the output
 * length of its HMAC-SHA-1. Shown once, at enrolment; stored sealed. {@link #toString} hides it.
 */
public final class TotpSecret {

    /** How many bytes every secret has. */
    static final int BYTES = 20;

    private static final String ISSUER = "MedSpaSync Pro";

    private final byte[] bytes;

    private TotpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new secret. */
    public static TotpSecret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    /**
     * Takes back what {@link #bytes} gave.
     *
     * @throws IllegalArgumentException unless there are {@value #BYTES}
     */
    static TotpSecret of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a TOTP secret has " + BYTES + " bytes, not " + bytes.length);
        }
        return new TotpSecret(bytes.clone());
    }

    /** A copy of the bytes: to be sealed, and to compute codes with. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The secret in base32 (RFC 4648), 32 characters: for who types it instead of scanning. For the user's eyes only. */
    public String reveal() {
        return new Base32().encodeToString(bytes);
    }

    /**
     * The secret as a QR code carries it, in the Key URI format of Google Authenticator, which every authenticator app reads. Algorithm, digits and
     * period are the format's defaults, stated all the same. For the user's eyes only.
     *
     * @param account how the app names the entry
     */
    public String otpauthUri(EmailAddress account) {
        return "otpauth://totp/%1$s:%2$s?secret=%3$s&issuer=%1$s&algorithm=SHA1&digits=6&period=30"
                .formatted(escaped(ISSUER), escaped(account.value()), reveal());
    }

    /** Percent-encoded: a form's plus sign would be read as one. */
    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TotpSecret[hidden]";
    }
}
