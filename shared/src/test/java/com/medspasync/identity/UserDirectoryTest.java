package com.medspasync.identity;

import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.identity.Examples.Audited;
import com.medspasync.identity.Examples.Person;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserDirectoryTest {

    private static final UserScene SCENE = new UserScene();

    private final UserDirectory directory = SCENE.identity.directory();
    private final Caller admin = SCENE.admin();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void find_aUser_showsThemAndIsOneRowOfTheAudit() {
        Person person = SCENE.colleague(admin, Role.PRACTITIONER);

        assertThat(directory.find(admin, person.id()))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat((User) found.value())
                                .extracting(User::email, User::role, User::active, User::invited, User::secondFactor)
                                .containsExactly(person.email(), Role.PRACTITIONER, true, false, false));
        assertThat(reads()).singleElement().satisfies(row -> {
            assertThat(row.user()).isEqualTo(admin.user());
            assertThat(row.record()).isEqualTo(person.id());
        });
    }

    @Test
    void find_nobody_orSomebodyOfAnotherPractice_isMissingAndNotOnRecord() {
        assertThat(directory.find(admin, UUID.randomUUID())).isEqualTo(new Lookup.Missing<>());
        assertThat(directory.find(admin, SCENE.examples.user(Role.STAFF).id())).isEqualTo(new Lookup.Missing<>());
        assertThat(reads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void list_pageByPage_hasEverybodyOnceInTheOrder(UserOrder order) {
        for (int i = 0; i < 6; i++) {
            SCENE.colleague(admin, Role.STAFF);
        }
        List<User> seen = new ArrayList<>();
        String cursor = null;
        do {
            Listing.Page<User> page = page(new UserFilter(null, null, order, 3, cursor));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        Comparator<User> by = order.column().equals("email_search")
                ? Comparator.comparing(user -> user.email().searchForm())
                : Comparator.comparing(User::createdAt)
                        .thenComparing(user -> user.id().toString());
        assertThat(seen)
                .hasSize(7)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(order.isDescending() ? by.reversed() : by);
    }

    @Test
    void list_narrowed_showsThoseAlone() {
        Person active = SCENE.colleague(admin, Role.STAFF);
        Person inactive = SCENE.colleague(admin, Role.STAFF);
        SCENE.examples.execute(inactive, "active = false");

        assertThat(ids(Role.STAFF, null)).containsExactlyInAnyOrder(active.id(), inactive.id());
        assertThat(ids(Role.STAFF, true)).containsExactly(active.id());
        assertThat(ids(null, false)).containsExactly(inactive.id());
        assertThat(ids(Role.MANAGER, null)).isEmpty();
    }

    @Test
    void list_isOneRowOfTheAudit_withHowManyWereShown_alsoNone() {
        SCENE.colleague(admin, Role.STAFF);
        page(new UserFilter(null, null, UserOrder.EMAIL_ASCENDING, 1, null));
        ids(Role.MANAGER, null);

        assertThat(reads())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.user()).isEqualTo(admin.user()))
                .anySatisfy(row -> assertThat(row.everything()).contains("\"shown\": 1", "\"criteria\": []"))
                .anySatisfy(row -> assertThat(row.everything()).contains("\"shown\": 0", "\"criteria\": [\"role\"]"));
    }

    @Test
    void list_ofAPracticeThatIsNone_isMissing() {
        Caller nowhere = Caller.platform(new PracticeId(UUID.randomUUID()), origin());
        assertThat(directory.list(nowhere, new UserFilter(null, null, UserOrder.EMAIL_ASCENDING, 10, null)))
                .isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void list_withACursorOfAnotherQuestion_isRefused() {
        SCENE.colleague(admin, Role.STAFF);
        String cursor = page(new UserFilter(null, null, UserOrder.EMAIL_ASCENDING, 1, null))
                .next();
        for (UserFilter other : List.of(
                new UserFilter(Role.STAFF, null, UserOrder.EMAIL_ASCENDING, 1, cursor),
                new UserFilter(null, true, UserOrder.EMAIL_ASCENDING, 1, cursor),
                new UserFilter(null, null, UserOrder.EMAIL_DESCENDING, 1, cursor),
                new UserFilter(null, null, UserOrder.EMAIL_ASCENDING, 1, "AQAB"))) {
            assertThat(directory.list(admin, other)).isEqualTo(new Lookup.Found<>(new Listing.BadCursor<>()));
        }
    }

    @Test
    void eachOperation_isOneRoundTrip() {
        User guest = SCENE.guest(admin, Role.STAFF);
        try (WireCounter wire = WireCounter.before(SCENE.examples.embedded);
                PracticeDatabase counted = SCENE.examples.embedded.open(wire.settings(EmbeddedDatabase.APP))) {
            counted.ping();
            Identity identity = SCENE.examples.identity(counted);
            List<Runnable> operations = List.of(
                    () -> identity.directory().find(admin, guest.id()),
                    () -> identity.directory()
                            .list(admin, new UserFilter(null, null, UserOrder.EMAIL_ASCENDING, 50, null)),
                    () -> identity.invitations()
                            .invite(admin, new Invitations.Guest(Examples.email("one@trip.example"), Role.STAFF)),
                    () -> identity.invitations().again(admin, guest.id()),
                    () -> identity.passwordResets().askFor(admin, guest.id()),
                    () -> identity.userChanges().change(admin, guest.id(), 1, new UserPatch(Role.MANAGER, false)),
                    () -> identity.rescue().unlock(admin, guest.id()),
                    () -> identity.rescue().resetSecondFactor(admin, guest.id()),
                    () -> identity.sessions().endAll(admin, guest.id()));
            for (int i = 0; i < operations.size(); i++) {
                assertThat(wire.during(operations.get(i)).count())
                        .as("operation " + i)
                        .isEqualTo(1);
            }
        }
    }

    private List<UUID> ids(@Nullable Role role, @Nullable Boolean active) {
        return page(new UserFilter(role, active, UserOrder.EMAIL_ASCENDING, 50, null)).items().stream()
                .map(User::id)
                .toList();
    }

    private Listing.Page<User> page(UserFilter filter) {
        if (directory.list(admin, filter) instanceof Lookup.Found<Listing<User>>(Listing.Page<User> page)) {
            return page;
        }
        throw new AssertionError("no page");
    }

    private List<Audited> reads() {
        return SCENE.examples.audit(admin.practice(), "users").stream()
                .filter(row -> row.action().equals("READ"))
                .toList();
    }
}
