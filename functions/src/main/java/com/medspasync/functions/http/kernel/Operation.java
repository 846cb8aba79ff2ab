package com.medspasync.functions.http.kernel;

import com.medspasync.tenant.Permission;
import org.jspecify.annotations.Nullable;

/**
 * One method of a resource.
 *
 * @param access who may
 * @param query whether it takes query parameters; where it does not, any is refused
 */
record Operation(Access access, boolean query, Handler handler) {

    /** Who may use an operation. */
    sealed interface Access {

        /** Everyone, logged in or not. */
        record Anonymous() implements Access {}

        /**
         * Whoever is logged in.
         *
         * @param fresh whether the caller has to have been proved a short time ago
         */
        record Authenticated(boolean fresh) implements Access {}

        /** Whose role has the permission. */
        record Permitted(Permission permission) implements Access {}
    }

    /** The permission that is asked for, if any. */
    @Nullable
    Permission permission() {
        return access instanceof Access.Permitted(Permission permission) ? permission : null;
    }
}
