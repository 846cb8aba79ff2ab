package com.medspasync.shredding;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Lookup;
import com.medspasync.shredding.Shredding.Kind;
import com.medspasync.shredding.Shredding.Status;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PracticeShreddingTest {

    private final ShreddingScene scene = new ShreddingScene();
    private final Clients here = scene.platform.clients();
    private final Clients there = scene.other.clients();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void practice_askedForOnce_waitsAndMayBeCalledOff() {
        UUID client = created(here.create(scene.admin, Examples.jane())).id();
        Shredding asked = scene.ask(Kind.PRACTICE, null);
        assertThat(asked.status()).isEqualTo(Status.WAITING);
        assertThat(asked.confirmableAt()).isAfter(asked.createdAt().plusSeconds(6 * 86_400));

        assertThat(scene.confirm(asked).status()).as("too early").isEqualTo(Status.WAITING);
        scene.queue.work(scene.runner);
        scene.runner.run(asked.id());
        found(there.findById(scene.admin, client));

        assertThat(scene.shreddings.cancel(ShreddingScene.OPERATOR, asked.id()))
                .get()
                .returns(Status.CANCELLED, Shredding::status);
        assertThat(scene.confirm(asked).status()).isEqualTo(Status.CANCELLED);
        scene.runner.run(asked.id());
        found(there.findById(scene.admin, client));
        assertThat(scene.ask(Kind.PRACTICE, null).id()).isNotEqualTo(asked.id());
    }

    @Test
    void practice_confirmedUnderAnotherName_waitsOn() {
        Shredding asked = scene.askAndWait();
        assertThat(scene.shreddings.confirm(ShreddingScene.OPERATOR, asked.id(), new Confirmation(UUID.randomUUID())))
                .get()
                .returns(Status.WAITING, Shredding::status);
    }

    @Test
    void practice_withoutTheSecondStep_isKeptByTheDatabaseItself() {
        Shredding asked = scene.ask(Kind.PRACTICE, null);
        assertThatThrownBy(() -> scene.platform.execute(
                        "update key_shreddings set status = 'PENDING' where id = '" + asked.id() + "'"))
                .hasStackTraceContaining("violates check constraint");
    }

    @Test
    void practice_confirmed_isUnreadableAtOnceForEveryProcess() {
        UUID client = created(here.create(scene.admin, Examples.jane())).id();
        found(there.findById(scene.admin, client));
        PracticeId spared = scene.platform.practice("spared");
        Caller spareAdmin = Examples.admin(spared);
        UUID other = created(here.create(spareAdmin, Examples.jane())).id();

        Shredding asked = scene.askAndWait();
        assertThat(scene.confirm(asked).status()).isEqualTo(Status.PENDING);
        scene.queue.work(scene.runner);

        Shredding done = scene.find(asked);
        assertThat(done.error()).isNull();
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.confirmedBy()).isEqualTo(ShreddingScene.OPERATOR.user());
        assertThat(done.clientKeys()).isEqualTo(1);
        assertThat(done.practiceKeys()).isEqualTo(1);
        assertThat(scene.rows("select practice_id from client_keys union select practice_id from practice_keys"))
                .containsExactly(spared.toString());
        assertThat(scene.rows("select deleted_at is not null from practices where id = ?", scene.practice.value()))
                .containsExactly("t");
        for (Clients clients : List.of(here, there)) {
            assertThat(clients.findById(scene.admin, client)).isInstanceOf(Lookup.Shredded.class);
            assertThatThrownBy(() -> clients.create(scene.admin, Examples.jane()))
                    .isInstanceOf(RuntimeException.class);
            found(clients.findById(spareAdmin, other));
        }
        assertThat(scene.rows("select count(*) from clients where practice_id = ?", scene.practice.value()))
                .containsExactly("1");
        assertThat(scene.shreddings.start(
                        ShreddingScene.OPERATOR,
                        new ShreddingRequest(Kind.PRACTICE, scene.practice.value(), null, "again")))
                .isEmpty();
    }

    @Test
    void practice_shreddedUnderWriters_leavesNoKeyAndNoReadableClient() throws Exception {
        AtomicBoolean destroyed = new AtomicBoolean();
        List<UUID> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<UUID>>> writers = List.of(
                    threads.submit(() -> write(here, destroyed)),
                    threads.submit(() -> write(there, destroyed)),
                    threads.submit(() -> write(here, destroyed)),
                    threads.submit(() -> write(there, destroyed)));
            try {
                scene.confirm(scene.askAndWait());
                scene.queue.work(scene.runner);
            } finally {
                destroyed.set(true);
            }
            for (Future<List<UUID>> writer : writers) {
                written.addAll(writer.get());
            }
        }
        assertThat(written).isNotEmpty();
        assertThat(scene.rows("select client_id from client_keys")).isEmpty();
        assertThat(scene.rows("select version from practice_keys where practice_id = ?", scene.practice.value()))
                .isEmpty();
        assertThat(scene.rows("select id from clients where deleted_at is null"))
                .isEmpty();
        for (UUID client : written) {
            assertThat(there.findById(scene.admin, client)).isInstanceOf(Lookup.Shredded.class);
        }
    }

    /** Creates clients until that is refused; it must be, soon after the keys are gone. */
    private List<UUID> write(Clients clients, AtomicBoolean destroyed) {
        List<UUID> written = new ArrayList<>();
        int after = 0;
        while (after < 2) {
            after += destroyed.get() ? 1 : 0;
            try {
                if (clients.create(scene.admin, Examples.jane()) instanceof Creation.Created<?>(var client)) {
                    written.add(((com.medspasync.clients.ClientView) client).id());
                    assertThat(after).isZero();
                }
            } catch (RuntimeException refused) {
                // What a practice that is no more may say; that nothing was written is asserted at the end.
                after++;
            }
        }
        return written;
    }
}
