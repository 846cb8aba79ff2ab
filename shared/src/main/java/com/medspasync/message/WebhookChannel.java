package com.medspasync.message;

import com.medspasync.message.MessageChannel.Delivery.Delivered;
import com.medspasync.message.MessageChannel.Delivery.Failed;
import com.medspasync.message.MessageChannel.Delivery.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Sends messages to a URL, signed as Standard Webhooks asks (standardwebhooks.com): the receiver tells by the signature that they come from here and are
 * fresh, and by the id that it has seen one before. Takes nine seconds at most. Thread-safe.
 */
public final class WebhookChannel implements MessageChannel {

    private final URI url;
    private final WebhookSecret secret;
    private final Poster poster;
    private final Clock clock;

    WebhookChannel(URI url, WebhookSecret secret, Poster poster, Clock clock) {
        this.url = url;
        this.secret = secret;
        this.poster = poster;
        this.clock = clock;
    }

    /** One that posts over TLS, and only to addresses of the open Internet. */
    public static WebhookChannel to(WebhookUrl url, WebhookSecret secret, Clock clock) {
        return new WebhookChannel(url.value(), secret, Poster.toTheInternet(), clock);
    }

    /** One that posts in the clear, and only to this machine: a developer's. */
    public static WebhookChannel onThisMachine(URI url, WebhookSecret secret, Clock clock) {
        return new WebhookChannel(url, secret, Poster.toThisMachine(), clock);
    }

    WebhookSecret secret() {
        return secret;
    }

    @Override
    public Delivery deliver(Message message) {
        String id = message.id().toString();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String body = message.json();
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "MedSpaSync-Webhooks/1",
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                secret.sign(id, timestamp, body));
        try {
            return answered(poster.post(url, headers, body.getBytes(StandardCharsets.UTF_8)));
        } catch (Poster.Forbidden e) {
            return new Failed("the host's name leads to an address that is not of the open Internet");
        } catch (SSLException e) {
            return new Failed("no trusted connection");
        } catch (IOException e) {
            return new Failed("no answer");
        }
    }

    /** A redirect is not followed, and comes and goes as servers are repaired. */
    private static Delivery answered(int status) {
        if (status < 300) {
            return new Delivered();
        }
        boolean permanent = status >= 400 && status < 500 && status != 408 && status != 429;
        String reason = "answered with " + status;
        return permanent ? new Refused(reason) : new Failed(reason);
    }

    /** Hides the secret, and the URL, which may hold one of the receiver's. */
    @Override
    public String toString() {
        return "WebhookChannel[" + url.getHost() + "]";
    }
}
