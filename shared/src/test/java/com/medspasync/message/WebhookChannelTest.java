package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.keyvault.LoopbackNames;
import com.medspasync.keyvault.LoopbackTls;
import com.medspasync.message.MessageChannel.Delivery;
import com.medspasync.message.MessageChannel.Delivery.Delivered;
import com.medspasync.message.MessageChannel.Delivery.Failed;
import com.medspasync.message.MessageChannel.Delivery.Refused;
import com.medspasync.tenant.PracticeId;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

    private static final String HOST = "hook" + LoopbackNames.SUFFIX;
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static final LoopbackTls TLS = LoopbackTls.create();

    private final WebhookReceiver receiver = WebhookReceiver.start(TLS.context());

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void deliver_message_isJsonThatTheReceiverVerifies() throws IOException {
        Message message = Messages.reset();
        assertThat(toLoopback(HOST).deliver(message)).isEqualTo(new Delivered());

        assertThat(receiver.received()).singleElement().satisfies(received -> {
            assertThat(received.id()).isEqualTo(message.id().toString());
            assertThat(received.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("host", HOST + ":" + receiver.port());
            assertThat(received.body())
                    .isEqualTo(new ObjectMapper().readTree("""
                    {"id": "%s", "kind": "PASSWORD_RESET", "practiceId": "%s", "createdAt": "2026-11-23T09:00:00.123456Z",
                     "recipient": {"userId": "00000000-0000-0001-0000-000000000002", "email": "ada@example.com"},
                     "token": "t0ken", "expiresAt": "2026-11-23T10:00:00Z"}""".formatted(message.id(), message.practice())));
        });
    }

    @Test
    void deliver_underAnotherSecret_isNotTakenByTheReceiver() {
        WebhookSecret other =
                WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
        var channel = new WebhookChannel(receiver.url(HOST), other, loopback(), Clock.systemUTC());
        assertThat(channel.deliver(Messages.reset())).isEqualTo(new Refused("answered with 401"));
        assertThat(receiver.received()).isEmpty();
        assertThat(receiver.refused()).isEqualTo(1);
    }

    /** What a practice may choose: its name leads here, and nobody here is spoken to. */
    @Test
    void deliver_byTheProductionRule_refusesANameThatLeadsToThisMachine() {
        WebhookChannel channel = WebhookChannel.to(new WebhookUrl(receiver.url(HOST)), secret(), Clock.systemUTC());
        assertThat(channel.deliver(Messages.reset()))
                .isEqualTo(new Failed("the host's name leads to an address that is not of the open Internet"));
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void deliver_redirect_isNotFollowed(int status) {
        AtomicInteger followed = new AtomicInteger();
        receiver.serve("/elsewhere", exchange -> {
            followed.incrementAndGet();
            WebhookReceiver.send(exchange, 200, "text/plain", "");
        });
        receiver.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://" + HOST + ":" + receiver.port() + "/elsewhere");
            WebhookReceiver.send(exchange, status, "text/plain", "");
        });
        assertThat(toLoopback(HOST).deliver(Messages.reset())).isEqualTo(new Failed("answered with " + status));
        assertThat(followed).hasValue(0);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void deliver_statusesOfTheReceiver_sayWhetherToTryAgain() {
        for (int passing : new int[] {500, 502, 503, 408, 429}) {
            assertThat(answered(passing)).isEqualTo(new Failed("answered with " + passing));
        }
        for (int lasting : new int[] {400, 401, 404, 410, 422}) {
            assertThat(answered(lasting)).isEqualTo(new Refused("answered with " + lasting));
        }
        for (int good : new int[] {200, 201, 202, 204}) {
            assertThat(answered(good)).isEqualTo(new Delivered());
        }
    }

    private Delivery answered(int status) {
        receiver.answer(status);
        return toLoopback(HOST).deliver(Messages.reset());
    }

    @Test
    void deliver_receiverThatHangsUp_fails() {
        receiver.answer(HttpExchange::close);
        assertThat(toLoopback(HOST).deliver(Messages.reset())).isEqualTo(new Failed("no answer"));
        // Nothing on the way sends it again by itself.
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void deliver_certificateOfAnotherNameOrIssuer_isNotTrusted() {
        Failed untrusted = new Failed("no trusted connection");
        InetAddress here = InetAddress.getLoopbackAddress();
        Poster otherName = new Poster(
                host -> new InetAddress[] {here}, address -> true, TLS.context().getSocketFactory(), AMPLE, AMPLE);
        URI elsewhere = receiver.url("hook.example");
        assertThat(new WebhookChannel(elsewhere, secret(), otherName, Clock.systemUTC()).deliver(Messages.reset()))
                .isEqualTo(untrusted);

        Poster otherIssuer = new Poster(
                InetAddress::getAllByName,
                address -> true,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                AMPLE,
                AMPLE);
        assertThat(new WebhookChannel(receiver.url(HOST), secret(), otherIssuer, Clock.systemUTC())
                        .deliver(Messages.reset()))
                .isEqualTo(untrusted);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void message_whoseContentNamesWhatEveryMessageHas_isRefused_andNoneShowsWhatItSays() {
        for (String own : new String[] {"id", "kind", "practiceId", "createdAt", "recipient"}) {
            Map<String, Object> content = Map.of(own, "forged");
            assertThatThrownBy(() -> new Message(
                            UUID.randomUUID(), "X", new PracticeId(UUID.randomUUID()), Instant.EPOCH, null, content))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("forged");
        }
        assertThat(Messages.reset().toString()).doesNotContain("t0ken", "ada");
        assertThat(toLoopback(HOST).toString()).doesNotContain(WebhookReceiver.PATH, receiver.secret());
    }

    private WebhookSecret secret() {
        return WebhookSecret.parse(receiver.secret()).orElseThrow();
    }

    private WebhookChannel toLoopback(String host) {
        return new WebhookChannel(receiver.url(host), secret(), loopback(), Clock.systemUTC());
    }

    private static Poster loopback() {
        return new Poster(
                InetAddress::getAllByName,
                InetAddress::isLoopbackAddress,
                TLS.context().getSocketFactory(),
                AMPLE,
                AMPLE);
    }
}
