package com.medspasync.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {

    private static final int ROUNDS = 20_000;

    private static List<UnaryOperator<String>> rules() {
        return List.of(Masks::ssn, Masks::email, Masks::phone, Masks::date, Masks::addressLine);
    }

    @ParameterizedTest
    @CsvSource({"123-45-6789, ***-**-6789", "123456789, ***-**-6789", "000-00-0000, ***-**-0000"})
    void ssn_ofNineDigits_showsTheLastFour(String text, String masked) {
        assertThat(Masks.ssn(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "6789",
                "12345678",
                "1234567890",
                "123-456789",
                "12345-6789",
                "123-45-678a",
                " 123-45-6789",
                "123-45-6789\n",
                "***-**-6789",
                "१२३-४५-६७८९",
                "１２３４５６７８９"
            })
    void ssn_ofAnythingElse_isHidden(String text) {
        assertThat(Masks.ssn(text)).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({
        "john.doe@example.com, jo***@example.com",
        "John@Example.COM, Jo***@Example.COM",
        "jane@example.com, ja***@example.com",
        "ann@example.com, a***@example.com",
        "a.b@example.com, a***@example.com",
        "a+b-c@mail.example.co.uk, a+***@mail.example.co.uk",
        "anna@bücher.example, an***@bücher.example",
    })
    void email_ofThreeCharactersAndMoreBeforeTheAt_showsAtMostHalfOfThem(String text, String masked) {
        assertThat(Masks.email(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "jo@example.com",
                "j@example.com",
                "@example.com",
                "john",
                "john@",
                "john@example",
                "john@example.",
                "john@.com",
                "john@@example.com",
                "john@doe@example.com",
                "jo hn@example.com",
                "john@exam ple.com",
                "jo***@example.com",
                ".john@example.com",
                "john.@example.com",
                "jo..hn@example.com",
                "jöhn@example.com",
                "john@example.com\n",
                "123-45-6789 is john@example.com",
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00@example.com"
            })
    void email_ofTwoCharactersOrNoAddress_isHidden(String text) {
        assertThat(Masks.email(text)).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({
        "+12125551234, ***-***-1234",
        "(212) 555-1234, ***-***-1234",
        "212.555.1234, ***-***-1234",
        "+49 30 901820, ***-***-1820",
        "+3531234, ***",
        "+35312345, ***-***-2345",
        "+123456789012345, ***-***-2345",
        "+1234567890123456, ***",
        "+1 212 555 1234 ext 5, ***",
        "12a12125551234, ***",
        "***-***-1234, ***",
        "+, ***",
        "'', ***",
        "１２１２５５５１２３４, ***",
    })
    void phone_ofEightToFifteenDigits_showsTheLastFour(String text, String masked) {
        assertThat(Masks.phone(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "1984-02-29, 1984",
        "1984, ***",
        "84-02-29, ***",
        "1984-2-29, ***",
        "29.02.1984, ***",
        "1984-02-29T00:00, ***",
        "'', ***"
    })
    void date_ofACalendar_showsTheYear(String text, String masked) {
        assertThat(Masks.date(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "123 Main St, 123 *** St",
        "1 Main Street, 1 *** Street",
        "1 Martin Luther King Jr. BLVD., 1 *** BLVD.",
        "'  7b  Old   Mill  road ', 7b *** road",
        "12-34 Queens Ave, 12-34 *** Ave",
        "12 Broadway, 12 ***",
        "123 Main St Apt 4, 123 ***",
        "123 Main St NW, 123 ***",
        "123 St, 123 ***",
        "12 Park, 12 ***",
        "Linden Avenue, *** Avenue",
        "Rose Cottage, ***",
        "1234567 Main St, *** St",
        "PO Box 12, ***",
        "123, ***",
        "St, ***",
        "'', ***",
        "' ', ***",
        "12 Straße, 12 ***",
        "***, ***",
    })
    void addressLine_keepsTheHouseNumberAndTheKindOfStreet(String text, String masked) {
        assertThat(Masks.addressLine(text)).isEqualTo(masked);
    }

    @Test
    void isMasked_ofWhatEveryRuleMakes_holds() {
        for (String masked : List.of(
                Masks.ssn("123-45-6789"),
                Masks.email("john@example.com"),
                Masks.phone("+12125551234"),
                Masks.addressLine("123 Main St"),
                Masks.HIDDEN)) {
            assertThat(Masks.isMasked(masked)).as(masked).isTrue();
        }
        assertThat(Masks.isMasked("123 Main St")).isFalse();
        assertThat(Masks.isMasked("")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRule_ofAnyText_neverThrowsAndShowsNoMoreThanItSays(UnaryOperator<String> rule) {
        Random random = new Random(1984);
        for (int i = 0; i < ROUNDS; i++) {
            String text = anyText(random);
            String masked = rule.apply(text);
            // A year is the one thing that is shown without a mask.
            assertThat(masked.contains(Masks.HIDDEN) || masked.matches("[0-9]{4}"))
                    .as("%s of %s", masked, text)
                    .isTrue();
            if (!Masks.isMasked(text)) {
                assertThat(masked).isNotEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRule_ofVeryLongText_isHidden(UnaryOperator<String> rule) {
        for (String part : List.of("1", "a", "a.", "a@a.", "1 ", "1 Main St ", "-", "\uD83D", "\u0301")) {
            assertThat(rule.apply(part.repeat(300_000))).as(part).isEqualTo("***");
        }
    }

    @Test
    void ssn_ofAnyNumber_showsFourOfItsDigits() {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            String digits = "%09d".formatted(random.nextInt(1_000_000_000));
            assertThat(Masks.ssn(digits)).isEqualTo("***-**-" + digits.substring(5));
        }
    }

    @Test
    void phone_ofAnyNumber_showsAtMostHalfOfItsDigits() {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            String digits = digits(random, random.nextInt(18));
            long shown =
                    Masks.phone("+" + digits).chars().filter(Character::isDigit).count();
            assertThat(shown).isIn(0L, 4L);
            assertThat(shown * 2).isLessThanOrEqualTo(digits.length());
        }
    }

    @Test
    void email_ofAnyLocalPart_showsAtMostHalfOfItAndTwoCharacters() {
        Random random = new Random(3);
        String atoms = "abcXYZ019!#$%&'+/=?^_`{|}~-";
        for (int i = 0; i < ROUNDS; i++) {
            int length = 1 + random.nextInt(64);
            String local = random.ints(length, 0, atoms.length())
                    .mapToObj(at -> atoms.substring(at, at + 1))
                    .collect(Collectors.joining());
            String masked = Masks.email(local + "@example.com");
            if (length < 3) {
                assertThat(masked).isEqualTo("***");
            } else {
                String shown = masked.substring(0, masked.indexOf("***"));
                assertThat(local).startsWith(shown);
                assertThat(shown.length()).isEqualTo(Math.min(2, length / 2));
                assertThat(masked).isEqualTo(shown + "***@example.com");
            }
        }
    }

    @Test
    void addressLine_ofAnyStreet_neverShowsAWordOfItsName() {
        Random random = new Random(4);
        List<String> suffixes = List.of("St", "Avenue", "Rd.", "Lane", "Way");
        for (int i = 0; i < ROUNDS; i++) {
            String name = "Q" + letters(random) + " Q" + letters(random);
            String suffix = suffixes.get(random.nextInt(suffixes.size()));
            String number = Integer.toString(1 + random.nextInt(99_999));
            assertThat(Masks.addressLine(number + " " + name + " " + suffix)).isEqualTo(number + " *** " + suffix);
            assertThat(Masks.addressLine(name + " " + suffix)).isEqualTo("*** " + suffix);
            assertThat(Masks.addressLine(number + " " + name)).isEqualTo(number + " ***");
        }
    }

    /** Of every sort: empty, with surrogates that stand alone, with marks and digits of other scripts, and close to what rules look for. */
    private static String anyText(Random random) {
        String likely = "0123456789-@.+() aSt*\n\u00e9\u0301\u0967\u2028\ud83d\ude00\u3002";
        int length = random.nextInt(24);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? (char) random.nextInt(Character.MAX_VALUE + 1)
                            : likely.charAt(random.nextInt(likely.length())));
        }
        return text.toString();
    }

    private static String digits(Random random, int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String letters(Random random) {
        return random.ints(1 + random.nextInt(9), 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
