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
