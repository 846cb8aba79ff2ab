package com.medspasync.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SightTest {

    private static final Origin ORIGIN = new Origin(null, null, new UUID(0, 1));

    @ParameterizedTest
    @EnumSource(Role.class)
    void of_aRoleWithoutAPurpose_isTheTable(Role role) {
        Sight sight = Sight.of(caller(role));
        for (ClientField field : ClientField.values()) {
            assertThat(sight.of(field)).as(field.name()).isEqualTo(Visibilities.of(role, field));
        }
        assertThat(sight.unmasked(ClientField.all())).isNull();
    }

    @ParameterizedTest
    @EnumSource(PurposeOfUse.class)
    void of_anyPurpose_showsWhatWasMaskedAndNothingThatIsWithheld(PurposeOfUse purpose) {
        for (Role role : Role.values()) {
            Sight sight = Sight.of(caller(role).withPurpose(purpose));
            for (ClientField field : ClientField.values()) {
                Visibility without = Visibilities.of(role, field);
                assertThat(sight.of(field))
                        .as(role + " " + field)
                        .isEqualTo(without == Visibility.MASKED ? Visibility.FULL : without);
            }
        }
    }

    @Test
    void of_nobody_seesNothingForAnyPurpose() {
        Sight sight = Sight.of(caller(null).withPurpose(PurposeOfUse.EMERGENCY));
        assertThat(sight.withheld()).containsExactly(ClientField.values());
        assertThat(ClientField.values())
                .allSatisfy(field -> assertThat(sight.of(field)).isEqualTo(Visibility.WITHHELD));
        assertThat(sight.unmasked(ClientField.all())).isNull();
    }

    @Test
    void withheld_isWhatTheRoleDoesNotSee() {
        assertThat(Sight.of(caller(Role.ADMIN)).withheld()).isEmpty();
        assertThat(Sight.of(caller(Role.PRACTITIONER)).withheld()).containsExactly(ClientField.SSN);
        assertThat(Sight.of(caller(Role.STAFF).withPurpose(PurposeOfUse.LEGAL)).withheld())
                .containsExactly(ClientField.MEDICAL_HISTORY, ClientField.NOTES);
    }

    @Test
    void unmasked_namesTheFieldsThatThePurposeShows() {
        assertThat(Sight.of(caller(Role.ADMIN).withPurpose(PurposeOfUse.LEGAL)).unmasked(ClientField.all()))
                .isEqualTo("{\"unmasked\": [\"ssn\"]}");
        Sight staff = Sight.of(caller(Role.STAFF).withPurpose(PurposeOfUse.PAYMENT));
        assertThat(staff.unmasked(ClientField.all()))
                .isEqualTo("{\"unmasked\": [\"dateOfBirth\", \"ssn\", \"address\", \"emergencyContact\"]}");
        assertThat(staff.unmasked(ClientField.listed())).isNull();
    }

    private static Caller caller(@Nullable Role role) {
        UUID id = role == null ? null : new UUID(0, 2);
        return new Caller(new PracticeId(new UUID(0, 3)), id, role, id, ORIGIN);
    }
}
