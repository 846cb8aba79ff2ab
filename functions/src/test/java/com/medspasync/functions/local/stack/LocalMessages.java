package com.medspasync.functions.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.input.Json;
import com.medspasync.message.Received;
import com.medspasync.message.WebhookReceiver;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who receives the messages of this machine's platform, in the place of whoever would mail them: tells each at the terminal, and shows the newest hundred as a
 * page and as JSON. It forgets them when it ends.
 */
public final class LocalMessages implements Store {

    private static final Set<String> OF_EVERY_MESSAGE = Set.of("id", "kind", "practiceId", "createdAt", "recipient");
    private static final String TOP = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Messages</title>
            <style>body{font:15px system-ui;margin:2rem}td,th{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid #ccc}\
            td:last-child{font-family:monospace;word-break:break-all}</style></head>
            <body><h1>Messages</h1><p>What this machine's platform has sent, the newest first. <a href="/messages.json">As JSON</a></p>
            <table><tr><th>When</th><th>Kind</th><th>To</th><th>What</th></tr>
            """;
    private static final String BOTTOM = "</table></body></html>\n";

    private final WebhookReceiver receiver;

    private LocalMessages(WebhookReceiver receiver) {
        this.receiver = receiver;
        receiver.serve("/", toThisMachine(exchange -> send(exchange, "text/html; charset=utf-8", page())));
        receiver.serve("/messages.json", toThisMachine(exchange -> send(exchange, "application/json", json())));
    }

    /**
     * Starts to receive.
     *
     * @param line told of each message, for a terminal
     */
    public static LocalMessages start(Consumer<String> line) {
        return new LocalMessages(WebhookReceiver.start(message ->
                line.accept("  Message    " + message.kind() + " to " + recipient(message) + "  " + content(message))));
    }

    /** Where they are shown. */
    public String url() {
        return "http://localhost:" + receiver.port() + "/";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "MESSAGE_WEBHOOK_URL",
                receiver.url("127.0.0.1").toString(),
                "MESSAGE_WEBHOOK_SECRET",
                receiver.secret());
    }

    @Override
    public void close() {
        receiver.close();
    }

    private List<Received> newestFirst() {
        return receiver.received().stream()
                .sorted(Comparator.comparing(Received::at).reversed())
                .toList();
    }

    private String json() {
        return Json.write(newestFirst().stream().map(Received::body).toList());
    }

    private String page() {
        return newestFirst().stream()
                .map(message -> "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                        .formatted(
                                message.at(),
                                escaped(message.kind()),
                                escaped(recipient(message)),
                                escaped(content(message))))
                .collect(Collectors.joining("\n", TOP, BOTTOM));
    }

    private static String recipient(Received message) {
        JsonNode email = message.body().at("/recipient/email");
        return email.isMissingNode() ? "whom it concerns" : email.asText();
    }

    /** What this message has beyond others: the token, for one. */
    private static String content(Received message) {
        return message.body().properties().stream()
                .filter(field -> !OF_EVERY_MESSAGE.contains(field.getKey()))
                .map(field -> field.getKey() + " "
                        + (field.getValue().isTextual() ? field.getValue().asText() : field.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** Only for who asks this machine under its own name: a page of the Internet, whose name could come to lead here, sees none of the tokens. */
    private static HttpHandler toThisMachine(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
                if (host.matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?")) {
                    handler.handle(exchange);
                } else {
                    WebhookReceiver.send(exchange, 403, "text/plain", "");
                }
            }
        };
    }

    private static void send(HttpExchange exchange, String mediaType, String text) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        WebhookReceiver.send(exchange, 200, mediaType, text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
