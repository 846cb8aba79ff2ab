package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.CLIENT;
import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.OTHER_CLIENT;
import static com.medspasync.crypto.Examples.RADIANCE;
import static com.medspasync.crypto.Examples.SSN;
import static com.medspasync.crypto.Examples.joined;
import static com.medspasync.crypto.Examples.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class KeyHierarchyTest {

    private static final FieldCipher CIPHER = new FieldCipher(new Envelope(Examples.RANDOM));

    private final SteppingClock clock = new SteppingClock();
    private final MemoryRootKeys roots = new MemoryRootKeys();
    private final MemoryPracticeKeys stored = new MemoryPracticeKeys();
    private final KeyHierarchy hierarchy = Examples.hierarchy(roots, stored, clock);
    /** The same stores, as another instance of the platform sees them. */
    private final KeyHierarchy elsewhere = Examples.hierarchy(roots, stored, clock);

    @BeforeEach
    void practices() {
        stored.store(GLOW, hierarchy.createPracticeKey(GLOW));
        stored.store(RADIANCE, hierarchy.createPracticeKey(RADIANCE));
    }

    @Test
    void openClientKeys_onAnotherInstance_decryptsWhatTheNewKeyEncrypted() {
        NewClientKey created = hierarchy.createClientKey(GLOW, CLIENT);
        byte[] sealed = CIPHER.encrypt(created.key(), SSN, "078-05-1120");

        DataKeys keys = elsewhere.openClientKeys(GLOW, CLIENT, packed(1, created.wrapped()));

        assertThat(CIPHER.decryptText(keys, SSN, sealed)).isEqualTo("078-05-1120");
        assertThat(keys.current()).isEqualTo(created.key());
        assertThat(created.practiceKeyVersion()).isEqualTo(1);
    }

    @Test
    void openClientKeys_ofAnotherClient_fails() {
        byte[] wrapped = hierarchy.createClientKey(GLOW, CLIENT).wrapped();
        DataKeys keys = hierarchy.openClientKeys(GLOW, OTHER_CLIENT, packed(1, wrapped));
        assertThatThrownBy(keys::current)
                .isInstanceOf(TamperedCiphertext.class)
                .hasMessageContaining(OTHER_CLIENT.toString());
    }

    @Test
    void openClientKeys_ofAnotherPractice_fails() {
        byte[] wrapped = hierarchy.createClientKey(GLOW, CLIENT).wrapped();
        DataKeys keys = hierarchy.openClientKeys(RADIANCE, CLIENT, packed(1, wrapped));
        assertThatThrownBy(keys::current).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void openClientKeys_underAnotherVersion_fails() {
        byte[] wrapped = hierarchy.createClientKey(GLOW, CLIENT).wrapped();
        DataKeys keys = hierarchy.openClientKeys(GLOW, CLIENT, packed(2, wrapped));
        assertThatThrownBy(keys::current).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void openClientKeys_afterTheKeyWasDeleted_knowsNoVersion() {
        DataKeys keys = hierarchy.openClientKeys(GLOW, CLIENT, new byte[0]);
        assertThatThrownBy(keys::current).isInstanceOf(UnknownKeyVersion.class).hasMessageContaining(CLIENT.toString());
        assertThatThrownBy(() -> keys.version(1)).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void openClientKeys_inAnotherShape_areRefused() {
        byte[] entry = packed(1, hierarchy.createClientKey(GLOW, CLIENT).wrapped());
        assertThatThrownBy(() -> hierarchy.openClientKeys(GLOW, CLIENT, new byte[69]))
                .isInstanceOf(TamperedCiphertext.class);
        assertThatThrownBy(() -> hierarchy.openClientKeys(GLOW, CLIENT, joined(entry, entry)))
                .isInstanceOf(TamperedCiphertext.class);
        assertThatThrownBy(() -> hierarchy.openClientKeys(GLOW, CLIENT, new byte[70]))
                .isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void purposeKeys_ofEachPurposeAndPractice_differ() {
        assertThat(hierarchy.purposeKey(GLOW, Purpose.USER_SECRETS))
                .isEqualTo(elsewhere.purposeKey(GLOW, Purpose.USER_SECRETS))
                .isNotEqualTo(hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS))
                .isNotEqualTo(hierarchy.purposeKey(RADIANCE, Purpose.USER_SECRETS));
    }

    @Test
    void purposeKey_withAnUnacceptedVersion_staysWithTheNewestAccepted() {
        stored.store(GLOW, version(2, 1, true));
        stored.store(GLOW, version(3, 1, false));
        assertThat(hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS).version()).isEqualTo(2);
        assertThat(hierarchy.purposeKeys(GLOW, Purpose.JOB_INPUTS).version(3).version())
                .isEqualTo(3);
        assertThat(hierarchy.purposeKeys(GLOW, Purpose.JOB_INPUTS).version(1).version())
                .isEqualTo(1);
    }

    @Test
    void practiceKeys_withinTheirTimeToLive_areReadOnce() {
        for (int i = 0; i < 100; i++) {
            hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES);
        }
        assertThat(stored.loads).hasValue(1);
    }

    @Test
    void practiceKeys_withTheirStoreDown_serveUntilTheirTimeToLiveEnds() {
        DataKey key = hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES);
        stored.failure = new IllegalStateException("the store is down");
        clock.advance(Duration.ofSeconds(599));
        assertThat(hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES)).isEqualTo(key);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES))
                .hasMessage("the store is down");
        stored.failure = null;
        assertThat(hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES)).isEqualTo(key);
    }

    @Test
    void practiceKeys_withAVersionMadeElsewhere_areLookedForOnceASecond() {
        DataKeys keys = hierarchy.purposeKeys(GLOW, Purpose.JOB_INPUTS);
        assertThat(keys.version(1).version()).isEqualTo(1);
        stored.store(GLOW, version(2, 1, true));

        assertThat(keys.version(2).version()).isEqualTo(2);
        assertThat(stored.loads).hasValue(2);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> keys.version(77)).isInstanceOf(UnknownKeyVersion.class);
        }
        assertThat(stored.loads).hasValue(2);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> keys.version(77))
                .isInstanceOf(UnknownKeyVersion.class)
                .hasMessageContaining("77");
        assertThat(stored.loads).hasValue(3);
    }

    @RepeatedTest(50)
    void practiceKeys_ofAPracticeWithoutAny_areFoundAsSoonAsTheyExist() {
        stored.rows.remove(RADIANCE);
        assertThatThrownBy(() -> hierarchy.purposeKey(RADIANCE, Purpose.JOB_INPUTS))
                .isInstanceOf(UnknownKeyVersion.class);
        stored.store(RADIANCE, hierarchy.createPracticeKey(RADIANCE));
        assertThat(hierarchy.purposeKey(RADIANCE, Purpose.JOB_INPUTS).version()).isEqualTo(1);
    }

    @Test
    void practiceKeys_movedFromAnotherPractice_doNotOpen() {
        stored.rows.put(GLOW, stored.rows.get(RADIANCE));
        assertThatThrownBy(() -> hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS)).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void practiceKeys_withOneVersionWhoseRootIsGone_stillGiveTheOthers() {
        roots.add(2);
        stored.store(GLOW, version(2, 2, true));
        roots.versions.remove(1);
        assertThat(hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS).version()).isEqualTo(2);
        assertThatThrownBy(() -> hierarchy.purposeKeys(GLOW, Purpose.JOB_INPUTS).version(1))
                .isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void refresh_afterAVersionWasRetired_movesToTheNewOne() {
        hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS);
        stored.store(GLOW, version(2, 1, true));
        assertThat(hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS).version()).isEqualTo(1);
        hierarchy.refresh(GLOW);
        assertThat(hierarchy.purposeKey(GLOW, Purpose.JOB_INPUTS).version()).isEqualTo(2);
    }

    @Test
    void indexKeys_ofEachTableColumnPracticeAndVersion_differ() {
        stored.store(GLOW, version(2, 1, true));
        List<IndexKey> ssn = hierarchy.indexKeys(GLOW, "clients", "ssn");
        assertThat(ssn).isEqualTo(elsewhere.indexKeys(GLOW, "clients", "ssn"));
        assertThat(ssn.getLast().secret())
                .isNotEqualTo(ssn.getFirst().secret())
                .isNotEqualTo(indexSecret(GLOW, "clients", "dob_name"))
                .isNotEqualTo(indexSecret(GLOW, "staff", "ssn"))
                .isNotEqualTo(indexSecret(RADIANCE, "clients", "ssn"));
    }

    @Test
    void indexKeys_ofVersionsInService_ascendWithTheBitsOfEach() {
        stored.store(GLOW, version(3, 1, false, true, 11));
        stored.rows.computeIfPresent(GLOW, (practice, rows) -> rows.reversed());
        stored.store(GLOW, version(2, 1, true, false, 10));
        assertThat(hierarchy.indexKeys(GLOW, "clients", "ssn"))
                .extracting(IndexKey::version, IndexKey::bits)
                .containsExactly(tuple(1, 9), tuple(3, 11));
    }

    @Test
    void indexKeys_withOneInServiceThatCannotBeOpened_areRefused() {
        roots.add(2);
        stored.store(GLOW, version(2, 2, true));
        roots.versions.remove(2);
        assertThatThrownBy(() -> hierarchy.indexKeys(GLOW, "clients", "ssn"))
                .isInstanceOf(UnknownKeyVersion.class)
                .hasMessageContaining(GLOW.toString());
    }

    @Test
    void indexKeys_withNoneInService_areRefused() {
        stored.rows.put(GLOW, List.of(version(1, 1, true, false, 9)));
        assertThatThrownBy(() -> hierarchy.indexKeys(GLOW, "clients", "ssn")).isInstanceOf(UnknownKeyVersion.class);
    }

    private Secret indexSecret(PracticeId practice, String table, String column) {
        return hierarchy.indexKeys(practice, table, column).getLast().secret();
    }

    @Test
    void platformKeys_afterTheRootWasRotated_openTheOldAndSealUnderTheNew() {
        DataKeys keys = hierarchy.platformKeys(PlatformPurpose.SIGNING_KEYS);
        DataKey old = keys.current();
        roots.add(2);
        assertThat(keys.version(1)).isEqualTo(old);
        assertThat(keys.current().version()).isEqualTo(2);
    }

    /** What a rotation will store: the next version of the practice's key under some version of the root. */
    private WrappedPracticeKey version(int version, int rootVersion, boolean accepted) {
        return version(version, rootVersion, accepted, true, 9);
    }

    private WrappedPracticeKey version(int version, int rootVersion, boolean accepted, boolean indexed, int indexBits) {
        DataKey kek =
                new DataKey(rootVersion, Hkdf.derive(roots.version(rootVersion).secret(), "kek"));
        SealContext place = new EntryContext(GLOW, "practice_keys", "wrapped", Integer.toString(version));
        byte[] wrapped = new Envelope(Examples.RANDOM).wrap(kek, place, Secret.random(Examples.RANDOM));
        return new WrappedPracticeKey(version, rootVersion, wrapped, accepted, indexed, indexBits);
    }
}
