package com.medspasync.clients;

import com.medspasync.database.ConstraintViolated;

/** What the database's constraints mean to a caller. */
final class ClientConstraints {

    private ClientConstraints() {}

    /** The field whose value another client has; throws {@code violated} on when that is not what it says. */
    static String takenField(ConstraintViolated violated) {
        if (violated.constraint().equals("clients_email_unique")) {
            return "/email";
        }
        throw violated;
    }
}
