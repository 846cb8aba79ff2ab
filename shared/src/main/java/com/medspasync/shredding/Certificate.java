package com.medspasync.shredding;

import java.time.Instant;
import java.util.Optional;

/**
 * What is certified of a destruction: that the keys, and every backup that may have held them, are gone, so that nobody can read what they
 * encrypted, wherever a copy of it may lie. NIST SP 800-88 revision 1, section 2.5 and appendix A, calls it cryptographic erase.
 *
 * @param destroyedAt since when nothing could be read from the platform
 * @param keyBackupsExpiredAt since when no backup could bring the keys back
 * @param certifiedAt when no trace of them was found after that
 */
public record Certificate(Shredding of, Instant destroyedAt, Instant keyBackupsExpiredAt, Instant certifiedAt) {

    /** Empty as long as there is nothing to be certified. */
    public static Optional<Certificate> of(Shredding shredding) {
        Instant destroyed = shredding.destroyedAt();
        Instant expired = shredding.certifiableAt();
        Instant certified = shredding.certifiedAt();
        return destroyed == null || expired == null || certified == null
                ? Optional.empty()
                : Optional.of(new Certificate(shredding, destroyed, expired, certified));
    }

    /** It in words. */
    public String statement() {
        String whose = switch (of.kind()) {
            case CLIENT -> "client " + of.client() + " of practice " + of.practice();
            case PRACTICE -> "practice " + of.practice() + " and of all its clients";
        };
        return "The encryption keys of " + whose + " were destroyed on " + destroyedAt
                + ". The last backup that may have held them expired on " + keyBackupsExpiredAt + ". On " + certifiedAt
                + " the platform held none of them. What they encrypted cannot be read by anybody.";
    }
}
