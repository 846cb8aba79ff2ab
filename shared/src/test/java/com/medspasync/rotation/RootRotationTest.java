package com.medspasync.rotation;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.rotation.Rotation.Status;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeyRenewal;
import com.medspasync.token.SigningKeys;
import com.medspasync.token.TokenSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RootRotationTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void root_rotated_leavesNothingUnderTheOldVersion() {
        var jane = created(scene.platform.clients().create(scene.admin, Examples.jane()));
        var before = found(scene.platform.clients().findById(scene.admin, jane.id()));
        makeASigningKey();
        String signing = signingKey();

        Rotation done = scene.run(Kind.ROOT, null);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.fromVersion()).isEqualTo(1);
        assertThat(done.toVersion()).isEqualTo(2);
        assertThat(done.done()).isEqualTo(2);
        assertThat(scene.rows(
                        "select distinct root_version from practice_keys union select root_version from signing_keys"))
                .containsExactly("2");
        assertThatThrownBy(() -> scene.platform.roots().version(1)).isInstanceOf(UnknownKeyVersion.class);
        Platform fresh = scene.anotherProcess();
        assertThatThrownBy(() -> fresh.roots().version(1)).isInstanceOf(UnknownKeyVersion.class);
        assertThat(found(fresh.clients().findById(scene.admin, jane.id()))).isEqualTo(before);
        assertThat(signingKey()).isEqualTo(signing);
    }

    @Test
    void createPractice_rootRetiredMeanwhile_isWrappedUnderTheNewVersion() {
        Platform late = scene.anotherProcess();
        late.roots().current();
        scene.run(Kind.ROOT, null);
        var practice = late.practice("radiance");
        assertThat(scene.rows("select root_version from practice_keys where practice_id = ?", practice.value()))
                .containsExactly("2");
    }

    @Test
    void root_rotatedTwice_isAtVersionThree() {
        scene.run(Kind.ROOT, null);
        Rotation second = scene.run(Kind.ROOT, null);
        assertThat(second.status()).isEqualTo(Status.COMPLETED);
        assertThat(second.toVersion()).isEqualTo(3);
        assertThat(scene.rows("select root_version from practice_keys")).containsOnly("3");
        assertThat(scene.platform.roots().versions()).containsExactly(3);
    }

    @Test
    void root_practiceKeyThatDoesNotOpen_stopsAndIsResumed() {
        String good =
                scene.rows("select encode(wrapped, 'hex') from practice_keys").getFirst();
        scene.platform.execute("update practice_keys set wrapped = set_byte(wrapped, 40, get_byte(wrapped, 40) # 1)");
        Rotation stopped = scene.run(Kind.ROOT, null);
        assertThat(stopped.status()).isEqualTo(Status.FAILED);
        assertThat(stopped.error()).contains("practice_keys").contains(scene.practice.toString());
        assertThat(scene.platform.roots().versions()).contains(1, 2);

        scene.platform.execute("update practice_keys set wrapped = '\\x%s'".formatted(good));
        scene.rotations.resume(Scene.OPERATOR, stopped.id());
        scene.worker.work();
        assertThat(scene.find(stopped).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows("select root_version from practice_keys")).containsExactly("2");
    }

    private void makeASigningKey() {
        PracticeDatabase owner = scene.database.open(EmbeddedDatabase.OWNER);
        new SigningKeyRenewal(owner, sealed(owner), Clock.systemUTC()).run();
    }

    /** The key that a process signs with that has just started. */
    private String signingKey() {
        PracticeDatabase app = scene.database.open(DatabaseRole.APP.roleName());
        return new SigningKeys(app, sealed(app), TokenSettings.of("https://i.example", "api"), Clock.systemUTC())
                .current()
                .toString();
    }

    private SealedSigningKeys sealed(PracticeDatabase database) {
        SecureRandom random = new SecureRandom();
        Envelope envelope = new Envelope(random);
        KeyHierarchy keys = new KeyHierarchy(
                scene.anotherProcess().roots(),
                new PracticeKeyStore(database, UUID::randomUUID),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
        return new SealedSigningKeys(envelope, keys.platformKeys(PlatformPurpose.SIGNING_KEYS));
    }
}
