package com.medspasync.functions.http.kernel;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.time.Instant;

/** Who sends a request. Implementations are thread-safe, and cost next to nothing: this runs with every request. */
@FunctionalInterface
public interface AccessTokens {

    /** What became of the token of an {@code Authorization: Bearer} header. */
    sealed interface Verification {

        /**
         * It is ours and in time. Whether its session stands, the first statement tells that runs for the caller.
         *
         * @param provedAt when the user was last proved to be who they are
         * @param enrolmentOnly whether all the caller may do is set up a second factor
         */
        record Verified(Caller caller, Instant provedAt, boolean enrolmentOnly) implements Verification {}

        /**
         * It is not to be trusted. The sender learns no more than that.
         *
         * @param reason for the log; nothing of the token itself
         */
        record Rejected(String reason) implements Verification {}
    }

    Verification verify(String token, Origin origin);
}
