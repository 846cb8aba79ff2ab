package com.medspasync.identity;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.notice.Notices;
import com.medspasync.password.PasswordPolicy;
import com.medspasync.password.Passwords;
import com.medspasync.repository.Cursors;
import com.medspasync.token.AccessTokens;
import java.security.SecureRandom;
import java.time.Clock;

/** Who the platform's users are and how they prove it, composed on a database. */
public record Identity(
        Users users,
        UserDirectory directory,
        UserChanges userChanges,
        UserRescue rescue,
        Invitations invitations,
        PasswordResets passwordResets,
        Logins logins,
        SecondFactorLogins secondFactorLogins,
        Sessions sessions,
        StepUps stepUps,
        Authenticators authenticators,
        PasswordChanges passwordChanges,
        OneTimeTokens oneTimeTokens,
        PracticeClosing practiceClosing) {

    /**
     * What slows guesses down.
     *
     * @param lockout for one user's login
     * @param network for one network's logins
     */
    public record Limits(Lockout lockout, NetworkLimit network) {

        public static Limits standard() {
            return new Limits(Lockout.standard(), NetworkLimit.standard());
        }
    }

    /**
     * Composes them. Opens no connection.
     *
     * @param notices take what {@link TokenNotice} composes
     */
    public static Identity on(
            PracticeDatabase database,
            KeyHierarchy keys,
            FieldCipher cipher,
            Passwords passwords,
            AccessTokens tokens,
            Cursors cursors,
            Notices notices,
            Limits limits,
            SecureRandom random,
            Clock clock) {
        SecondFactor secondFactor = new SecondFactor(keys, cipher, clock);
        Entrance entrance = new Entrance(tokens, random, clock);
        NewPassword newPassword = new NewPassword(passwords, new PasswordPolicy());
        Attempts attempts = new Attempts(database, limits.lockout());
        return new Identity(
                new Users(database, passwords),
                new UserDirectory(database, cursors),
                new UserChanges(database),
                new UserRescue(database),
                new Invitations(database, notices),
                new PasswordResets(database, notices, limits.network()),
                new Logins(database, passwords, entrance, attempts, limits.network(), random),
                new SecondFactorLogins(database, secondFactor, entrance, attempts, limits.network()),
                new Sessions(database, tokens, random),
                new StepUps(database, passwords, secondFactor, attempts, tokens, clock),
                new Authenticators(database, keys, secondFactor, tokens, random, clock),
                new PasswordChanges(database, passwords, newPassword, attempts),
                new OneTimeTokens(database, newPassword, limits.network(), random),
                new PracticeClosing(database));
    }
}
