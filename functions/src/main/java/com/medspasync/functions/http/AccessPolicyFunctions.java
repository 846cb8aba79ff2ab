package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.ACCESS_POLICY;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.practices.AccessPolicies;
import com.medspasync.practices.AccessPolicy;
import com.medspasync.practices.AccessPolicyChange;
import com.medspasync.practices.AccessPolicyPatch;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;

/** What a practice asks of its users, over HTTP. A practice has one policy, so it has no id. */
public final class AccessPolicyFunctions {

    private final AccessPolicies policies;
    private final Resource policy;

    public AccessPolicyFunctions(Kernel kernel, AccessPolicies policies) {
        this.policies = policies;
        this.policy = new Resource("access-policy", kernel)
                .on(GET, ACCESS_POLICY, this::read)
                .on(PATCH, ACCESS_POLICY, this::change);
    }

    @FunctionName("AccessPolicy")
    public HttpResponseMessage accessPolicy(
            @HttpTrigger(name = "request", route = "access-policy", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return policy.handle(request, context);
    }

    private record Body(List<Role> secondFactorFor, int sessionIdleMinutes, int sessionHours) {

        static Body of(AccessPolicy policy) {
            return new Body(
                    policy.secondFactorFor().stream().sorted().toList(),
                    policy.sessionIdleMinutes(),
                    policy.sessionHours());
        }
    }

    private Answer read(Exchange exchange) {
        return policies.find(exchange.caller())
                .map(AccessPolicyFunctions::shown)
                .orElseGet(UserFunctions::noPractice);
    }

    private Answer change(Exchange exchange) {
        Caller caller = exchange.caller();
        int version = exchange.expectedVersion();
        AccessPolicyPatch patch = exchange.patch(in -> AccessPolicyPatch.read(in, caller.practice()));
        return switch (policies.change(caller, patch, version)) {
            case AccessPolicyChange.Changed(AccessPolicies.Versioned now) -> shown(now);
            case AccessPolicyChange.Stale() ->
                Answer.problem(ProblemType.STALE, "Somebody else changed the practice first.");
            case AccessPolicyChange.NoPractice() -> UserFunctions.noPractice();
        };
    }

    private static Answer shown(AccessPolicies.Versioned found) {
        return Answer.ok(Body.of(found.policy())).etag(found.version());
    }
}
