package com.medspasync.rotation;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static com.medspasync.clients.Outcomes.history;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.appointments.AppointmentDraft;
import com.medspasync.appointments.AppointmentView;
import com.medspasync.appointments.Appointments;
import com.medspasync.appointments.Salon;
import com.medspasync.history.HistoryEntry;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Lookup;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.rotation.Rotation.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of appointments' notes, and of what the audit keeps of them, when keys are replaced. */
class NotesRotationTest {

    /** Every ciphertext of a client's appointments by the version of its key, in the record and in the audit. */
    private static final String VERSIONS = """
            select 'record', substring(notes from 3 for 4), count(*)
            from appointments
            where client_id = ? and notes is not null
            group by 2
            union all
            select 'audit', substring(decode(substring(value from 3), 'hex') from 3 for 4), count(*)
            from audit_logs a
            cross join lateral (
              select * from jsonb_each_text(coalesce(old_values, '{}')) union all select * from jsonb_each_text(coalesce(new_values, '{}'))) v
            where a.record_id in (select id from appointments where client_id = ?) and v.key = 'notes' and v.value is not null
            group by 2""";

    private final Scene scene = new Scene();
    private final Salon salon = new Salon(scene.platform);
    private final Appointments appointments = salon.appointments();

    /** What their notes are; of the deleted ones, once they are restored. */
    private final Map<UUID, @Nullable String> notes = new LinkedHashMap<>();

    private final Map<UUID, Integer> versions = new LinkedHashMap<>();

    @AfterEach
    void close() {
        scene.close();
    }

    /** Ten appointments in two years, of every fate. */
    private void book() {
        // A year and some more apart, so that they lie in two partitions.
        for (int day : new int[] {3, 370}) {
            book(at(day, "09:00"), "Plain ümläut\n😀 " + day, 1);
            UUID changed = book(at(day, "10:00"), "Before " + day, 2);
            change(changed, 1, "{\"notes\": \"After %d\"}".formatted(day), "After " + day);
            UUID cancelled = book(at(day, "11:00"), "Cancelled " + day, 2);
            change(cancelled, 1, "{\"status\": \"CANCELLED\", \"cancellationReason\": \"CLIENT\"}", "Cancelled " + day);
            UUID cleared = book(at(day, "12:00"), "Cleared " + day, 2);
            change(cleared, 1, "{\"notes\": null}", null);
            book(at(day, "13:00"), null, 1);
        }
        UUID moved = book(at(3, "14:00"), "Moved", 2);
        change(moved, 1, "{\"dateTime\": \"%s\"}".formatted(at(370, "14:00")), "Moved");
        UUID deleted = book(at(3, "15:00"), "Deleted", 2);
        assertThat(appointments.delete(salon.admin(), deleted, 1)).isEqualTo(new Deletion.Deleted());
    }

    private UUID book(Instant at, @Nullable String text, int version) {
        AppointmentDraft draft = withNotes(salon.draft(at), text);
        UUID id = booked(appointments.book(salon.admin(), draft, null))
                .appointment()
                .id();
        notes.put(id, text);
        versions.put(id, version);
        return id;
    }

    private void change(UUID id, int version, String json, @Nullable String text) {
        changed(appointments.change(salon.admin(), id, version, patch(json)));
        notes.put(id, text);
    }

    @Test
    void client_rotated_hasEveryNoteUnderTheNewKeyAndNoneUnderTheOld() {
        UUID other = salon.newClient();
        AppointmentDraft elsewhere = new AppointmentDraft(
                other, salon.facial(), salon.anna(), at(4, "09:00"), null, null, "Another client's", null);
        UUID untouched = booked(appointments.book(salon.admin(), elsewhere, null))
                .appointment()
                .id();
        book();
        Map<UUID, List<String>> before = histories();
        assertThat(versionsOf(salon.client()).keySet())
                .containsExactlyInAnyOrder("record|\\x00000001", "audit|\\x00000001");
        List<String> digests = digests();

        Rotation done = run(Kind.CLIENT, salon.client());

        assertThat(done.error()).isNull();
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(versionsOf(salon.client()))
                .containsOnlyKeys("record|\\x00000002", "audit|\\x00000002")
                .containsEntry("record|\\x00000002", 8);
        assertThat(scene.rows("select version, accepted from client_keys where client_id = ?", salon.client()))
                .containsExactly("2|t");
        assertThat(digests()).as("what was sealed of the audit").containsAll(digests);
        assertEveryNoteIsRead(appointments);
        assertEveryNoteIsRead(salon.appointmentsOn(scene.anotherProcess()));
        assertThat(histories()).isEqualTo(before);
        assertThat(versionsOf(other).keySet()).containsExactlyInAnyOrder("record|\\x00000001", "audit|\\x00000001");
        assertThat(salon.read(appointments, untouched).notes()).isEqualTo("Another client's");
        // Who still has the old key in mind writes under the new one.
        UUID first = notes.keySet().iterator().next();
        changed(appointments.change(salon.admin(), first, 1, patch("{\"notes\": \"Since\"}")));
        booked(appointments.book(salon.admin(), withNotes(salon.draft(at(5, "09:00")), "Anew"), null));
        assertThat(versionsOf(salon.client())).containsOnlyKeys("record|\\x00000002", "audit|\\x00000002");
    }

