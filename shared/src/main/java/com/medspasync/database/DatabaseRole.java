package com.medspasync.database;

/** The three roles of the database. */
public enum DatabaseRole {
    /** Owns everything. Row-level security does not bind it; only migrations act as it. */
    OWNER("medspasync_owner", true),
    /** Runs the HTTP functions' statements. Owns nothing and sees one practice at a time. */
    APP("medspasync_app", false),
    /** Runs queues, timers and backups. A member of {@link #OWNER}, which row-level security does not bind either. */
    MAINTENANCE("medspasync_maintenance", true);

    private final String roleName;
    private final boolean bypassesRowSecurity;

    DatabaseRole(String roleName, boolean bypassesRowSecurity) {
        this.roleName = roleName;
        this.bypassesRowSecurity = bypassesRowSecurity;
    }

    /** Its name in PostgreSQL: lower-case letters and underscores, which need no quotes. */
    public String roleName() {
        return roleName;
    }

    boolean bypassesRowSecurity() {
        return bypassesRowSecurity;
    }

    /** The statement after which a session acts as this role. */
    String assume() {
        return "set role " + roleName;
    }
}
