package com.medspasync.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.contact.EmailAddress;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final EmailAddress ADA = new EmailAddress("ada.lovelace+spa@glow.example");

    private final PasswordPolicy policy = new PasswordPolicy();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "leavemealone",
                "LeaveMeAlone",
                "motherfucker",
                "gfhjkmgfhjkm",
                "Sojdlg123aljg",
                "threedaysgrace",
                "06081982h@d!",
                "89533550426.",
            })
    void violation_aPasswordOfTheList_isCommon(String password) {
        assertThat(code(password)).isEqualTo("common");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password2024!",
                "!!!!Password!!!!",
                "Sunshine-2026-07",
                "1984monkey1984",
                "leavemealone99!",
                "leave me alone",
                "leave-me-alone-7",
                "P@ssw0rd-2026",
                "Pr1nc3ss-2026!",
                "passw0rd20262027",
                "He11oKitty-2026",
                "8987-6065 093 rax",
                "NICK1234-rem 7!",
                "Sojdlg-123-aljg 7!",
            })
    void violation_aCommonWordDressedUp_isCommon(String password) {
        assertThat(code(password)).isEqualTo("common");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcabcabcabc",
                "123412341234",
                "Xk9$QzXk9$Qz",
                "zumbelzumbel7",
                "vortkamvortkamvor",
                "vortkam1vortkam1",
            })
    void violation_somethingShortRepeated_isCommon(String password) {
        assertThat(code(password)).isEqualTo("common");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaa",
                "aaabbbcccdddeeefff",
                "abcdefghijkl",
                "zyxwvutsrqpo",
                "123456789012",
                "098765432109",
                "qwertyuiop[]",
                "QWERTYasdfgh",
                "poiuytrewqlk",
                "1qaz2wsx3edc",
                "azertyuiopqs",
                "!@#$%^&*()_+",
                "abcd1234qwer",
            })
    void violation_runsAlongAlphabetDigitsOrKeys_isCommon(String password) {
        assertThat(code(password)).isEqualTo("common");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "medspasync-and-more-words",
                "MedSpa Sync forever and ever",
                "we love M3dSp@Sync so much",
                "ada.lovelace+spa owns it",
                "her name: Ada Lovelace, countess",
                "4d4l0v3l4c3 of the engine",
            })
    void violation_theUsersNameOrThePlatforms_isContext(String password) {
        assertThat(code(password)).isEqualTo("context");
    }

    @Test
    void violation_anotherUsersName_isNone() {
        assertThat(policy.violation(
                        password("her name: Ada Lovelace, countess"), new EmailAddress("grace@glow.example")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ada1815, my Ada-1815 engine", "silvia, dear s1lv1a mine", "lola, her name was 1o1a"})
    void violation_aNameWithSeparatorsOrLookalikes_isContext(String local, String password) {
        assertThat(policy.violation(password(password), new EmailAddress(local + "@glow.example"))
                        .map(Violation::code))
                .contains("context");
    }

    @ParameterizedTest
    @CsvSource({"ada, valid", "lov, valid", "love, context", "lo.ve, context", "l.o.v, valid"})
    void violation_aNameOfFourCharacters_countsAndAShorterOneDoesNot(String local, String expected) {
        Password password = password("ada, a lovely engine");

        assertThat(policy.violation(password, new EmailAddress(local + "@glow.example"))
                        .map(Violation::code)
                        .orElse("valid"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Demo-Password-1",
                "tarnished kettle orbit",
                "vJ7#qLm2!xRt",
                "love=20260731",
                "8392-haha-7710",
                "the abc of xyz is 123",
                "vortkamzumbelvortkamzumbel",
                "\u043a\u043e\u0448\u043a\u0430 \u043d\u0430 \u043a\u0440\u044b\u0448\u0435",
                "\ud83c\udf38\ud83c\udf44\ud83d\ude80\ud83c\udf0a\ud83c\udf36\ud83e\udd8a\ud83e\uddca\ud83c\udfba\ud83e\ude81\ud83e\udded\ud83c\udf19\ud83e\uddf2",
            })
    void violation_aGoodPassword_isNone(String password) {
        assertThat(code(password)).isEqualTo("valid");
    }

    /** What a password manager makes is never refused: a false alarm would teach people to write simple ones. */
    @Test
    void violation_tenThousandRandomPasswords_areNone() {
        Random random = new Random(7);
        long refused = random.ints(10_000, 0, 1)
                .mapToObj(any -> random.ints(14, '!', '~' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .filter(password -> !code(password).equals("valid"))
                .count();

        assertThat(refused).isZero();
    }

    @Test
    void violation_ofAnyKind_repeatsNothing() {
        assertThat(policy.violation(password("leavemealone"), ADA).orElseThrow())
                .isEqualTo(new Violation(
                        "", "common", "is too easy to guess: it is, or is made from, one that many people have"));
        assertThat(policy.violation(password("ada.lovelace rules"), ADA)
                        .orElseThrow()
                        .message())
                .doesNotContain("ada", "medspasync");
    }

    private String code(String password) {
        return policy.violation(password(password), ADA).map(Violation::code).orElse("valid");
    }

    private static Password password(String text) {
        return switch (Password.typed(text)) {
            case Parsed.Valid<Password>(Password password) -> password;
            case Parsed.Invalid<Password> invalid -> throw new AssertionError(invalid.violations());
        };
    }
}
