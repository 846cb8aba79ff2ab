package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.UUID;

/** Has new users told that they may choose a password. Each method is one round trip. Thread-safe. */
public final class Invitations {

    private static final Sql INVITE =
            Sql.of("""
            with practice as (
              select id from practices where id = :practice::uuid and deleted_at is null),
            created as (
              insert into users (practice_id, id, email, email_search, role, noticed_at)
              select id, :id::uuid, :email, :search, :role, now()
              from practice
              on conflict (email_search) where deleted_at is null do nothing
              returning *),
            %s
            select *
            from (select exists (select from practice) as there) p
            left join (select %s from created) c on true""".formatted(Notices.written(NoticeKind.INVITATION, "created", "id"), User.COLUMNS));

    private static final Sql AGAIN = AskedNotice.statement(NoticeKind.INVITATION, "password is null");

    private final PracticeDatabase database;
    private final Notices notices;
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();

    /**
     * Whom to invite.
     *
     * @param role {@link Role#OPERATOR} in the platform's practice, and only there
     */
    public record Guest(EmailAddress email, Role role) {

        /** Reads one for {@code practice}. */
        public static Parsed<Guest> read(Fields in, PracticeId practice) {
            Given<EmailAddress> email = in.text("email", EmailAddress.MAX_LENGTH)
                    .then(EmailAddress::parse)
                    .required();
            Given<Role> role =
                    in.choice("role", Role.class).then(UserRole.of(practice)).required();
            return in.finish(() -> new Guest(email.value(), role.value()));
        }
    }

    Invitations(PracticeDatabase database, Notices notices) {
        this.database = database;
        this.notices = notices;
    }

    /**
     * Adds a user to the caller's practice, who has no password yet.
     *
     * @throws IllegalArgumentException when the role does not exist in that practice
     */
    public Invitation invite(Caller caller, Guest guest) {
        if (!Role.of(caller.practice()).contains(guest.role())) {
            throw new IllegalArgumentException(
                    "the role " + guest.role() + " does not exist in practice " + caller.practice());
        }
        UUID notice = notices.newId();
        Query query = INVITE.bind()
                .uuid("id", ids.generate())
                .text("email", guest.email().value())
                .text("search", guest.email().searchForm())
                .text("role", guest.role().stored());
        Invitation invitation = database.one(caller, Notices.bind(query, notice), row -> outcome(caller, row));
        if (invitation instanceof Invitation.Invited) {
            notices.announce(notice);
        }
        return invitation;
    }

    private static Invitation outcome(Caller caller, Row row) {
        if (!row.bool("there")) {
            return new Invitation.NoPractice();
        }
        return row.uuidOrNull("id") == null
                ? new Invitation.EmailTaken()
                : new Invitation.Invited(User.of(caller.practice(), row));
    }

    /** Tells a user once more who has not chosen a password yet. */
    public UserAction again(Caller caller, UUID id) {
        return AskedNotice.ask(database, notices, caller, AGAIN, id, UserAction.Reason.HAS_PASSWORD);
    }
}
