package com.medspasync.tenant;

/** One thing a caller may do. {@link Permissions} says which role may. */
public enum Permission {
    CLIENT_READ,
    CLIENT_WRITE,
    CLIENT_DELETE,
    CLIENT_RESTORE,
    CLIENT_HISTORY,
    MESSAGE_CHANNEL,
    KEY_ROTATE,
    KEY_SHRED,
    MASKED_COPY
}
