package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.identity.UserCreation.Busy;
import com.medspasync.identity.UserCreation.Created;
import com.medspasync.identity.UserCreation.EmailTaken;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people of a practice who can log in, and the operators of the platform. Thread-safe. */
public final class Users {

    private static final Sql CREATE = Sql.of("""
            insert into users (practice_id, id, email, email_search, password, role)
            values (:practice::uuid, :id::uuid, :email, :search, :password, :role)
            on conflict (email_search) where deleted_at is null do nothing
            returning id""");

    private static final Sql SELF = Sql.of("""
            select %s
            from users
            where practice_id = :practice::uuid and id = :user::uuid""".formatted(User.COLUMNS));

    private final PracticeDatabase database;
    private final Passwords passwords;
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();

    public Users(PracticeDatabase database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /**
     * Adds a user to the caller's practice. One round trip.
     *
     * @param role {@link Role#OPERATOR} in the platform's practice, and only there
     * @param password null for a user who will choose one with a one-time token
     * @throws IllegalArgumentException when the role does not exist in that practice
     */
    public UserCreation create(Caller caller, EmailAddress email, Role role, @Nullable Password password) {
        if (!Role.of(caller.practice()).contains(role)) {
            throw new IllegalArgumentException("the role " + role + " does not exist in practice " + caller.practice());
        }
        String hash = null;
        if (password != null) {
            Optional<String> hashed = passwords.hash(password);
            if (hashed.isEmpty()) {
                return new Busy();
            }
            hash = hashed.get();
        }
        Optional<UUID> created = database.first(
                caller,
                CREATE.bind()
                        .uuid("id", ids.generate())
                        .text("email", email.value())
                        .text("search", email.searchForm())
                        .text("password", hash)
                        .text("role", role.stored()),
                row -> row.uuid("id"));
        return created.<UserCreation>map(Created::new).orElseGet(EmailTaken::new);
    }

    /** The caller. One round trip. */
    public User self(Caller caller) {
        return database.one(caller, SELF.bind(), row -> User.of(caller.practice(), row));
    }
}
