package com.medspasync.clients;

import com.medspasync.database.ConstraintViolated;

/** What the database's constraints mean to a caller. */
final class ClientConstraints {

    private ClientConstraints() {}

    /** The field whose value another client has; throws {@code violated} on when that is not what it says. */
    static String takenField(ConstraintViolated violated) {
        return switch (violated.constraint()) {
            case "clients_email_unique" -> "/email";
            case "clients_ssn_odd", "clients_ssn_even" -> "/ssn";
            default -> throw violated;
        };
    }
}
