package com.medspasync.emergency;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.time.Duration;
import java.util.UUID;

/**
 * Whose record somebody has to see, and why.
 *
 * @param reason for who reviews it
 * @param time for how long, up to {@link #LONGEST}
 */
public record EmergencyRequest(UUID client, String reason, Duration time) {

    /** As long as an access token lives: who needs more asks again. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int MIN_REASON = 10;
    private static final int MAX_REASON = 1000;

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<EmergencyRequest> read(Fields in) {
        Given<UUID> client = in.uuid("clientId").required();
        Given<String> reason = in.lines("reason", MAX_REASON)
                .check(
                        text -> text.codePoints()
                                        .filter(Character::isLetterOrDigit)
                                        .count()
                                >= MIN_REASON,
                        "too-short",
                        "must say in at least " + MIN_REASON + " letters what the emergency is")
                .required();
        int minutes = in.integer("minutes", 1, (int) LONGEST.toMinutes()).or((int) LONGEST.toMinutes());
        return in.finish(() -> new EmergencyRequest(client.value(), reason.value(), Duration.ofMinutes(minutes)));
    }

    /** Without the reason, which may be about a person. */
    @Override
    public String toString() {
        return "EmergencyRequest[" + client + ", " + time + "]";
    }
}
