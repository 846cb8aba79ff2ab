package com.medspasync.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.input.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Smith          | smith
                    O’Brien-Müller | obrien muller
                    O'BRIEN–MÜLLER | obrien muller
                    van der  Berg  | van der berg
                    St. John, Jr.  | st john jr
                    Strauß         | strauss
                    STRAUSS        | strauss
                    Łukasz         | lukasz
                    Søren          | soren
                    Nguyễn         | nguyen
                    Ｓｍｉｔｈ     | smith
                    Παπαδόπουλος   | παπαδοπουλοσ
                    王             | 王
                    İpek           | ipek
                    """)
    void searchForm_ofSpellingsUsedAlike_isOneForm(String name, String form) {
        assertThat(new PersonName(name).searchForm()).isEqualTo(form);
    }

    @Test
    void searchForm_ofNothingButPunctuation_isThePunctuation() {
        assertThat(new PersonName("-'").searchForm()).isEqualTo("-'");
    }

    @Test
    void searchForm_decomposedAndComposed_areEqual() {
        assertThat(new PersonName("Zoe\u0308").searchForm()).isEqualTo(new PersonName("Zo\u00eb").searchForm());
    }

    @ParameterizedTest
    @CsvSource({"Smith, Smyth", "Catherine, Kathryn", "Meyer, Meier", "Stephen, Steven", "O'Brien, Obrian"})
    void soundForms_ofASpellingThatSoundsAlike_containTheStoredOne(String stored, String typed) {
        assertThat(PersonName.soundForms(typed)).contains(new PersonName(stored).soundForm());
    }

    @Test
    void soundForm_ofSeveralWords_soundsWordByWord() {
        assertThat(new PersonName("O’Brien-Müller").soundForm()).isEqualTo("APRN MLR");
        assertThat(PersonName.soundForms("obrian mueller")).contains("APRN MLR");
    }

    @Test
    void soundForm_ofAnotherScript_isEmpty() {
        assertThat(new PersonName("王").soundForm()).isEmpty();
        assertThat(PersonName.soundForms("王")).isEmpty();
    }

    @Test
    void soundForm_ofNamesThatDifferLate_differs() {
        assertThat(new PersonName("Montgomery").soundForm()).isNotEqualTo(new PersonName("Montgrave").soundForm());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Jane ", " Jane", "Ja\nne", "Ja\u0000ne", "Ja\u2028ne", "\u200b"})
    void parse_withoutVisibleOrWithControlCharacters_isRefused(String text) {
        assertThat(PersonName.parse(text)).isEqualTo(Parsed.invalid("format", "must be 1 to 100 visible characters"));
        assertThatThrownBy(() -> new PersonName(text)).hasMessage("not a person's name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jane\u202Eeod",
                "Jane\u2066",
                "\uFEFFJane",
                "Ja\u00ADne",
                "Ja\u200Bne",
                "Ja\u2060ne",
                "Jane\u061C",
                "\u3164",
                "Jane\u3164",
                "Jane\uFFA0",
                "Ja\u034Fne",
                "Ja\u180Ene",
                "Jane\uFE0F",
                "Jane\uDB40\uDC41",
                "Jane\uDB40\uDDEF",
                "Jane\uD834\uDD73",
                "Ja\u0600ne"
            })
    void parse_ofCharactersThatDoNotShow_isRefused(String text) {
        assertThat(PersonName.parse(text))
                .isEqualTo(Parsed.invalid("hidden-character", "must not contain characters that do not show"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200DJane",
                "Jane\u200D",
                "Jane\u200C",
                "Ja \u200Dne",
                "Ja\u200D ne",
                "Ja\u200C\u200Cne",
                "Jose\u0301\u200D",
                "1\u200D2"
            })
    void parse_ofAJoinerThatJoinsNoLetters_isRefused(String text) {
        assertThat(PersonName.parse(text))
                .isEqualTo(Parsed.invalid("hidden-character", "must not contain characters that do not show"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0301", "\u0301\u0302\u0303", "7", "-'", "\u2800", "\uD83D\uDC86"})
    void parse_withoutALetter_isRefused(String text) {
        assertThat(PersonName.parse(text)).isEqualTo(Parsed.invalid("format", "must have a letter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O’Brien-Müller", "Nguyễn", "X Æ A-12", "van der Berg", "St. John, Jr.", "ʻAkahi", "N!xau",
                        "Mary (Molly)", "王小明", "山田太郎", "김민준",
                "สมชาย", "กิตติ์", "محمد", "عَبْدُ الرَّحْمٰن", "יִצְחָק", "Ольга", "Παπαδόπουλος", "ქეთევანი", "शर्मा",
                        "Iñigo", "e\u0323\u0301"
            })
    void parse_ofRealNames_takesThem(String text) {
        assertThat(PersonName.parse(text)).isEqualTo(Parsed.valid(new PersonName(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "लक्\u200Dष्मी",
                "श्\u200Dयाम",
                "علی\u200Cرضا",
                "ക്രിഷ്ണന\u0D4D\u200D",
                "ශ්\u200Dරී",
                "രാജ\u0D4D\u200C കുമാര\u0D4D\u200D"
            })
    void parse_ofJoinersThatShapeLetters_takesThem(String text) {
        assertThat(PersonName.parse(text)).isEqualTo(Parsed.valid(new PersonName(text)));
    }

    @Test
    void name_storedBeforeParseRefusedIt_isStillRead() {
        assertThat(new PersonName("Ja\u00ADne").searchForm()).isEqualTo("jane");
    }

    @Test
    void parse_atAndPastTheLimit_countsCodePoints() {
        assertThat(PersonName.parse("𝒥".repeat(100))).isInstanceOf(Parsed.Valid.class);
        assertThat(PersonName.parse("𝒥".repeat(101))).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void toString_ofAName_hidesIt() {
        assertThat(new PersonName("Jane")).hasToString("PersonName[hidden]");
    }
}
