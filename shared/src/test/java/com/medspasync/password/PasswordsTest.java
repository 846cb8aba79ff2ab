package com.medspasync.password;

import static com.medspasync.password.Passwords.Check.BUSY;
import static com.medspasync.password.Passwords.Check.DIFFERS;
import static com.medspasync.password.Passwords.Check.MATCHES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords quick = new Passwords(4, 2, Duration.ofSeconds(10), new SecureRandom());

    @Test
    void hash_inProduction_hasCost12AndMatches() {
        Passwords passwords = new Passwords(new SecureRandom());
        String hash = passwords.hash(typed("Demo-Password-1")).orElseThrow();

        assertThat(hash).startsWith("$2a$12$").hasSize(60);
        assertThat(passwords.check(typed("Demo-Password-1"), hash)).isEqualTo(MATCHES);
        assertThat(passwords.check(typed("Demo-Password-2"), hash)).isEqualTo(DIFFERS);
    }

    @Test
    void hash_ofTheSamePassword_isSaltedAnew() {
        assertThat(quick.hash(typed("Demo-Password-1"))).isNotEqualTo(quick.hash(typed("Demo-Password-1")));
    }

    @Test
    void check_withoutAHash_differsAfterTheSameWork() {
        assertThat(quick.check(typed("Demo-Password-1"), null)).isEqualTo(DIFFERS);
        assertThat(quick.computations()).isEqualTo(1);
    }

    @Test
    void check_composedAndDecomposedUnicode_isTheSamePassword() {
        String hash = quick.hash(typed("cr\u00e8me-br\u00fbl\u00e9e")).orElseThrow();

        assertThat(quick.check(typed("cre\u0300me-bru\u0302le\u0301e"), hash)).isEqualTo(MATCHES);
        assertThat(quick.check(typed("creme-brulee"), hash)).isEqualTo(DIFFERS);
    }

    @Test
    void check_72bytesThatDifferInTheLast_differs() {
        String hash = quick.hash(typed("x".repeat(71) + "a")).orElseThrow();

        assertThat(quick.check(typed("x".repeat(71) + "a"), hash)).isEqualTo(MATCHES);
        assertThat(quick.check(typed("x".repeat(71) + "b"), hash)).isEqualTo(DIFFERS);
    }

    @Test
    void typed_over72bytes_isRefusedNotCut() {
        assertThat(code(Password.typed("x".repeat(72)))).isEqualTo("valid");
        assertThat(code(Password.typed("x".repeat(73)))).isEqualTo("too-long");
        assertThat(code(Password.typed("\u00e9".repeat(36)))).isEqualTo("valid");
        assertThat(code(Password.typed("\u00e9".repeat(37)))).isEqualTo("too-long");
    }

    @Test
    void typed_emptyOrWithNulOrHalfASurrogate_isRefused() {
        assertThat(code(Password.typed(""))).isEqualTo("blank");
        assertThat(code(Password.typed("abc\0abc"))).isEqualTo("malformed");
        assertThat(code(Password.typed("abc\ud83d"))).isEqualTo("malformed");
    }

    @Test
    void chosen_under12characters_isRefused() {
        assertThat(code(Password.chosen("x".repeat(11)))).isEqualTo("too-short");
        assertThat(code(Password.chosen("x".repeat(12)))).isEqualTo("valid");
        // Characters are counted, not UTF-16 units: 11 of these are 22 units.
        assertThat(code(Password.chosen("\ud83c\udf38".repeat(11)))).isEqualTo("too-short");
        assertThat(code(Password.chosen("\ud83c\udf38".repeat(12)))).isEqualTo("valid");
    }

    @Test
    void toString_ofAPassword_hidesIt() {
        assertThat(typed("Demo-Password-1").toString()).isEqualTo("Password[hidden]");
    }

    @Test
    void check_whenAllPermitsAreTaken_isBusyWithinItsPatience() throws Exception {
        Passwords one = new Passwords(12, 1, Duration.ofMillis(1), new SecureRandom());
        int callers = 6;
        List<Future<Passwords.Check>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            CountDownLatch together = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return one.check(typed("Demo-Password-1"), null);
                }));
            }
        }
        long busy =
                answers.stream().filter(answer -> answer.resultNow() == BUSY).count();

        assertThat(busy).isBetween(1L, callers - 1L);
        assertThat(one.computations()).isEqualTo(callers - busy);
        assertThat(one.check(typed("Demo-Password-1"), null))
                .as("permits return")
                .isEqualTo(DIFFERS);
    }

    @Test
    void check_whenInterrupted_isBusyAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(quick.check(typed("Demo-Password-1"), null)).isEqualTo(BUSY);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void isOutdated_belowOurCost_isTrueAndElseFalse() {
        String costFour = quick.hash(typed("Demo-Password-1")).orElseThrow();
        Passwords five = new Passwords(5, 1, Duration.ofSeconds(10), new SecureRandom());

        assertThat(five.isOutdated(costFour)).isTrue();
        assertThat(quick.isOutdated(costFour)).isFalse();
        assertThat(quick.isOutdated(five.hash(typed("Demo-Password-1")).orElseThrow()))
                .isFalse();
    }

    @Test
    void isOutdated_noBcryptHash_isRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> quick.isOutdated("Demo-Password-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a bcrypt hash");
    }

    @Test
    void matchesAny_oneOfTheLast_matches() {
        List<String> last = hashes("Demo-Password-1", "Demo-Password-2", "Demo-Password-3");

        assertThat(quick.matchesAny(typed("Demo-Password-1"), last)).isEqualTo(MATCHES);
        assertThat(quick.matchesAny(typed("Demo-Password-3"), last)).isEqualTo(MATCHES);
        assertThat(quick.matchesAny(typed("Demo-Password-4"), last)).isEqualTo(DIFFERS);
        assertThat(quick.matchesAny(typed("Demo-Password-4"), List.of())).isEqualTo(DIFFERS);
    }

    @Test
    void matchesAny_ofThree_takesOnePermitForEach() {
        List<String> last = hashes("Demo-Password-1", "Demo-Password-2", "Demo-Password-3");
        long before = quick.computations();

        quick.matchesAny(typed("Demo-Password-4"), last);

        assertThat(quick.computations() - before).isEqualTo(3);
    }

    @Test
    void matchesAny_withoutAPermit_isBusy() {
        List<String> last = hashes("Demo-Password-1", "Demo-Password-2");
        Passwords none = new Passwords(4, 0, Duration.ofMillis(1), new SecureRandom());

        assertThat(none.matchesAny(typed("Demo-Password-3"), last)).isEqualTo(BUSY);
    }

    private List<String> hashes(String... passwords) {
        return Stream.of(passwords)
                .map(password -> quick.hash(typed(password)).orElseThrow())
                .toList();
    }

    private static Password typed(String text) {
        return switch (Password.typed(text)) {
            case Parsed.Valid<Password>(Password password) -> password;
            case Parsed.Invalid<Password>(List<Violation> violations) -> throw new AssertionError(violations);
        };
    }

    private static String code(Parsed<Password> parsed) {
        return switch (parsed) {
            case Parsed.Valid<Password> valid -> "valid";
            case Parsed.Invalid<Password>(List<Violation> violations) ->
                violations.getFirst().code();
        };
    }
}
