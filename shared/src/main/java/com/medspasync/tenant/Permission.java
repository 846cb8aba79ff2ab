package com.medspasync.tenant;

/** One thing a caller may do. {@link Permissions} says which role may. */
public enum Permission {
    CLIENT_READ,
    CLIENT_WRITE,
    CLIENT_DELETE,
    CLIENT_RESTORE,
    CLIENT_HISTORY,
    USER_READ,
    USER_WRITE,
    /** What the practice asks of its users: second factors, and how long sessions last. */
    ACCESS_POLICY,
    /** To see a client's whole record in an emergency, whatever the role. */
    EMERGENCY,
    EMERGENCY_REVIEW,
    MESSAGE_CHANNEL,
    KEY_ROTATE,
    KEY_SHRED,
    MASKED_COPY
}
