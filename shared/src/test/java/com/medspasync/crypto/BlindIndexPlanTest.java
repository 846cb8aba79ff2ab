package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlindIndexPlanTest {

    @ParameterizedTest
    @CsvSource({
        "4, 1",
        "8, 2",
        "15, 2",
        "16, 3",
        "1023, 8",
        "1024, 9",
        "2000, 9",
        "2047, 9",
        "2048, 10",
        "50000, 14",
        "1000000, 18",
        "9223372036854775807, 61"
    })
    void forRows_keepsTheMostBitsWithinTheLeakageBound(long rows, int bits) {
        BlindIndexPlan plan = BlindIndexPlan.forRows(rows);
        assertThat(plan.bits()).isEqualTo(bits);
        assertThat(plan.coincidences()).isBetween(2.0, Math.sqrt((double) rows));
        if (bits < 61) {
            assertThatThrownBy(() -> new BlindIndexPlan(rows, bits + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll((bits + 1) + " bits", rows + " rows", "above the leakage bound");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 2, 3, 5, 6, 7})
    void forRows_thatNoBudgetIsSafeFor_isRefused(long rows) {
        assertThatThrownBy(() -> BlindIndexPlan.forRows(rows)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void plan_atItsLowerBound_takesAsFewBitsAsTheSquareRootAllows() {
        // sqrt(2,000) is 44.7: 2,000 / 2^6 is 31.25, 2,000 / 2^5 is 62.5.
        assertThat(new BlindIndexPlan(2_000, 6).coincidences()).isEqualTo(31.25);
        assertThatThrownBy(() -> new BlindIndexPlan(2_000, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too few");
        // Exactly at the bound: 4,096 / 2^6 is 64, which is the root.
        assertThat(new BlindIndexPlan(4_096, 6).coincidences()).isEqualTo(64);
        assertThatThrownBy(() -> new BlindIndexPlan(4_097, 6)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 62, 256})
    void plan_withBitsThatNoTableNeeds_isRefused(int bits) {
        assertThatThrownBy(() -> new BlindIndexPlan(Long.MAX_VALUE, bits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void forPractice_withFewClients_plansForThoseToCome() {
        assertThat(BlindIndexPlan.forPractice(0)).isEqualTo(new BlindIndexPlan(2_000, 9));
        assertThat(BlindIndexPlan.forPractice(1_999)).isEqualTo(new BlindIndexPlan(2_000, 9));
        assertThat(BlindIndexPlan.forPractice(30_000)).isEqualTo(new BlindIndexPlan(30_000, 13));
        assertThat(BlindIndexPlan.forPractice(0).coincidences()).isCloseTo(3.9, Offset.offset(0.01));
    }
}
