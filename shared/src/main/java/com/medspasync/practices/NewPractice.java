package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.tenant.PracticeId;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A practice that is to be.
 *
 * @param timeZone in which its days begin and end
 * @param taxId stored encrypted
 * @param licenseNumber stored encrypted
 */
public record NewPractice(
        PracticeId id,
        String name,
        @Nullable String address,
        @Nullable PhoneNumber phone,
        @Nullable EmailAddress email,
        ZoneId timeZone,
        @Nullable String taxId,
        @Nullable String licenseNumber) {

    /** Names the practice and hides its numbers. */
    @Override
    public String toString() {
        return "NewPractice[" + id + "]";
    }
}
