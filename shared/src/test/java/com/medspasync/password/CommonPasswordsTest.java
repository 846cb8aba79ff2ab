package com.medspasync.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommonPasswordsTest {

    @Test
    void load_theResource_isWholeSortedAndWithoutRepetition() throws IOException {
        byte[] entries = resource(CommonPasswords.RESOURCE);

        assertThat(entries).hasSize(81_678 * CommonPasswords.ENTRY);
        assertThat(CommonPasswords.load().size()).isEqualTo(81_678);
        assertThat(IntStream.range(1, 81_678))
                .allMatch(index -> Arrays.compareUnsigned(
                                entries,
                                (index - 1) * CommonPasswords.ENTRY,
                                index * CommonPasswords.ENTRY,
                                entries,
                                index * CommonPasswords.ENTRY,
                                (index + 1) * CommonPasswords.ENTRY)
                        < 0);
    }

    @Test
    void resource_comesWith_itsLicence() throws IOException {
        assertThat(new String(resource("common-passwords.LICENSE.txt"), StandardCharsets.UTF_8))
                .contains("SecLists", "MIT License", "Copyright (c)");
    }

    @Test
    void contains_firstLastAndMiddleOfALongList_findsThemAndNothingElse(@TempDir Path directory) throws IOException {
        Random random = new Random(1);
        List<String> passwords = IntStream.range(0, 1_001)
                .mapToObj(i -> "password-%05d-%08x".formatted(i, random.nextInt()))
                .toList();
        CommonPasswords common = CommonPasswords.of(written(directory, passwords));

        assertThat(passwords).allMatch(common::contains);
        assertThat(passwords).noneMatch(password -> common.contains(password + "x"));
    }

    @Test
    void file_ofAList_keepsLongOnesAndWhatTheMostCommonAreMadeOf(@TempDir Path directory) throws IOException {
        CommonPasswords common = CommonPasswords.of(written(
                directory, List.of("Monkey1", "love", "123456789012", "Zumbel", "vortkamzumbel77", "short-one-1")));

        assertThat(List.of("monkey", "zumbel", "123456789012", "vortkamzumbel77", "vortkamzumbel", "short-one"))
                .allMatch(common::contains);
        assertThat(List.of("monkey1", "Monkey1", "love", "short-one-1")).noneMatch(common::contains);
        assertThat(common.size()).isEqualTo(6);
    }

    @Test
    void file_beyondTheMostCommon_leavesShortOnesAway(@TempDir Path directory) throws IOException {
        List<String> passwords =
                IntStream.range(0, 20_002).mapToObj(i -> "word" + letters(i)).toList();
        CommonPasswords common = CommonPasswords.of(written(directory, passwords));

        assertThat(common.contains(passwords.get(19_999))).isTrue();
        assertThat(common.contains(passwords.get(20_000))).isFalse();
    }

    @Test
    void file_ofTheSameLists_isTheSameInAnyOrder(@TempDir Path directory) throws IOException {
        assertThat(written(directory, List.of("zumbelvortkam", "vortkamzumbel")))
                .isEqualTo(written(directory, List.of("vortkamzumbel", "zumbelvortkam")));
    }

    @Test
    void of_aListThatIsCutShort_isRefused() {
        assertThatThrownBy(() -> CommonPasswords.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CommonPasswords.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static String letters(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(digit -> Character.toString(digit - '0' + 'a'))
                .reduce("", String::concat);
    }

    private static byte[] written(Path directory, List<String> passwords) throws IOException {
        Path list = Files.write(directory.resolve("list.txt"), passwords);
        Path file = directory.resolve("list.bin");
        CommonPasswordsFile.main(new String[] {file.toString(), list.toString()});
        return Files.readAllBytes(file);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CommonPasswords.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
