package com.medspasync.identity;

import static com.medspasync.identity.Examples.origin;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.identity.Examples.Person;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.notice.NoticeKind;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Administrators at work, and what their users are told. */
final class UserScene implements AutoCloseable {

    private static final Sql NOTICES = Sql.of("""
            select id, kind, subject_id, created_at
            from notices
            where practice_id = :practice::uuid
            order by created_at, id""");

    final Examples examples = new Examples();
    final Identity identity = examples.identity;
    private final PracticeDatabase maintenance = examples.embedded.open(EmbeddedDatabase.MAINTENANCE);

    /** A user of their practice, logged in. */
    Caller caller(Person person) {
        return examples.entry(person).user().caller(origin());
    }

    /** An administrator of a new practice, logged in. */
    Caller admin() {
        return caller(examples.user(Role.ADMIN));
    }

    /** Somebody else of the same practice. */
    Person colleague(Caller admin, Role role) {
        return examples.user(admin.practice(), role);
    }

    /** Somebody who was invited to the same practice, and has not come yet. */
    User guest(Caller admin, Role role) {
        Invitations.Guest guest =
                new Invitations.Guest(Examples.email("guest" + UUID.randomUUID() + "@glow.example"), role);
        if (identity.invitations().invite(admin, guest) instanceof Invitation.Invited(User user)) {
            return user;
        }
        throw new AssertionError("not invited");
    }

    /** What there is to tell in the practice. */
    List<Notice> notices(PracticeId practice) {
        return examples.database.list(
                Caller.platform(practice, origin()),
                NOTICES.bind(),
                row -> new Notice(
                        practice,
                        row.uuid("id"),
                        NoticeKind.valueOf(row.text("kind")),
                        row.uuid("subject_id"),
                        row.instant("created_at"),
                        1));
    }

    /** What a notice says when it is delivered now. */
    Composition compose(Notice notice) {
        TokenNotice composer = notice.kind() == NoticeKind.INVITATION
                ? TokenNotice.invitation(maintenance, examples.random)
                : TokenNotice.passwordReset(maintenance, examples.random);
        return composer.compose(notice, Caller.platform(notice.practice(), origin()));
    }

    /** The token of a notice that is delivered now. */
    String token(Notice notice) {
        if (compose(notice) instanceof Composition.Composed composed) {
            return String.valueOf(composed.content().get("token"));
        }
        throw new AssertionError("nothing to say");
    }

    Redemption redeem(String token, String password) {
        return identity.oneTimeTokens().redeem(token, Examples.password(password), origin());
    }

    /** Waits until a notice is announced, for ten seconds at most. */
    void awaitAnnounced(UUID notice) {
        Instant deadline = Instant.now().plusSeconds(10);
        while (!examples.announced.contains(notice)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not announced");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** The user as they are now. */
    User read(Caller admin, UUID id) {
        if (identity.directory().find(admin, id) instanceof Lookup.Found<User>(User user)) {
            return user;
        }
        throw new AssertionError("no such user");
    }

    @Override
    public void close() {
        examples.close();
    }
}
