package com.medspasync.functions.http.kernel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's headers, by lower-case name. The Functions host has already joined repeated ones with commas. */
final class Headers {

    private final Map<String, String> values;

    private Headers(Map<String, String> values) {
        this.values = values;
    }

    /** The host lower-cases names, so that nothing is copied; what calls us otherwise may not. */
    static Headers of(Map<String, String> headers) {
        for (String name : headers.keySet()) {
            if (name.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
                Map<String, String> lower = HashMap.newHashMap(headers.size());
                headers.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
                return new Headers(lower);
            }
        }
        return new Headers(headers);
    }

    @Nullable
    String get(String lowerCaseName) {
        return values.get(lowerCaseName);
    }
}
