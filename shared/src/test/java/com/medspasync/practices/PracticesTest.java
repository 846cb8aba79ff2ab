package com.medspasync.practices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Platform;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PracticesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));
    private static final Origin ORIGIN = new Origin("203.0.113.1", "curl/8", UUID.randomUUID());

    private final Practices practices = new Practices(PLATFORM.database(), PLATFORM.keys(), PLATFORM.cipher());

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void create_practice_isStoredWithItsKeyAndEncryptedNumbersInOneRoundTrip() {
        PLATFORM.practice("warm");
        for (int i = 0; i < 12; i++) {
            PracticeId glow = new PracticeId(UUID.randomUUID());
            assertThat(WIRE.during(() -> practices.create(newPractice(glow), ORIGIN))
                            .count())
                    .isEqualTo(1);
            String[] row = PLATFORM.rows("""
                    select p.name, p.time_zone, k.version, k.accepted, p.tax_id, p.license_number
                    from practices p join practice_keys k on k.practice_id = p.id
                    where p.id = ?""", glow.value()).get(0).split("\\|");
            assertThat(row).startsWith("glow", "America/New_York", "1", "t");
            assertThat(opened(glow, "tax_id", row[4])).isEqualTo("12-3456789");
            assertThat(opened(glow, "license_number", row[5])).isEqualTo("NY-0042");
            assertThat(PLATFORM.rows(
                            "select action, table_name, ip_address from audit_logs where record_id = ?", glow.value()))
                    .containsExactly("CREATE|practices|203.0.113.1");
        }
    }

    @Test
    void create_sameIdAgain_isRefused() {
        PracticeId glow = new PracticeId(UUID.randomUUID());
        practices.create(newPractice(glow), ORIGIN);
        assertThatThrownBy(() -> practices.create(newPractice(glow), ORIGIN))
                .isInstanceOfSatisfying(
                        ConstraintViolated.class,
                        e -> assertThat(e.constraint()).isEqualTo("practices_pkey"));
    }

    @Test
    void load_practice_givesItsOwnKeysOnly() {
        PracticeKeyStore store = new PracticeKeyStore(PLATFORM.database(), UUID::randomUUID);
        PracticeId glow = PLATFORM.practice("glow");
        PracticeId radiance = PLATFORM.practice("radiance");
        assertThat(store.load(glow))
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .extracting(
                                WrappedPracticeKey::version,
                                WrappedPracticeKey::rootVersion,
                                WrappedPracticeKey::accepted)
                        .containsExactly(1, 1, true));
        assertThat(store.load(glow).get(0).wrapped())
                .isNotEqualTo(store.load(radiance).get(0).wrapped());
        assertThat(store.load(new PracticeId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void purposeKey_ofAKeyMovedToAnotherPractice_isRefused() {
        PracticeId glow = PLATFORM.practice("glow");
        PracticeId radiance = PLATFORM.practice("radiance");
        PLATFORM.execute(
                "update practice_keys set wrapped = (select wrapped from practice_keys where practice_id = '%s') where practice_id = '%s'"
                        .formatted(glow, radiance));
        assertThatThrownBy(() -> PLATFORM.keys().purposeKey(radiance, Purpose.CACHE_VALUES))
                .isInstanceOf(UnknownKeyVersion.class);
    }

    private static NewPractice newPractice(PracticeId id) {
        return new NewPractice(id, "glow", null, null, null, ZoneId.of("America/New_York"), "12-3456789", "NY-0042");
    }

    private static String opened(PracticeId practice, String column, String bytea) {
        return PLATFORM.cipher()
                .decryptText(
                        PLATFORM.keys().purposeKeys(practice, Purpose.PRACTICE_FIELDS),
                        new FieldContext(practice, "practices", column, practice.value()),
                        HexFormat.of().parseHex(bytea.substring(2)));
    }
}
