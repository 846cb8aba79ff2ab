package com.medspasync.practices;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
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
            with changed as (
              update practices
              set second_factor_for = coalesce(:roles::text[], second_factor_for),
                session_idle_minutes = coalesce(:idle, session_idle_minutes), session_hours = coalesce(:hours, session_hours),
                version = version + 1, updated_at = now()
              where id = :practice::uuid and deleted_at is null and version = coalesce(:version, version)
              returning %s)
            select changed.*
            from (select id from practices where id = :practice::uuid and deleted_at is null) p
            left join changed on true""".formatted(COLUMNS));

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
     * Has what {@code patch} says hold from now on: for sessions that begin, and for the second factor with the next access token.
     *
     * @param version that the practice has to have; null for any
     */
    public AccessPolicyChange change(Caller caller, AccessPolicyPatch patch, @Nullable Integer version) {
        Set<Role> roles = patch.secondFactorFor();
        return database.first(
                        caller,
                        CHANGE.bind()
                                .texts(
                                        "roles",
                                        roles == null
                                                ? null
                                                : roles.stream()
                                                        .map(Role::stored)
                                                        .sorted()
                                                        .toList())
                                .integer("idle", patch.sessionIdleMinutes())
                                .integer("hours", patch.sessionHours())
                                .integer("version", version),
                        row -> outcome(caller, row))
                .orElseGet(AccessPolicyChange.NoPractice::new);
    }

    private static AccessPolicyChange outcome(Caller caller, Row row) {
        return row.integerOrNull("version") == null
                ? new AccessPolicyChange.Stale()
                : new AccessPolicyChange.Changed(policy(caller, row));
    }

    private static Versioned policy(Caller caller, Row row) {
        Set<Role> roles = row.texts("second_factor_for").stream()
                .map(role -> Role.of(caller.practice(), role))
                .collect(Collectors.toSet());
        return new Versioned(
                new AccessPolicy(roles, row.integer("session_idle_minutes"), row.integer("session_hours")),
                row.integer("version"));
    }
}
