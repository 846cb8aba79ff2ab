package com.medspasync.clients;

/** What a client is to the practice. */
public enum ClientStatus {
    /** Comes, and is booked as anybody. */
    ACTIVE,
    /** Comes, and is treated with particular attention. */
    VIP,
    /** Does not come any more. */
    INACTIVE
}