    @Test
    void client_workerKilledHalfWay_isFinishedByAnotherWhileNotesAreReadAndWritten() {
        book();
        Map<UUID, List<String>> before = histories();
        Worker killed = new Worker(
                scene.platform, scene.maintenance, new Pace(3, 1_000_000, Duration.ofNanos(1), Duration.ofMillis(300)));
        Rotation started = start(Kind.CLIENT, salon.client());
        killed.job().run(started.id());
        // It dies in the middle of its next turn: what it holds is never given back.
        scene.platform.execute("update key_rotations set fence = fence + 1, held_until = now() + interval '1 hour'");
        killed.job().run(started.id());
        assertThat(versionsOf(salon.client()))
                .containsEntry("record|\\x00000001", 5)
                .containsEntry("record|\\x00000002", 3);
        assertEveryNoteIsRead(appointments);
        assertEveryNoteIsRead(salon.appointmentsOn(scene.anotherProcess()));
        assertThat(histories()).isEqualTo(before);

        scene.platform.execute("update key_rotations set held_until = now() - interval '1 second'");
        scene.worker.job().run(started.id());
        scene.worker.work();

        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(versionsOf(salon.client()))
                .containsOnlyKeys("record|\\x00000002", "audit|\\x00000002")
                .containsEntry("record|\\x00000002", 8);
        assertEveryNoteIsRead(salon.appointmentsOn(scene.anotherProcess()));
        assertThat(histories()).isEqualTo(before);
    }

    /** A practice's key wraps the clients' keys: what these encrypt stays as it is. */
    @Test
    void practice_rotated_leavesNotesAsTheyAreUnderKeysThatAreWrappedAnew() {
        book();
        Map<UUID, List<String>> before = histories();
        List<String> sealed = scene.rows("select id, notes, version from appointments order by id");

        assertThat(run(Kind.PRACTICE, null).status()).isEqualTo(Status.COMPLETED);

        assertThat(scene.rows(
                        "select distinct practice_key_version from client_keys where practice_id = ?",
                        salon.practice().value()))
                .containsExactly("2");
        assertThat(scene.rows("select id, notes, version from appointments order by id"))
                .isEqualTo(sealed);
        Appointments fresh = salon.appointmentsOn(scene.anotherProcess());
        assertEveryNoteIsRead(fresh);
        assertEveryNoteIsRead(appointments);
        assertThat(histories()).isEqualTo(before);
        booked(fresh.book(salon.admin(), withNotes(salon.draft(at(5, "09:00")), "Anew"), null));
    }

    private Rotation start(Kind kind, @Nullable UUID client) {
        RotationRequest request = new RotationRequest(kind, salon.practice().value(), client, "suspected");
        return scene.rotations.start(Scene.OPERATOR, request).orElseThrow();
    }

    private Rotation run(Kind kind, @Nullable UUID client) {
        Rotation started = start(kind, client);
        scene.worker.work();
        return scene.find(started);
    }

    /** With the version that those who hold its tag know. */
    private void assertEveryNoteIsRead(Appointments process) {
        int gone = 0;
        for (Map.Entry<UUID, @Nullable String> each : notes.entrySet()) {
            UUID id = each.getKey();
            switch (process.findById(salon.admin(), id, Set.of())) {
                case Lookup.Found<AppointmentView>(AppointmentView view) -> {
                    assertThat(view.notes()).isEqualTo(each.getValue());
                    assertThat(view.appointment().version()).isEqualTo(versions.get(id));
                }
                case Lookup.Gone<AppointmentView>() -> gone++;
                case Lookup<AppointmentView> other -> throw new AssertionError(other.toString());
            }
        }
        assertThat(gone).as("the deleted one").isEqualTo(1);
    }

    /** What people changed of each appointment, as a process tells it that has seen nothing; what the rotation itself wrote is nobody's. */
    private Map<UUID, List<String>> histories() {
        Appointments fresh = salon.appointmentsOn(scene.anotherProcess());
        Map<UUID, List<String>> told = new LinkedHashMap<>();
        for (UUID id : notes.keySet()) {
            told.put(
                    id,
                    history(fresh.history(salon.admin(), id, 50, null)).items().stream()
                            .filter(entry -> entry.user() != null)
                            .map(NotesRotationTest::told)
                            .toList());
        }
        return told;
    }

    private static String told(HistoryEntry entry) {
        List<String> changes = new ArrayList<>();
        entry.changes()
                .forEach(change -> changes.add(change.field() + ": " + change.before() + " -> " + change.after()));
        return entry.action() + " " + changes;
    }

    /** How many ciphertexts there are, by where they stand and the version of their key. */
    private Map<String, Integer> versionsOf(UUID client) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (String row : scene.rows(VERSIONS, client, client)) {
            int count = row.lastIndexOf('|');
            found.put(row.substring(0, count), Integer.valueOf(row.substring(count + 1)));
        }
        return found;
    }

    private List<String> digests() {
        return scene.rows(
                "select id, digest from audit_logs where table_name = 'appointments' and digest is not null and practice_id = ? order by id",
                Objects.requireNonNull(salon.practice().value()));
    }
}
