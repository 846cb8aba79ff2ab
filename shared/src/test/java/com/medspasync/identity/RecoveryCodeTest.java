package com.medspasync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodeTest {

    private static final PracticeId PRACTICE = new PracticeId(new UUID(1, 2));
    private static final UUID USER = new UUID(3, 4);
    private static final String SHOWN = "7XK2-9QMP-04TV-1B3N";

    private final SecureRandom random = new SecureRandom();

    @Test
    void ten_codes_areShownInGroupsAndDiffer() {
        List<RecoveryCode> codes = RecoveryCode.ten(random);

        assertThat(codes)
                .hasSize(10)
                .extracting(RecoveryCode::reveal)
                .doesNotHaveDuplicates()
                .allSatisfy(shown -> assertThat(shown).matches("(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"));
    }

    /** Of 16,000 characters each of the 32 is expected 500 times, give or take 22. */
    @Test
    void ten_aHundredTimes_useEveryCharacterAlike() {
        var counts = Stream.generate(() -> RecoveryCode.ten(random))
                .limit(100)
                .flatMap(List::stream)
                .flatMapToInt(code -> code.reveal().replace("-", "").chars())
                .boxed()
                .collect(Collectors.groupingBy(character -> character, Collectors.counting()));

        assertThat(counts)
                .hasSize(32)
                .allSatisfy((character, count) -> assertThat(count).isBetween(350L, 650L));
    }

    @Test
    void parse_whatWasShown_isTheSameCode() {
        RecoveryCode code = RecoveryCode.ten(random).getFirst();

        assertThat(hash(code.reveal())).isEqualTo(code.hash(PRACTICE, USER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7XK29QMP04TV1B3N",
                "7xk2-9qmp-04tv-1b3n",
                " 7XK2 9QMP 04TV 1B3N ",
                "7XK2-9QMP-O4TV-IB3N",
                "7xk2-9qmp-o4tv-lb3n",
                "7XK2 - 9QMP - 04TV - 1B3N"
            })
    void parse_caseSpacesDashesAndLookalikes_countForNothing(String typed) {
        assertThat(hash(typed)).isEqualTo(hash(SHOWN));
        assertThat(parsed(typed).reveal()).isEqualTo(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7XK2-9QMP-04TV-1B3",
                "7XK2-9QMP-04TV-1B3N5",
                "7XK2-9QMP-04TV-1B3U",
                "7XK2-9QMP-04TV-1B3\u0131",
                "7XK2-9QMP-04TV-1B3\u017f",
                "7XK2_9QMP_04TV_1B3N",
                "7XK2-9QMP-04TV-1B3N--------------------------"
            })
    void parse_anythingElse_isRefused(String typed) {
        assertThat(RecoveryCode.parse(typed)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void hash_ofAnotherPracticeUserOrCode_differs() {
        RecoveryCode code = parsed(SHOWN);

        assertThat(code.hash(PRACTICE, USER))
                .hasSize(32)
                .isNotEqualTo(code.hash(new PracticeId(new UUID(1, 3)), USER))
                .isNotEqualTo(code.hash(PRACTICE, new UUID(3, 5)))
                .isNotEqualTo(hash("7XK2-9QMP-04TV-1B3P"));
    }

    /** Stored hashes outlive releases. */
    @Test
    void hash_isSha256_overLabelPracticeUserAndCode() throws Exception {
        byte[] owner = ByteBuffer.allocate(32)
                .putLong(1)
                .putLong(2)
                .putLong(3)
                .putLong(4)
                .array();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update("medspasync recovery code v1".getBytes(StandardCharsets.US_ASCII));
        sha256.update(owner);

        assertThat(hash(SHOWN)).isEqualTo(sha256.digest("7XK29QMP04TV1B3N".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void toString_ofACode_hidesIt() {
        assertThat(parsed(SHOWN).toString()).isEqualTo("RecoveryCode[hidden]");
    }

    private static byte[] hash(String typed) {
        return parsed(typed).hash(PRACTICE, USER);
    }

    private static RecoveryCode parsed(String typed) {
        return switch (RecoveryCode.parse(typed)) {
            case Parsed.Valid<RecoveryCode>(RecoveryCode code) -> code;
            case Parsed.Invalid<RecoveryCode> invalid -> throw new AssertionError(invalid.violations());
        };
    }
}
