package com.medspasync.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.tenant.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table, cell by cell. */
class VisibilitiesTest {

    private static final String TABLE = """
            FIRST_NAME,        FULL,   FULL,     FULL,     FULL
            LAST_NAME,         FULL,   FULL,     FULL,     FULL
            EMAIL,             FULL,   FULL,     FULL,     FULL
            PHONE,             FULL,   FULL,     FULL,     FULL
            DATE_OF_BIRTH,     FULL,   FULL,     FULL,     MASKED
            SSN,               MASKED, MASKED,   WITHHELD, MASKED
            ADDRESS,           FULL,   FULL,     MASKED,   MASKED
            EMERGENCY_CONTACT, FULL,   FULL,     FULL,     MASKED
            MEDICAL_HISTORY,   FULL,   WITHHELD, FULL,     WITHHELD
            NOTES,             FULL,   WITHHELD, FULL,     WITHHELD
            """;

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void of_everyRoleAndField_isAsDecided(
            ClientField field, Visibility admin, Visibility manager, Visibility practitioner, Visibility staff) {
        assertThat(Visibilities.of(Role.ADMIN, field)).isEqualTo(admin);
        assertThat(Visibilities.of(Role.MANAGER, field)).isEqualTo(manager);
        assertThat(Visibilities.of(Role.PRACTITIONER, field)).isEqualTo(practitioner);
        assertThat(Visibilities.of(Role.STAFF, field)).isEqualTo(staff);
    }

    @ParameterizedTest
    @EnumSource(ClientField.class)
    void of_anOperatorOrNobody_isWithheld(ClientField field) {
        assertThat(Visibilities.of(Role.OPERATOR, field)).isEqualTo(Visibility.WITHHELD);
        assertThat(Visibilities.of(null, field)).isEqualTo(Visibility.WITHHELD);
    }

    @Test
    void table_hasEveryField() {
        Set<String> fields = new HashSet<>();
        TABLE.lines().forEach(line -> fields.add(line.substring(0, line.indexOf(','))));
        assertThat(fields)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ClientField.values()).map(Enum::name).toList());
    }
}
