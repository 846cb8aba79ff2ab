package com.medspasync.shredding;

import static com.medspasync.clients.Outcomes.created;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.input.Faults;
import com.medspasync.repository.Lookup;
import com.medspasync.shredding.Shredding.Status;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CertificationTest {

    private final ShreddingScene scene = new ShreddingScene();
    private final Clients clients = scene.platform.clients();

    @AfterEach
    void close() {
        scene.close();
    }

    private void letKeyBackupsExpire() {
        scene.platform.execute(
                "update key_shreddings set destroyed_at = destroyed_at - interval '36 days', certifiable_at = certifiable_at - interval '36 days'");
    }

    @Test
    void run_beforeKeyBackupsHaveExpired_certifiesNothing() {
        Shredding done = scene.shred(
                created(clients.create(scene.admin, Examples.jane())).id());
        assertThat(done.certifiableAt())
                .isEqualTo(Objects.requireNonNull(done.destroyedAt()).plus(ShreddingScene.KEY_BACKUPS));
        assertThat(scene.certification.run()).isZero();
        assertThat(Certificate.of(scene.find(done))).isEmpty();
    }

    @Test
    void run_afterKeyBackupsHaveExpired_certifiesOnce() {
        UUID client = created(clients.create(scene.admin, Examples.jane())).id();
        Shredding done = scene.shred(client);
        letKeyBackupsExpire();
        assertThat(scene.certification.run()).isEqualTo(1);
        assertThat(scene.certification.run()).isZero();

        Certificate certificate = Certificate.of(scene.find(done)).orElseThrow();
        assertThat(certificate.certifiedAt()).isAfter(certificate.keyBackupsExpiredAt());
        assertThat(certificate.statement())
                .startsWith("The encryption keys of client " + client + " of practice " + scene.practice
                        + " were destroyed on " + certificate.destroyedAt() + ".");
    }

    @Test
    void run_withKeysThatWereRestored_destroysThemAgainAndCountsAnew() {
        UUID client = created(clients.create(scene.admin, Examples.jane())).id();
        scene.platform.execute("create table key_backup as select * from client_keys");
        Shredding done = scene.shred(client);
        letKeyBackupsExpire();
        scene.certification.run();
        scene.platform.execute("insert into client_keys select * from key_backup");

        assertThat(scene.certification.run()).isZero();
        assertThat(scene.find(done).status()).isEqualTo(Status.PENDING);
        assertThat(Certificate.of(scene.find(done))).isEmpty();
        scene.queue.work(scene.runner);

        assertThat(scene.rows("select client_id from client_keys")).isEmpty();
        assertThat(clients.findById(scene.admin, client)).isInstanceOf(Lookup.Shredded.class);
        Shredding again = scene.find(done);
        assertThat(again.status()).isEqualTo(Status.COMPLETED);
        assertThat(again.clientKeys()).isEqualTo(2);
        assertThat(again.certifiableAt()).isAfter(done.destroyedAt());
        assertThat(scene.certification.run()).isZero();
        assertThat(Certificate.of(scene.find(done))).isEmpty();
    }

    @Test
    void read_ofABody_findsEveryFault() {
        assertThat(Faults.of(
                        ShreddingRequest::read,
                        "{\"kind\": \"PRACTICE\", \"practiceId\": \"1-1-1-1-1\", \"clientId\": 7}"))
                .containsExactlyInAnyOrder(
                        "/practiceId format", "/clientId format", "/clientId conflict", "/reason required");
        assertThat(Faults.of(ShreddingRequest::read, "{\"kind\": \"CLIENT\", \"reason\": \" \", \"more\": 1}"))
                .containsExactlyInAnyOrder(
                        "/practiceId required", "/clientId required", "/reason blank", "/more unknown");
        assertThat(Faults.of(ShreddingRequest::read, "{\"kind\": \"ROOT\", \"reason\": \"r\"}"))
                .containsExactlyInAnyOrder("/kind choice", "/practiceId required");
        assertThat(Faults.of(Confirmation::read, "{\"yes\": true}"))
                .containsExactlyInAnyOrder("/practiceId required", "/yes unknown");
    }
}
