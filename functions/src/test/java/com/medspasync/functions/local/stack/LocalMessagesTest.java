package com.medspasync.functions.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.contact.EmailAddress;
import com.medspasync.message.Message;
import com.medspasync.message.MessageChannel.Delivery;
import com.medspasync.message.Recipient;
import com.medspasync.message.WebhookChannel;
import com.medspasync.message.WebhookSecret;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalMessagesTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LocalMessages messages = LocalMessages.start(lines::add);

    @AfterEach
    void stop() {
        messages.close();
    }

    @Test
    void message_isToldAndShown_forSomebodyToGoOnWith() throws Exception {
        assertThat(deliver("t0ken")).isEqualTo(new Delivery.Delivered());
        assertThat(lines).containsExactly("  Message    INVITATION to ada@example.com  token t0ken");
        assertThat(get("")).contains("<td>INVITATION</td><td>ada@example.com</td><td>token t0ken</td>");
        assertThat(get("messages.json")).contains("\"token\":\"t0ken\"", "\"email\":\"ada@example.com\"");
    }

    @Test
    void page_showsMarkupAsText() throws Exception {
        deliver("<script>alert(1)</script>");
        assertThat(get("")).doesNotContain("<script>").contains("&lt;script&gt;");
    }

    @Test
    void messages_areKept_theNewestHundred() throws Exception {
        for (int i = 0; i < 102; i++) {
            deliver("number-" + i + ".");
        }
        assertThat(get("messages.json")).contains("number-101.", "number-2.").doesNotContain("number-1.");
    }

    @Test
    void pages_askedForUnderAnotherName_areNotShown() throws IOException {
        deliver("t0ken");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(messages.url()).getPort())) {
            socket.getOutputStream()
                    .write("GET /messages.json HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("t0ken");
        }
    }

    private Delivery deliver(String token) {
        Map<String, String> settings = messages.settings();
        return WebhookChannel.onThisMachine(
                        URI.create(settings.getOrDefault("MESSAGE_WEBHOOK_URL", "")),
                        WebhookSecret.parse(settings.getOrDefault("MESSAGE_WEBHOOK_SECRET", ""))
                                .orElseThrow(),
                        Clock.systemUTC())
                .deliver(new Message(
                        UUID.randomUUID(),
                        "INVITATION",
                        new PracticeId(UUID.randomUUID()),
                        Instant.now(),
                        new Recipient(UUID.randomUUID(), new EmailAddress("ada@example.com")),
                        Map.of("token", token)));
    }

    private String get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(messages.url()).resolve(path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
