package com.medspasync.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app computes them: HMAC-SHA-1, six digits, steps of 30 seconds since
 * 1970. SHA-1's collisions do not touch HMAC (RFC 6238, section 1.2), and many apps ignore any other choice.
 *
 * <p>Of three million guesses one step either way allows some nine: what guesses cost is for the caller's lockout. Thread-safe.
 */
public final class Totp {

    /** The length of a step, in seconds. */
    static final int STEP_SECONDS = 30;

    /** By how many steps the app's clock may differ; RFC 6238, section 5.2, advises one. */
    private static final int SKEW = 1;

    private static final String ALGORITHM = "HmacSHA1";

    private Totp() {}

    /**
     * Whether {@code code} is good at {@code now}, and was not used before. The caller stores the step with the login that it lets in, in one
     * statement that requires the step to be greater than the stored one: of two requests with the same code at once, one gets in.
     *
     * <p>All steps are computed whatever the code is, so that the time taken tells nothing.
     *
     * @param lastStep the step that was accepted last; -1 when none was
     * @return the step that the code belongs to, greater than {@code lastStep}; empty for a wrong, late, early or used code
     */
    public static OptionalLong accept(TotpSecret secret, TotpCode code, Instant now, long lastStep) {
        long current = step(now);
        OptionalLong accepted = OptionalLong.empty();
        for (long step = current - SKEW; step <= current + SKEW; step++) {
            boolean matches = code.matches(code(secret, step));
            if (matches && step > lastStep) {
                accepted = OptionalLong.of(step);
            }
        }
        return accepted;
    }

    /** The step that {@code time} lies in: RFC 6238's T. */
    static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
    }

    /** The code of a step: RFC 4226's HOTP with the step as the counter. */
    static TotpCode code(TotpSecret secret, long step) {
        byte[] hmac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = hmac[hmac.length - 1] & 0xf;
        return TotpCode.lastDigitsOf(ByteBuffer.wrap(hmac).getInt(offset) & Integer.MAX_VALUE);
    }

    private static byte[] hmac(TotpSecret secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-1", e);
        }
    }
}
