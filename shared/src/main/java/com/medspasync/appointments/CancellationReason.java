package com.medspasync.appointments;

/** Whose doing a cancellation is. */
public enum CancellationReason {
    /** The client said so. When it was too late by the practice's rules, the cancellation is marked as late. */
    CLIENT,
    /** The practice did. */
    PRACTICE,
    /** The client did not come, and had not said so. Only once the appointment should have begun. */
    NO_SHOW
}
