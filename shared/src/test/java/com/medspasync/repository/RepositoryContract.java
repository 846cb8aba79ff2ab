package com.medspasync.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.tenant.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Repository} does, whatever it keeps and however it is cached. A test class of a repository extends this one and
 * says how to make its records, against a real database.
 *
 * @param <T> the whole record
 * @param <S> what a list shows of it
 * @param <D> what it takes to make one
 * @param <P> what may be changed of one
 * @param <F> what a list is narrowed by
 */
public abstract class RepositoryContract<T, S, D, P, F> {

    /** The repository under test. */
    protected abstract Repository<T, S, D, P, F> repository();

    /** A user who may do everything, in a practice that is fresh for this test. */
    protected abstract Caller caller();

    /** As {@link #caller()}, in another practice. */
    protected abstract Caller stranger();

    /** A record unlike any before. */
    protected abstract D draft();

    /** A change, told from others by {@code mark}. */
    protected abstract P patch(int mark);

    /** Whether {@link #patch} of {@code mark} was the last to change {@code value}. */
    protected abstract boolean shows(T value, int mark);

    protected abstract UUID id(T value);

    protected abstract int version(T value);

    protected abstract UUID shownId(S summary);

    /** All records, so many on a page. */
    protected abstract F page(int top, @Nullable String cursor);

    /** The actions of the audit about a record, in order: rows of its own, and rows that it is a subject of. */
    protected abstract List<String> audited(UUID id);

    /** Whether the audit tells that a record was read. */
    protected boolean auditsReads() {
        return true;
    }

    /** Whether the audit tells of each record that a list showed it; else one row tells how many it showed. */
    protected boolean auditsListed() {
        return true;
    }

    @Test
    void create_draft_isFoundAsAnswered() {
        T created = create();
        assertThat(version(created)).isEqualTo(1);
        assertThat(repository().findById(caller(), id(created))).isEqualTo(new Lookup.Found<>(created));
        assertThat(audited(id(created))).isEqualTo(onRecord("CREATE", "READ"));
    }

    @Test
    void findById_unknown_isMissingAndNotAudited() {
        UUID unknown = UUID.randomUUID();
        assertThat(repository().findById(caller(), unknown)).isEqualTo(new Lookup.Missing<>());
        assertThat(audited(unknown)).isEmpty();
    }

