package com.medspasync.practices;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What practices ask of their users. Each method is one round trip. Thread-safe. */
public final class AccessPolicies {

    private static final String COLUMNS = "second_factor_for, session_idle_minutes, session_hours, version";

    private static final Sql FIND = Sql.of("""
            select %s
            from practices
            where id = :practice::uuid and deleted_at is null""".formatted(COLUMNS));

    private static final Sql CHANGE = Sql.of("""
            update practices
            set second_factor_for = :roles::text[], session_idle_minutes = :idle, session_hours = :hours,
              version = version + 1, updated_at = now()
            where id = :practice::uuid and deleted_at is null and version = coalesce(:version, version)
            returning %s""".formatted(COLUMNS));

    private final PracticeDatabase database;

    /** A policy, and the version of the practice that it is part of. */
    public record Versioned(AccessPolicy policy, int version) {}

    public AccessPolicies(PracticeDatabase database) {
        this.database = database;
    }

    /** That of the caller's practice; empty when there is no such practice. */
    public Optional<Versioned> find(Caller caller) {
        return database.first(caller, FIND.bind(), row -> policy(caller, row));
    }

    /**
     * Has {@code policy} hold from now on: for sessions that begin, and for the second factor with the next access token.
     *
     * @param version that the practice has to have; null for any
     * @return empty when there is no such practice, or none of that version
     */
    public Optional<Versioned> change(Caller caller, AccessPolicy policy, @Nullable Integer version) {
        return database.first(
                caller,
                CHANGE.bind()
                        .texts("roles", stored(policy.secondFactorFor()))
                        .integer("idle", policy.sessionIdleMinutes())
                        .integer("hours", policy.sessionHours())
                        .integer("version", version),
                row -> policy(caller, row));
    }

    private static Versioned policy(Caller caller, Row row) {
        Set<Role> roles = row.texts("second_factor_for").stream()
                .map(role -> caller.practice().isPlatform() ? Role.OPERATOR : Role.valueOf(role))
                .collect(Collectors.toSet());
        return new Versioned(
                new AccessPolicy(roles, row.integer("session_idle_minutes"), row.integer("session_hours")),
                row.integer("version"));
    }

    /** Operators are stored as administrators of the platform's practice. */
    private static Collection<String> stored(Set<Role> roles) {
        return roles.isEmpty()
                ? List.of()
                : roles.stream()
                        .map(role -> role == Role.OPERATOR ? Role.ADMIN.name() : role.name())
                        .sorted()
                        .toList();
    }
}
