package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.Secret;
import com.medspasync.input.Parsed;
import com.medspasync.maskedcopy.MadeUp.Subject;
import com.medspasync.maskedcopy.Treatment.Invention;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MadeUpTest {

    private static final Pseudonyms PSEUDONYMS = new Pseudonyms(Secret.copyOf(new byte[Secret.LENGTH]));

    private final MadeUp madeUp = new MadeUp(PSEUDONYMS, new MadeUpNames(List.of()));

    private static Subject subject(int number) {
        UUID real = new UUID(5, number);
        UUID id = PSEUDONYMS.id(Entity.CLIENT, real);
        return new Subject(PSEUDONYMS.seed(Entity.CLIENT, real), id, id, number);
    }

    @Test
    void values_thatAreMadeUp_areTakenByThePlatform() {
        for (int i = 0; i < 500; i++) {
            Subject subject = subject(i);
            assertThat(PhoneNumber.parse(text(Invention.PHONE, subject))).isInstanceOf(Parsed.Valid.class);
            assertThat(EmailAddress.parse(text(Invention.CLIENT_EMAIL, subject)))
                    .isInstanceOf(Parsed.Valid.class);
            assertThat(PersonName.parse(text(Invention.FIRST_NAME, subject))).isInstanceOf(Parsed.Valid.class);
            assertThat(PersonName.parse(text(Invention.LAST_NAME, subject))).isInstanceOf(Parsed.Valid.class);
            JsonNode contact = madeUp.of(Invention.EMERGENCY_CONTACT, subject);
            assertThat(PhoneNumber.parse(contact.path("phone").asText())).isInstanceOf(Parsed.Valid.class);
            JsonNode address = madeUp.of(Invention.ADDRESS, subject);
            assertThat(address.path("postalCode").asText()).matches("000[0-9]{2}");
            assertThat(text(Invention.TAX_ID, subject)).matches("00-[0-9]{7}");
        }
    }

    private String text(Invention invention, Subject subject) {
        return madeUp.of(invention, subject).textValue();
    }

    @Test
    void values_ofTheSameSubject_areTheSameAgain_andOfOthersMostlyOthers() {
        MadeUp again = new MadeUp(PSEUDONYMS, new MadeUpNames(List.of()));
        Set<String> emails = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            for (Invention invention : Invention.values()) {
                assertThat(again.of(invention, subject(i))).isEqualTo(madeUp.of(invention, subject(i)));
            }
            emails.add(text(Invention.CLIENT_EMAIL, subject(i)));
        }
        assertThat(emails).hasSize(500);
    }

    @Test
    void names_thatSomebodyHas_areNotMadeUp() {
        List<String> all = MadeUpNames.all();
        assertThat(all).hasSize(600).doesNotHaveDuplicates();
        MadeUpNames rest = new MadeUpNames(all.subList(0, 299));
        SplittableRandom random = new SplittableRandom(1);
        assertThat(IntStream.range(0, 50).mapToObj(i -> PersonName.searchForm(rest.first(random))))
                .containsOnly(all.get(299));
        assertThatThrownBy(() -> new MadeUpNames(all)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void numbers_areOfNobodyAndEachGivenOutOnce() {
        UnissuedNumbers numbers = new UnissuedNumbers(42);
        Set<String> given = new HashSet<>();
        LongStream.range(0, 200_000).forEach(ordinal -> {
            String number = numbers.ssn(ordinal);
            assertThat(number.matches("9[0-9]{2}(0[1-9]|[1-4][0-9])(?!0000)[0-9]{4}"))
                    .isTrue();
            given.add(number);
        });
        assertThat(given).hasSize(200_000);
        assertThat(numbers.ssn(48_995_100)).isEqualTo(numbers.ssn(0)).isNotEqualTo(numbers.ssn(48_995_099));
    }

    @Test
    void text_isOfAboutTheLengthThatIsAskedForAndNoLongerThanAllowed() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length : new int[] {0, 1, 31, 32, 33, 500, 8_000}) {
            String text = MadeUpText.of(length, 8_000, random);
            assertThat(text.length())
                    .isBetween(Math.max(1, length - 2), length + 32)
                    .isLessThanOrEqualTo(8_000);
            assertThat(text).isEqualTo(text.strip()).endsWith(".");
        }
        assertThat(MadeUpText.of(90_000, 8_000, random)).hasSizeLessThanOrEqualTo(8_000);
    }
}
