package com.medspasync.functions.http.kernel;

import com.medspasync.crypto.CryptoException;
import com.medspasync.crypto.KeysUnavailable;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.DatabaseFault;
import com.medspasync.database.DatabaseUnavailable;
import com.medspasync.database.SessionEnded;
import com.medspasync.database.StatementRefused;
import com.medspasync.functions.fault.Faults;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.maskedcopy.StoreUnavailable;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Turns what a handler throws into an answer and a line in the log, in one place for all functions. Messages of exceptions are
 * neither logged nor answered: a library's may repeat values, and values may be PHI. Classes, stack frames and SQLSTATEs say
 * where it happened and what it was.
 */
final class Failures {

    private static final Duration STORE_RETRY = Duration.ofSeconds(5);
    private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

    private final Logger log;
    private final String place;

    /** @param operation the method and route, never the path, whose ids name records */
    Failures(Trace trace, String operation, Logger log) {
        this.log = log;
        this.place = " operation=\"" + operation + "\" trace=" + trace.traceId() + " request=" + trace.requestId();
    }

    Answer answer(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.answer();
            case DatabaseException database -> database(database);
            case CryptoException crypto -> crypto(crypto);
            case QueueUnavailable queue -> {
                log(Level.WARNING, "queue-unavailable", Faults.describe(queue));
                yield Answer.unavailable(
                        STORE_RETRY,
                        "The queue does not answer. What was asked for is on record: repeat it to have it begin.");
            }
            case StoreUnavailable store -> {
                log(Level.WARNING, "store-unavailable", Faults.describe(store));
                yield Answer.unavailable(STORE_RETRY, "The store of files does not answer. Repeat the request.");
            }
            default -> fault(failure);
        };
    }

    private Answer database(DatabaseException failure) {
        return switch (failure) {
            case DatabaseUnavailable unavailable -> {
                log(Level.WARNING, "database-unavailable", " sqlstate=" + unavailable.sqlState());
                yield Answer.unavailable(
                        unavailable.retryAfter(),
                        unavailable.mayHaveCommitted()
                                ? "The database broke off. Whether the change took effect is not known: read before you repeat it."
                                : "The database does not answer. Nothing was changed.");
            }
            case DatabaseBusy busy -> {
                log(Level.WARNING, "database-busy", " sqlstate=" + busy.sqlState());
                yield Answer.unavailable(BUSY_RETRY, "The database is busy. Nothing was changed.");
            }
            case SessionEnded ended -> {
                log(Level.INFO, "session-ended", "");
                yield Challenges.invalidToken();
            }
            case ConstraintViolated violated -> isConflict(violated) ? conflict(violated) : fault(violated);
            case StatementRefused refused -> fault(refused);
            case DatabaseFault fault -> fault(fault);
        };
    }

    private Answer crypto(CryptoException failure) {
        return switch (failure) {
            case TamperedCiphertext tampered -> {
                // The context names practice, table, column and row: what an operator needs to look, and nothing of a
                // person.
                alarm(
                        "tampered-ciphertext",
                        tampered.context().map(Object::toString).orElse("unknown"));
                yield unreadable();
            }
            case UnknownKeyVersion unknown -> {
                alarm("unknown-key", Faults.describe(unknown));
                yield unreadable();
            }
            case KeysUnavailable unavailable -> {
                log(Level.WARNING, "keys-unavailable", Faults.describe(unavailable));
                yield Answer.unavailable(
                        unavailable.retryAfter(), "The key store does not answer. Nothing was changed.");
            }
        };
    }

    private static Answer unreadable() {
        return Answer.problem(
                ProblemType.UNREADABLE,
                "A protected field of the record failed its integrity check. Nothing of it is shown; the operators are alarmed.");
    }

    /** Unique, foreign key and exclusion (PostgreSQL, appendix A): other records stand in the way. The rest is a fault of ours. */
    private static boolean isConflict(ConstraintViolated violated) {
        return switch (violated.sqlState()) {
            case "23505", "23503", "23P01" -> true;
            default -> false;
        };
    }

    private Answer conflict(ConstraintViolated violated) {
        log(Level.INFO, "conflict", " constraint=" + violated.constraint());
        return Answer.problem(ProblemType.CONFLICT, "Another record stands in the way.");
    }

    private Answer fault(Throwable failure) {
        String state = failure instanceof DatabaseException database ? " sqlstate=" + database.sqlState() : "";
        log(Level.SEVERE, "failed", state + Faults.describe(failure));
        return Answer.problem(ProblemType.INTERNAL, "The platform failed. Its operators find out why by the trace id.");
    }

    private void alarm(String event, String what) {
        log(Level.SEVERE, "ALARM " + event, " at " + what);
    }

    private void log(Level level, String event, String more) {
        log.log(level, event + place + more);
    }
}
