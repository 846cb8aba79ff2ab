package com.medspasync.message;

import com.medspasync.contact.EmailAddress;
import java.util.UUID;

/** Whom a message is for: a user, who is reached at the address that they log in with. */
public record Recipient(UUID userId, EmailAddress email) {}
