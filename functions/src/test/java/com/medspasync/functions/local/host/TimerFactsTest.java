package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.local.stack.SharedAzurite;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When timers fire, and on which of several hosts. */
@Timeout(120)
class TimerFactsTest {

    private static final String NEVER = "0 0 0 29 2 *";
    private static final String EVERY_SECOND = "* * * * * *";

    /** Notes its state each time. */
    public static final class Tick {

        private final Queue<String> states;

        Tick(Queue<String> states) {
            this.states = states;
        }

        @FunctionName("Tick")
        public void tick(@TimerTrigger(name = "timer", schedule = "%SCHEDULE%") String state) {
            states.add(state);
        }
    }

    /** Runs until it is let go. */
    public static final class Slow {

        private final AtomicInteger started = new AtomicInteger();
        private final CountDownLatch gate = new CountDownLatch(1);

        @FunctionName("Slow")
        public void run(@TimerTrigger(name = "timer", schedule = EVERY_SECOND) String state)
                throws InterruptedException {
            started.incrementAndGet();
            gate.await();
        }
    }

    private final List<LocalHost> hosts = new ArrayList<>();
    private final String hostId = "host-" + UUID.randomUUID();

    private LocalHost start(Object instance, String schedule) {
        FunctionInstanceInjector injector = new FunctionInstanceInjector() {
            @Override
            public <T> T getInstance(Class<T> type) {
                return type.cast(instance);
            }
        };
        LocalHost host = LocalHost.serving(FunctionCatalogue.of(instance.getClass()))
                .injector(injector)
                .hostJson(HostJson.defaults().withListenerLockPeriod(Duration.ofSeconds(15)))
                .settings(Map.of(
                        "SCHEDULE",
                        schedule,
                        "AzureFunctionsWebHost__hostid",
                        hostId,
                        "AzureWebJobsStorage",
                        SharedAzurite.connectionString()))
                .start();
        hosts.add(host);
        return host;
    }

    @AfterEach
    void stop() {
        hosts.forEach(LocalHost::close);
    }

    @Test
    void timer_firesOnItsSchedule_andIsToldItsState() {
        Queue<String> states = new ConcurrentLinkedQueue<>();
        start(new Tick(states), EVERY_SECOND);
        Await.until(() -> states.size() >= 2);
        assertThat(states.peek()).contains("\"IsPastDue\":false", "\"ScheduleStatus\":{\"Last\":\"20");
    }

    @Test
    void timer_onTwoHosts_firesOnOne_andTheOtherTakesOver() {
        Queue<String> first = new ConcurrentLinkedQueue<>();
        Queue<String> second = new ConcurrentLinkedQueue<>();
        LocalHost leader = start(new Tick(first), EVERY_SECOND);
        Await.until(() -> first.size() >= 1);
        start(new Tick(second), EVERY_SECOND);
        Await.until(() -> first.size() >= 4);
        assertThat(second).isEmpty();

        leader.close();
        int firings = first.size();
        Await.until(() -> second.size() >= 2);
        assertThat(first).hasSize(firings);
        List<String> moments = java.util.stream.Stream.concat(first.stream(), second.stream())
                .map(state -> state.replaceAll(".*\"Last\":\"([^\"]+)\".*", "$1"))
                .toList();
        assertThat(moments).doesNotHaveDuplicates();
    }

    @Test
    void timer_thatStillRuns_isNotFiredAgain() {
        Slow slow = new Slow();
        Queue<String> clock = new ConcurrentLinkedQueue<>();
        start(slow, NEVER);
        start(new Tick(clock), EVERY_SECOND);
        Await.until(() -> slow.started.get() == 1);
        int before = clock.size();
        Await.until(() -> clock.size() >= before + 3);
        assertThat(slow.started.get()).isEqualTo(1);
        slow.gate.countDown();
        Await.until(() -> slow.started.get() > 1);
    }

    @Test
    void admin_firesATimerByHand() {
        Queue<String> states = new ConcurrentLinkedQueue<>();
        LocalHost host = start(new Tick(states), NEVER);
        Http http = new Http(host);
        assertThat(post(http, "/admin/functions/tick")).isEqualTo(202);
        Await.until(() -> states.size() == 1);
        assertThat(post(http, "/admin/functions/Nothing")).isEqualTo(404);
        assertThat(http.get("/admin/functions/Tick").statusCode()).isEqualTo(404);
    }

    @Test
    void admin_isClosedToWebPages() {
        Queue<String> states = new ConcurrentLinkedQueue<>();
        LocalHost host = start(new Tick(states), NEVER);
        Http http = new Http(host);
        HttpRequest fromAPage = http.request("/admin/functions/Tick")
                .header("Origin", "http://localhost:3000")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(http.send(fromAPage).statusCode()).isEqualTo(403);
        assertThat(states).isEmpty();
    }

    private static int post(Http http, String path) {
        return http.send(
                        "POST",
                        path,
                        "application/json",
                        "{\"input\": \"\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .statusCode();
    }
}
