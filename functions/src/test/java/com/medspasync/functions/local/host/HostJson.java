package com.medspasync.functions.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What this host obeys in host.json. Defaults are those of the Functions host for a Flex Consumption plan.
 *
 * @param routePrefix stands before every route, without slashes; may be empty
 * @param functionTimeout after which an invocation is given up
 * @param listenerLockPeriod how long a host that dies goes on holding its timers
 */
public record HostJson(
        String routePrefix, Duration functionTimeout, Duration listenerLockPeriod, Http http, Queues queues) {

    /**
     * Limits on HTTP.
     *
     * @param maxConcurrentRequests HTTP functions that run at once
     * @param maxOutstandingRequests requests that run or wait; more are answered 429
     */
    public record Http(int maxConcurrentRequests, int maxOutstandingRequests) {}

    /**
     * How queues are polled and messages retried.
     *
     * @param batchSize messages fetched at once
     * @param newBatchThreshold the next batch is fetched when no more than this many are being worked on
     * @param visibilityTimeout how long a message whose function failed stays hidden before it is tried again
     * @param maxDequeueCount tries before a message goes to the poison queue
     * @param maxPollingInterval the longest pause between looks into an empty queue
     * @param base64 whether message texts are base64
     */
    public record Queues(
            int batchSize,
            int newBatchThreshold,
            Duration visibilityTimeout,
            int maxDequeueCount,
            Duration maxPollingInterval,
            boolean base64) {}

    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** The defaults alone. */
    public static HostJson defaults() {
        return of(new ObjectMapper().createObjectNode());
    }

    /** Reads {@code file}. */
    public static HostJson read(Path file) {
        try {
            return of(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file, e);
        }
    }

    /** This, but with another timeout: tests do not wait for the real one. */
    public HostJson withFunctionTimeout(Duration timeout) {
        return new HostJson(routePrefix, timeout, listenerLockPeriod, http, queues);
    }

    /** This, but with another lock period. */
    public HostJson withListenerLockPeriod(Duration period) {
        return new HostJson(routePrefix, functionTimeout, period, http, queues);
    }

    /** This, but with other queue settings. */
    public HostJson withQueues(Queues settings) {
        return new HostJson(routePrefix, functionTimeout, listenerLockPeriod, http, settings);
    }

    /** This, but with other limits on HTTP. */
    public HostJson withHttp(Http limits) {
        return new HostJson(routePrefix, functionTimeout, listenerLockPeriod, limits, queues);
    }

    private static HostJson of(JsonNode root) {
        JsonNode http = root.at("/extensions/http");
        JsonNode queues = root.at("/extensions/queues");
        int batchSize = queues.path("batchSize").asInt(16);
        return new HostJson(
                http.path("routePrefix").asText("api"),
                timeSpan(root.path("functionTimeout"), "00:30:00"),
                timeSpan(root.at("/singleton/listenerLockPeriod"), "00:01:00"),
                new Http(
                        limit(http.path("maxConcurrentRequests"), UNLIMITED),
                        limit(http.path("maxOutstandingRequests"), UNLIMITED)),
                new Queues(
                        batchSize,
                        queues.path("newBatchThreshold").asInt(batchSize / 2),
                        timeSpan(queues.path("visibilityTimeout"), "00:00:00"),
                        queues.path("maxDequeueCount").asInt(5),
                        timeSpan(queues.path("maxPollingInterval"), "00:01:00"),
                        !queues.path("messageEncoding").asText("base64").equals("none")));
    }

    private static int limit(JsonNode node, int otherwise) {
        int limit = node.asInt(otherwise);
        return limit < 0 ? UNLIMITED : limit;
    }

    private static Duration timeSpan(JsonNode node, String otherwise) {
        return TimeSpans.parse(node.asText(otherwise));
    }
}
