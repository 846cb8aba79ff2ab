package com.medspasync.functions;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app, written from RFC 6238 and RFC 4226 alone. */
final class Authenticator {

    private static final int STEP = 30;

    private final byte[] secret;
    private long last;

    /** @param secret in base32, as a user types it */
    Authenticator(String secret) {
        this.secret = new Base32().decode(secret);
    }

    /** A code that is good now and was not given before: up to three in half a minute, thanks to the step that clocks may differ by. */
    String next() {
        long now = Instant.now().getEpochSecond() / STEP;
        last = Math.max(last + 1, now - 1);
        return code(last);
    }

    private String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7FFFFFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
