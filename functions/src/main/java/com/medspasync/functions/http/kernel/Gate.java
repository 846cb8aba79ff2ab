package com.medspasync.functions.http.kernel;

import com.medspasync.functions.http.kernel.AccessTokens.Verification.Verified;
import com.medspasync.identity.StepUps;
import com.medspasync.input.Violation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Permissions;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import com.microsoft.azure.functions.HttpMethod;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who is logged in may do: the one place where an operation, a token and the headers that say on whose behalf are
 * held together. Thread-safe.
 */
final class Gate {

    private static final String PURPOSE = "x-purpose-of-use";
    private static final String PRACTICE = "x-practice-id";
    private static final String PURPOSES =
            Arrays.stream(PurposeOfUse.values()).map(PurposeOfUse::name).collect(Collectors.joining(", "));

    private final Clock clock;

    Gate(Clock clock) {
        this.clock = clock;
    }

    /** Whether the request states a purpose. */
    static boolean statesPurpose(Headers headers) {
        return headers.get(PURPOSE) != null;
    }

    /**
     * The caller, as the request is to be carried out and recorded.
     *
     * @param record that the path names, if it names one; asked for in an emergency alone
     * @throws Refusal when it may not be
     */
    Caller pass(
            @Nullable HttpMethod method,
            Operation operation,
            Verified token,
            Supplier<Optional<UUID>> record,
            Headers headers) {
        Permission permission = operation.permission();
        Caller caller = token.caller();
        if (permission != null && token.enrolmentOnly()) {
            throw refusal(
                    ProblemType.SECOND_FACTOR_REQUIRED,
                    "Set up a second factor first (POST /auth/authenticator), and log in with it.");
        }
        if (permission != null && !caller.may(permission)) {
            throw refusal(ProblemType.FORBIDDEN, "Your role does not allow this.");
        }
        if (caller.emergency() != null && !isRead(caller.emergency(), method, permission, record)) {
            throw refusal(ProblemType.FORBIDDEN, "A token for an emergency reads that client's record, and no more.");
        }
        if (needsFreshProof(method, operation) && !isFresh(token)) {
            throw new Refusal(Challenges.proveAgain());
        }
        return forPurpose(inPractice(caller, permission, headers.get(PRACTICE)), headers.get(PURPOSE));
    }

    private static boolean isRead(
            Emergency emergency,
            @Nullable HttpMethod method,
            @Nullable Permission permission,
            Supplier<Optional<UUID>> record) {
        return isSafe(method)
                && (permission == Permission.CLIENT_READ || permission == Permission.CLIENT_HISTORY)
                && record.get().filter(emergency.client()::equals).isPresent();
    }

    /** What changes something by a permission that asks for it; and what says so of itself. */
    private static boolean needsFreshProof(@Nullable HttpMethod method, Operation operation) {
        return switch (operation.access()) {
            case Operation.Access.Anonymous() -> false;
            case Operation.Access.Authenticated(boolean fresh) -> fresh;
            case Operation.Access.Permitted(Permission permission) ->
                Permissions.needsFreshProof(permission) && !isSafe(method);
        };
    }

    private boolean isFresh(Verified token) {
        return !token.provedAt().plus(StepUps.FRESH).isBefore(clock.instant());
    }

    private static boolean isSafe(@Nullable HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }

    /** Only operators act in another practice, only where that is meant, and only when they say in which. */
    private static Caller inPractice(Caller caller, @Nullable Permission permission, @Nullable String stated) {
        if (stated == null) {
            return caller;
        }
        if (caller.role() != Role.OPERATOR || permission == null || !Permissions.reachesPractices(permission)) {
            throw refusal(ProblemType.FORBIDDEN, "This is not done in another practice.");
        }
        return caller.actingIn(practice(stated));
    }

    private static PracticeId practice(String stated) {
        return PathTemplate.uuid(stated)
                .map((UUID id) -> new PracticeId(id))
                .orElseThrow(() -> invalid("X-Practice-Id", "format", "must be the id of a practice"));
    }

    /** For every operation of somebody who is logged in, so that none forgets it: what is disclosed is recorded with its purpose. */
    private static Caller forPurpose(Caller caller, @Nullable String stated) {
        return stated == null
                ? caller
                : PurposeOfUse.parse(stated)
                        .map(caller::withPurpose)
                        .orElseThrow(() -> invalid("X-Purpose-Of-Use", "choice", "must be one of " + PURPOSES));
    }

    private static Refusal refusal(ProblemType type, String detail) {
        return new Refusal(Answer.problem(type, detail));
    }

    private static Refusal invalid(String header, String code, String message) {
        return new Refusal(Answer.invalid(List.of(new Violation(header, code, message))));
    }
}
