package com.medspasync.password;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Hashes and verifies passwords with bcrypt. One bcrypt of cost 12 keeps a core busy for about a quarter of a second, so only
 * a few run at once, and whoever cannot start within a stated patience is told so instead of queueing without end.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Passwords {

    /** The cost of every hash made here: 2^12 rounds. */
    public static final int COST = 12;

    /** The 22 characters of salt and 31 of hash of nobody's password. */
    private static final String NOBODY = "YwIHXyIuHfSdUeIkGrUj4eCVwRp5XmYbuZEnKfZQXhlYFb6ApGLFa";

    private static final Pattern NOTATION = Pattern.compile("\\$2[abxy]?\\$(?<cost>[0-9]{2})\\$[./A-Za-z0-9]{53}");

    private final int cost;
    private final String nobodysHash;
    private final Semaphore running;
    private final Duration patience;
    private final SecureRandom random;
    private final LongAdder computations = new LongAdder();

    /** Whether a password is the one that was hashed. */
    public enum Check {
        MATCHES,
        DIFFERS,
        /** Too many verifications are running; nothing was compared. Try again in a few seconds. */
        BUSY
    }

    /** For this machine: one core stays free for everything that is not a login, and nobody waits longer than two seconds. */
    public Passwords(SecureRandom random) {
        this(COST, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), Duration.ofSeconds(2), random);
    }

    /** @param concurrent how many hashes are computed at once, at most */
    public Passwords(int cost, int concurrent, Duration patience, SecureRandom random) {
        this.cost = cost;
        this.nobodysHash = "$2a$%02d$%s".formatted(cost, NOBODY);
        this.running = new Semaphore(concurrent, true);
        this.patience = patience;
        this.random = random;
    }

    /** The hash to store, in bcrypt's own notation; empty when too many are being computed. */
    public Optional<String> hash(Password password) {
        if (!start()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BCrypt.hashpw(password.utf8(), BCrypt.gensalt("$2a", cost, random)));
        } finally {
            running.release();
        }
    }

    /**
     * Compares in constant work: without a stored hash (the user is unknown, or never chose a password) the same bcrypt runs on
     * nobody's hash, so that the time of the answer does not tell who exists.
     *
     * @param hash what {@link #hash} gave; null when there is none, which never matches
     */
    public Check check(Password password, @Nullable String hash) {
        if (!start()) {
            return Check.BUSY;
        }
        try {
            boolean equal = BCrypt.checkpw(password.utf8(), hash == null ? nobodysHash : hash);
            return equal && hash != null ? Check.MATCHES : Check.DIFFERS;
        } finally {
            running.release();
        }
    }

    /**
     * Whether the password is one of those that were hashed: for the history of a user's passwords, where a new one must be none of the last. Each
     * hash costs what a {@link #check} costs; who asks has proved who it is, so the work may end with the first match.
     *
     * @return {@link Check#BUSY} when not all could be compared and none of the others matched
     */
    public Check matchesAny(Password password, List<String> hashes) {
        Check any = Check.DIFFERS;
        for (String hash : hashes) {
            switch (check(password, hash)) {
                case MATCHES -> {
                    return Check.MATCHES;
                }
                case BUSY -> any = Check.BUSY;
                case DIFFERS -> {}
            }
        }
        return any;
    }

    /**
     * Whether {@code hash} was made at a lower cost than hashes are now: then it is to be replaced at the next login, when the password is known.
     *
     * @throws IllegalArgumentException when {@code hash} is not in bcrypt's notation; the message does not repeat it
     */
    public boolean isOutdated(String hash) {
        Matcher notation = NOTATION.matcher(hash);
        if (!notation.matches()) {
            throw new IllegalArgumentException("not a bcrypt hash");
        }
        return Integer.parseInt(notation.group("cost")) < cost;
    }

    /** How many hashes were computed since the start: one for each {@link #hash} and {@link #check} that was not busy. */
    public long computations() {
        return computations.sum();
    }

    private boolean start() {
        try {
            if (!running.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException _shuttingDown) {
            Thread.currentThread().interrupt();
            return false;
        }
        computations.increment();
        return true;
    }
}
