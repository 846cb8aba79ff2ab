package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Pseudonyms pseudonyms = of(1);

    private static Pseudonyms of(int first) {
        byte[] secret = new byte[Secret.LENGTH];
        secret[0] = (byte) first;
        return new Pseudonyms(Secret.copyOf(secret));
    }

    @Test
    void id_underASecret_isTheSameAgain_andAnotherForEveryKindIdAndSecret() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            UUID real = new UUID(0, i);
            assertThat(pseudonyms.id(Entity.CLIENT, real)).isEqualTo(of(1).id(Entity.CLIENT, real));
            ids.add(real);
            ids.add(pseudonyms.id(Entity.CLIENT, real));
            ids.add(pseudonyms.id(Entity.USER, real));
            ids.add(of(2).id(Entity.CLIENT, real));
        }
        assertThat(ids).hasSize(800);
        assertThat(pseudonyms.id(Entity.STAFF, new UUID(0, 1)))
                .returns(8, UUID::version)
                .returns(2, UUID::variant);
    }

    @Test
    void shift_ofManyClients_takesEveryNumberOfWeeksOfAYear() {
        Set<Integer> weeks = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            weeks.add(pseudonyms.shift(Entity.CLIENT, new UUID(0, i)).weeks());
        }
        assertThat(weeks).hasSize(52).contains(1, 52).doesNotContain(0);
    }

    @Test
    void seeds_ofDifferentThings_haveNothingInCommon() {
        UUID real = new UUID(0, 1);
        assertThat(pseudonyms.seed(Entity.CLIENT, real)).isNotEqualTo(pseudonyms.seed(Entity.STAFF, real));
        assertThat(pseudonyms.seed("a", "x"))
                .isEqualTo(of(1).seed("a", "x"))
                .isNotEqualTo(pseudonyms.seed("b", "x"))
                .isNotEqualTo(pseudonyms.seed("a", "y"))
                .isNotEqualTo(of(2).seed("a", "x"));
    }

    @Test
    void instant_moved_isCutToTheMinute() {
        assertThat(new DateShift(3).of(Instant.parse("2026-05-04T10:11:12.131415Z")))
                .isEqualTo(Instant.parse("2026-04-13T10:11:00Z"));
        assertThatThrownBy(() -> new DateShift(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** With four weeks: who is 89 then stays, who would be 90 is made 89. */
    @ParameterizedTest
    @CsvSource({
        "1984-02-29, 1984-02-01",
        "1937-12-22, 1937-11-24",
        "1936-12-21, 1937-11-23",
        "1936-12-22, 1936-11-24",
        "1921-04-05, 1937-03-08",
        "1900-01-01, 1936-12-04"
    })
    void birth_moved_isOfSomebodyUnder90(LocalDate real, LocalDate moved) {
        assertThat(new DateShift(4).birth(real, TODAY)).isEqualTo(moved);
    }
}
