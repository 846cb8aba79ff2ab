package com.medspasync.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticesTest {

    private static final Sql READ = Sql.of("select count(*) as seen from notices");
    private static final Sql FORGE = Sql.of(
            "insert into notices (practice_id, id, kind, subject_id) values (:whose::uuid, :id::uuid, 'INVITATION', :id::uuid)");

    private final NoticeScene scene = new NoticeScene();
    private final Logged logged = new Logged();

    @AfterEach
    void close() {
        logged.close();
        scene.close();
    }

    @Test
    void written_withItsCause_isThereOnceAndHoldsIdsAlone() {
        UUID notice = scene.invite(scene.admin, NoticeScene.EMAIL);
        assertThat(notice).isNotNull();
        assertThat(scene.platform.rows(
                        "select n.practice_id, n.kind, n.subject_id = u.id, n.attempts, n.held_until, n.error "
                                + "from notices n join users u on u.practice_id = n.practice_id"))
                .containsExactly(scene.practice + "|INVITATION|t|0|null|null");
        assertThat(scene.platform.rows("select n::text from notices n").getFirst())
                .doesNotContain("example.com");
    }

    @Test
    void written_withoutACause_isNotThere() {
        scene.invite(scene.admin, NoticeScene.EMAIL);
        assertThat(scene.invite(scene.admin, NoticeScene.EMAIL)).isNull();
        assertThat(scene.platform.rows("select count(*) from notices")).containsExactly("1");
    }

    @Test
    void written_withACauseThatIsRolledBack_isNotThere() {
        scene.platform.execute(
                "alter table users add constraint users_refuse check (email <> '%s')".formatted(NoticeScene.EMAIL));
        assertThatThrownBy(() -> scene.invite(scene.admin, NoticeScene.EMAIL)).isInstanceOf(DatabaseException.class);
        assertThat(
                        scene.platform.rows(
                                "select (select count(*) from notices), (select count(*) from users where practice_id <> platform_practice())"))
                .containsExactly("0|0");
    }

    @Test
    void cause_whoseNoticeCannotBeWritten_isRolledBackWithIt() {
        scene.platform.execute("alter table notices add constraint notices_refuse check (attempts > 0)");
        assertThatThrownBy(() -> scene.invite(scene.admin, NoticeScene.EMAIL)).isInstanceOf(DatabaseException.class);
        assertThat(scene.platform.rows("select count(*) from users where practice_id <> platform_practice()"))
                .containsExactly("0");
    }

    @Test
    void notices_ofAnotherPractice_areNeitherSeenNorWritten() {
        scene.notice();
        Caller other = Examples.admin(scene.platform.practice("radiance"));
        assertThat(seenBy(other)).isZero();
        assertThat(seenBy(scene.admin)).isEqualTo(1);
        PracticeId glow = scene.practice;
        assertThatThrownBy(() -> scene.platform
                        .database()
                        .update(other, FORGE.bind().uuid("whose", glow.value()).uuid("id", UUID.randomUUID())))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void application_mayNotSayThatANoticeIsDelivered() {
        UUID notice = scene.notice();
        for (String forged : new String[] {
            "update notices set delivered_at = now()",
            "update notices set attempts = 9",
            "delete from notices",
            "insert into notices (practice_id, id, kind, subject_id, delivered_at) values ('%1$s', '%2$s', 'INVITATION', '%2$s', now())"
        }) {
            Sql sql = Sql.of(forged.formatted(scene.practice, UUID.randomUUID()));
            assertThatThrownBy(() -> scene.platform.database().update(scene.admin, sql.bind()))
                    .as(forged)
                    .isInstanceOf(DatabaseException.class);
        }
        assertThat(scene.state(notice, "delivered_at, attempts")).isEqualTo("null|0");
    }

    @Test
    void announce_withTheQueueAway_failsNoRequest_andTheWatchMakesUpForIt() {
        JobQueue away = (id, delay) -> {
            throw new QueueUnavailable(new IllegalStateException("refused"));
        };
        UUID notice = scene.notice();
        assertThatCode(() -> scene.notices(away).announce(notice)).doesNotThrowAnyException();
        assertThat(logged.lines())
                .anyMatch(line -> line.contains("waits for the watch") && line.contains(notice.toString()));

        // It may be on its way for all the watch knows.
        assertThat(scene.watch.announceWaiting()).isZero();
        scene.age(notice, "121 seconds");
        assertThat(scene.watch.announceWaiting()).isEqualTo(1);
        assertThat(scene.queued).containsExactly(notice);

        scene.queued.forEach(scene.delivery::run);
        assertThat(scene.receiver.received()).hasSize(1);
        assertThat(scene.watch.announceWaiting()).isZero();
    }

    @Test
    void announce_moreThanTheQueueTakesAtATime_leavesTheRestToTheWatch() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Notices notices = new Notices(scene.queue, UUID::randomUUID, waiting::add);
        for (int i = 0; i < 150; i++) {
            notices.announce(UUID.randomUUID());
        }
        assertThat(waiting).hasSize(100);
        waiting.forEach(Runnable::run);
        assertThat(scene.queued).hasSize(100);
        notices.announce(UUID.randomUUID());
        assertThat(waiting).hasSize(101);
    }

    private long seenBy(Caller caller) {
        return scene.platform.database().one(caller, READ.bind(), row -> row.bigint("seen"));
    }
}
