package com.medspasync.functions.fault;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.ExpandableStringEnum;

/** What a storage service says of a request that it refuses. */
public final class StorageFaults {

    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

    private StorageFaults() {}

    /** Whether this is what it said. Where a call is bounded in time, the client wraps what that was. */
    public static boolean says(Throwable failure, ExpandableStringEnum<?> code) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException refused
                    && refused.getResponse() != null
                    && code.toString().equals(refused.getResponse().getHeaderValue(ERROR_CODE))) {
                return true;
            }
        }
        return false;
    }
}
