package com.medspasync.functions.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Ssn;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeopleTest {

    /** So many that numbers drawn without looking back meet with this seed: the 13,121st person gets that of another. */
    private static final int MANY = 14_000;

    private static final long SEED = 1;

    @Test
    void next_forManyPeople_givesNoSsnTwice() {
        People people = new People(new SplittableRandom(SEED));
        Set<Ssn> numbers = new HashSet<>();
        int drawn = 0;
        for (int number = 1; number <= MANY; number++) {
            Ssn ssn = people.next(number).ssn();
            if (ssn != null) {
                numbers.add(ssn);
                drawn++;
            }
        }
        assertThat(numbers).hasSize(drawn).hasSizeGreaterThan(MANY / 2);
    }
}
