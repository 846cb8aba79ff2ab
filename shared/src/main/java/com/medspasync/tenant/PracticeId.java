package com.medspasync.tenant;

import java.util.UUID;

/** The tenant: one medical spa practice. Every row of every tenant-owned table carries it. */
public record PracticeId(UUID value) {

    /** Owns what belongs to no practice: the platform's operators, and the audit of logins by unknown users. */
    public static final PracticeId PLATFORM = new PracticeId(new UUID(0, 0));

    public boolean isPlatform() {
        return equals(PLATFORM);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