    @Test
    void everything_byAnotherPractice_isMissingAndLeavesNoTrace() {
        T created = create();
        UUID id = id(created);
        assertThat(repository().findById(stranger(), id)).isEqualTo(new Lookup.Missing<>());
        assertThat(repository().update(stranger(), id, 1, patch(1))).isEqualTo(new Update.Missing<>());
        assertThat(repository().delete(stranger(), id, 1)).isEqualTo(new Deletion.Missing());
        assertThat(shownIds(stranger(), 100)).doesNotContain(id);
        assertThat(repository().count(stranger(), page(10, null))).isZero();
        assertThat(audited(id)).containsExactly("CREATE");
        assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Found<>(created));
    }

    @Test
    void update_currentVersion_answersAndKeepsTheChange() {
        UUID id = id(create());
        T updated = updated(repository().update(caller(), id, 1, patch(7)));
        assertThat(shows(updated, 7)).isTrue();
        assertThat(version(updated)).isEqualTo(2);
        assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Found<>(updated));
        assertThat(audited(id)).isEqualTo(onRecord("CREATE", "UPDATE", "READ"));
    }

    @Test
    void update_staleVersion_changesNothing() {
        UUID id = id(create());
        T updated = updated(repository().update(caller(), id, 1, patch(7)));
        assertThat(repository().update(caller(), id, 1, patch(8))).isEqualTo(new Update.Stale<>());
        assertThat(repository().update(caller(), id, 3, patch(8))).isEqualTo(new Update.Stale<>());
        assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Found<>(updated));
        assertThat(audited(id)).isEqualTo(onRecord("CREATE", "UPDATE", "READ"));
    }

    @Test
    void update_unknown_isMissing() {
        assertThat(repository().update(caller(), UUID.randomUUID(), 1, patch(1)))
                .isEqualTo(new Update.Missing<>());
    }

    @Test
    void delete_currentVersion_isGoneForReadsWritesListsAndCounts() {
        UUID id = id(create());
        assertThat(repository().delete(caller(), id, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Gone<>());
        assertThat(repository().update(caller(), id, 2, patch(1))).isEqualTo(new Update.Gone<>());
        assertThat(shownIds(caller(), 100)).doesNotContain(id);
        assertThat(repository().count(caller(), page(10, null))).isZero();
        assertThat(audited(id)).containsExactly("CREATE", "DELETE");
    }

    @Test
    void delete_again_isDeletedWhateverTheVersionAndAuditedOnce() {
        UUID id = id(create());
        assertThat(repository().delete(caller(), id, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(repository().delete(caller(), id, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(repository().delete(caller(), id, 2)).isEqualTo(new Deletion.Deleted());
        assertThat(audited(id)).containsExactly("CREATE", "DELETE");
    }

    @Test
    void delete_staleOrUnknown_changesNothing() {
        UUID id = id(create());
        assertThat(repository().delete(caller(), id, 2)).isEqualTo(new Deletion.Stale());
        assertThat(repository().delete(caller(), UUID.randomUUID(), 1)).isEqualTo(new Deletion.Missing());
        assertThat(repository().findById(caller(), id)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void findAll_byPages_showsEachRecordOnceAndPutsItOnRecord() {
        Set<UUID> created = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            created.add(id(create()));
        }
        List<UUID> shown = shownIds(caller(), 3);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(created);
        assertThat(repository().count(caller(), page(3, null))).isEqualTo(8);
        assertThat(created)
                .allSatisfy(id -> assertThat(audited(id))
                        .isEqualTo(auditsListed() ? onRecord("CREATE", "READ") : List.of("CREATE")));
    }

    @Test
    void findAll_exactlyFullPage_isTheLast() {
        create();
        create();
        assertThat(aPage(caller(), 2, null).next()).isNull();
    }

    @Test
    void findAll_cursorOfAnotherPracticeOrNone_isRefused() {
        create();
        create();
        String cursor = aPage(caller(), 1, null).next();
        assertThat(cursor).isNotNull();
        assertThat(repository().findAll(stranger(), page(1, cursor))).isEqualTo(new Listing.BadCursor<>());
        assertThat(repository().findAll(caller(), page(1, "made-up"))).isEqualTo(new Listing.BadCursor<>());
        assertThat(repository().findAll(caller(), page(1, cursor + "A"))).isEqualTo(new Listing.BadCursor<>());
    }

    @Test
    void update_by32WritersAtOnce_losesNoChange() throws Exception {
        UUID id = id(create());
        AtomicInteger marks = new AtomicInteger();
        List<Integer> versions = Collections.synchronizedList(new ArrayList<>());
        atOnce(32, writer -> {
            for (int round = 0; round < 8; round++) {
                T seen = found(repository().findById(caller(), id));
                int mark = marks.incrementAndGet();
                switch (repository().update(caller(), id, version(seen), patch(mark))) {
                    case Update.Updated<T>(T value) -> {
                        assertThat(version(value)).isEqualTo(version(seen) + 1);
                        assertThat(shows(value, mark)).isTrue();
                        versions.add(version(value));
                    }
                    case Update.Stale<T>() -> {}
                    case Update<T> other -> throw new AssertionError(other.toString());
                }
            }
        });
        T last = found(repository().findById(caller(), id));
        assertThat(versions)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, version(last)).boxed().toList());
        assertThat(audited(id).stream().filter("UPDATE"::equals)).hasSize(version(last) - 1);
    }

    @Test
    void delete_by16AtOnce_isDeletedForAllAndAuditedOnce() throws Exception {
        UUID id = id(create());
        atOnce(16, writer -> assertThat(repository().delete(caller(), id, 1)).isEqualTo(new Deletion.Deleted()));
        assertThat(audited(id)).containsExactly("CREATE", "DELETE");
    }

    /** Each statement often enough that the driver has prepared it in the server. */
    @Test
    void everything_twelveTimes_answersAsTheFirstTime() {
        for (int i = 1; i <= 12; i++) {
            T created = create();
            UUID id = id(created);
            assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Found<>(created));
            assertThat(shows(updated(repository().update(caller(), id, 1, patch(i))), i))
                    .isTrue();
            assertThat(shownIds(caller(), 100)).containsExactly(id);
            assertThat(repository().count(caller(), page(1, null))).isEqualTo(1);
            assertThat(repository().delete(caller(), id, 2)).isEqualTo(new Deletion.Deleted());
            assertThat(repository().findById(caller(), id)).isEqualTo(new Lookup.Gone<>());
        }
    }

    /** A new record of {@link #caller()}'s practice. */
    protected final T create() {
        return switch (repository().create(caller(), draft())) {
            case Creation.Created<T>(T value) -> value;
            case Creation<T> other -> throw new AssertionError(other.toString());
        };
    }

    private List<String> onRecord(String... actions) {
        return Stream.of(actions)
                .filter(action -> auditsReads() || !action.equals("READ"))
                .toList();
    }

    /** The record of an update that has to have succeeded. */
    protected static <T> T updated(Update<T> update) {
        return switch (update) {
            case Update.Updated<T>(T value) -> value;
            case Update<T> other -> throw new AssertionError(other.toString());
        };
    }

    /** The record of a look-up that has to have found it. */
    protected static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(T value) -> value;
            case Lookup<T> other -> throw new AssertionError(other.toString());
        };
    }

    /** Runs the work in so many threads, and fails with the first that fails. */
    protected static void atOnce(int threads, java.util.function.IntConsumer work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                all.add(executor.submit(() -> work.accept(number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    private Listing.Page<S> aPage(Caller caller, int top, @Nullable String cursor) {
        return switch (repository().findAll(caller, page(top, cursor))) {
            case Listing.Page<S> page -> page;
            case Listing.BadCursor<S>() -> throw new AssertionError("bad cursor");
        };
    }

    private List<UUID> shownIds(Caller caller, int top) {
        List<UUID> ids = new ArrayList<>();
        String cursor = null;
        do {
            Listing.Page<S> page = aPage(caller, top, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(top);
            page.items().forEach(item -> ids.add(shownId(item)));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }
}
