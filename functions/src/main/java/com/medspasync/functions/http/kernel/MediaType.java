package com.medspasync.functions.http.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads Content-Type, as far as JSON needs it (RFC 9110, section 8.3). */
final class MediaType {

    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private MediaType() {}

    /**
     * The type without parameters in lower case. Empty when there is none, and when it names a charset other than UTF-8, which is
     * the only one that JSON travels in (RFC 8259, section 8.1).
     */
    static String of(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        if (semicolon < 0) {
            return contentType.strip().toLowerCase(Locale.ROOT);
        }
        String parameters = contentType
                .substring(semicolon)
                .toLowerCase(Locale.ROOT)
                .replace("\"", "")
                .replace(" ", "");
        int charset = parameters.indexOf(";charset=");
        boolean utf8 = charset < 0 || (parameters.startsWith("utf-8", charset + 9) && endsAt(parameters, charset + 14));
        return utf8 ? contentType.substring(0, semicolon).strip().toLowerCase(Locale.ROOT) : "";
    }

    private static boolean endsAt(String parameters, int at) {
        return at == parameters.length() || parameters.charAt(at) == ';';
    }
}
