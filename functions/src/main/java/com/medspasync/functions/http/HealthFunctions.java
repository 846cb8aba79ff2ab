package com.medspasync.functions.http;

import com.medspasync.database.DatabaseException;
import com.medspasync.functions.http.Readiness.Report;
import com.medspasync.functions.http.Readiness.Result;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the process lives, whether its stores answer, and what it was built from. */
public final class HealthFunctions {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Readiness readiness;
    private final Supplier<Optional<String>> schema;
    private final BuildVersion build = BuildVersion.read();
    private final Resource live;
    private final Resource ready;
    private final Resource version;

    private record Check(String name, String status, boolean required, long latencyMs) {
        static Check of(Result result) {
            return new Check(result.name(), result.up() ? "up" : "down", result.required(), result.latencyMs());
        }
    }

    private record Ready(String status, List<Check> checks) {}

    private record Version(
            String version,
            String commit,
            String buildTime,
            @Nullable String schemaVersion,
            String java) {}

    /**
     * The functions of health and version.
     *
     * @param schema the version of the database's newest migration; fails when the database does not answer
     */
    public HealthFunctions(Kernel kernel, Readiness readiness, Supplier<Optional<String>> schema) {
        this.readiness = readiness;
        this.schema = schema;
        this.live = new Resource("health/live", kernel)
                .onAnonymous(HttpMethod.GET, exchange -> Answer.ok(Map.of("status", "live")));
        this.ready = new Resource("health/ready", kernel).onAnonymous(HttpMethod.GET, this::askStores);
        this.version = new Resource("version", kernel).onAnonymous(HttpMethod.GET, this::tellVersion);
    }

    /** Whether this process answers; asks nobody else. */
    @FunctionName("HealthLive")
    public HttpResponseMessage live(
            @HttpTrigger(name = "request", route = "health/live", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return live.handle(request, context);
    }

    /** Whether the stores answer, each with how long it took. */
    @FunctionName("HealthReady")
    public HttpResponseMessage ready(
            @HttpTrigger(name = "request", route = "health/ready", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return ready.handle(request, context);
    }

    /** What this process was built from. */
    @FunctionName("Version")
    public HttpResponseMessage version(
            @HttpTrigger(name = "request", route = "version", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return version.handle(request, context);
    }

    private Answer askStores(Exchange exchange) {
        Report report = readiness.report();
        List<Check> checks = report.results().stream().map(Check::of).toList();
        return report.isReady()
                ? Answer.ok(new Ready(report.isDegraded() ? "degraded" : "ready", checks))
                : Answer.problem(ProblemType.UNAVAILABLE, "A store that the platform needs does not answer.")
                        .extension("checks", checks)
                        .retryAfter(RETRY);
    }

    private Answer tellVersion(Exchange exchange) {
        return Answer.ok(new Version(
                build.version(),
                build.commit(),
                build.time(),
                schemaVersion(),
                Runtime.version().toString()));
    }

    /** Null while the database is away: what was built can be told without it. */
    private @Nullable String schemaVersion() {
        try {
            return schema.get().orElse(null);
        } catch (DatabaseException away) {
            return null;
        }
    }
}
