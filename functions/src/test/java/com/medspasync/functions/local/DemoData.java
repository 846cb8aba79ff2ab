package com.medspasync.functions.local;

import com.medspasync.functions.AppSettings;
import com.medspasync.identity.OneTimeToken;
import java.util.List;
import java.util.Optional;

/** Fills an empty platform with practices, users and clients to try it on. */
public interface DemoData {

    /**
     * What there is to try.
     *
     * @param contents in a few words, such as "2 practices, 6,000 clients"
     * @param logins one line for each user
     */
    record Summary(String contents, List<String> logins) {}

    /**
     * Loads what is missing; a second call changes nothing.
     *
     * @param operatorToken with which the platform's first operator chooses a password; empty when that has happened
     */
    Summary load(AppSettings settings, Optional<OneTimeToken> operatorToken);
}
