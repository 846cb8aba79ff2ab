package com.medspasync.practices;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import java.time.ZoneId;
import java.util.UUID;
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

    /**
     * Reads one from the body of a request.
     *
     * @param otherwise its id, where the body names none
     */
    public static Parsed<NewPractice> read(Fields in, UUID otherwise) {
        UUID id = in.uuid("id").or(otherwise);
        Given<String> name = PracticeFields.name(in).required();
        String address = PracticeFields.address(in).optional();
        PhoneNumber phone = PracticeFields.phone(in).optional();
        EmailAddress email = PracticeFields.email(in).optional();
        Given<ZoneId> timeZone = PracticeFields.timeZone(in).required();
        String taxId = PracticeFields.taxId(in).optional();
        String licenseNumber = PracticeFields.licenseNumber(in).optional();
        return in.finish(() -> new NewPractice(
                new PracticeId(id), name.value(), address, phone, email, timeZone.value(), taxId, licenseNumber));
    }

    /** Names the practice and hides its numbers. */
    @Override
    public String toString() {
        return "NewPractice[" + id + "]";
    }
}
