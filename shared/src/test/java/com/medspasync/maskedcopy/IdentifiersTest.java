package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.crypto.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing in a copy is one of the identifiers of 45 CFR 164.514(b)(2)(i) that stand in the practice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentifiersTest {

    private CopyScene scene;
    private MaskedCopy copy;
    private Map<String, String> files;

    @BeforeAll
    void copy() {
        scene = new CopyScene();
        SourcePractice source = SourcePractice.on(scene.platform, 1);
        MaskedCopy started = scene.start(source.id);
        byte[] secret = new byte[Secret.LENGTH];
        Arrays.fill(secret, (byte) 7);
        scene.seal(started, secret);
        scene.work(CopyScene.SMALL);
        copy = scene.find(started);
        files = scene.files(started);
    }

    @AfterAll
    void close() {
        scene.close();
    }

    @Test
    void copy_ofTheSource_hasAllOfItsRows() {
        assertThat(copy.status()).isEqualTo(MaskedCopy.Status.COMPLETED);
        assertThat(copy.files().stream().map(file -> file.name() + " " + file.rows()))
                .containsExactly(
                        "practices.ndjson 1",
                        "users.ndjson 1",
                        "clients.ndjson 3",
                        "services.ndjson 1",
                        "staff.ndjson 1",
                        "appointments.ndjson 3");
    }

    @ParameterizedTest
    @EnumSource(Identifier.class)
    void copy_ofTheSource_hasNoneOfItsIdentifiers(Identifier identifier) {
        assertThat(new Leaks(files.values()).find(identifier.examples())).isEmpty();
    }

    /** Else the test above could search for what never was there. */
    @ParameterizedTest
    @EnumSource(Identifier.class)
    void source_hasEachOfTheIdentifiers_andTheSearchWouldFindIt(Identifier identifier) {
        for (String value : identifier.examples()) {
            String spelled = value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? "on " + value.substring(5, 7).replaceFirst("^0", "") + "/"
                            + value.substring(8).replaceFirst("^0", "") + "/" + value.substring(0, 4) + "."
                    : "{\"x\": \"(" + value + ")\"}";
            assertThat(new Leaks(List.of("something else", spelled)).find(List.of(value)))
                    .containsExactly(value);
        }
    }

    @Test
    void search_ofTheTextsOfTheSource_findsWhatIsWrittenInThem() {
        Leaks source = new Leaks(List.of(SourcePractice.EVERYTHING));
        for (Identifier identifier : Identifier.values()) {
            if (identifier != Identifier.R_OTHER_CODES) {
                assertThat(source.find(identifier.examples()))
                        .as(identifier.name())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void copy_ofTheSource_hasNoCiphertextOrDigest() {
        // What is encrypted begins with the magic byte, the suite and the key's version: in hexadecimal and in base64.
        assertThat(new Leaks(files.values()).find(List.of("4d0100000001", "TQEAAAAB", "$2a$", "\\\\x")))
                .isEmpty();
        assertThat(String.join("", files.values()))
                .doesNotContain(
                        "_search",
                        "_phonetic",
                        "_index",
                        "password",
                        "mfa_",
                        "locked_until",
                        "login_attempts",
                        "wrapped");
    }
}
