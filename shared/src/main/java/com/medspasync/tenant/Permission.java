package com.medspasync.tenant;

/** One thing a caller may do. {@link Permissions} says which role may. */
public enum Permission {
    CLIENT_READ,
    CLIENT_WRITE,
    CLIENT_DELETE,
    CLIENT_RESTORE,
    CLIENT_HISTORY,
    /** The practice's own record: its name, hours and settings. */
    PRACTICE_READ,
    PRACTICE_WRITE,
    /** To take practices on and to close them. */
    PRACTICE_ADMIT,
    SERVICE_READ,
    SERVICE_WRITE,
    STAFF_READ,
    STAFF_WRITE,
    /** Appointments, and when one could be had. */
    APPOINTMENT_READ,
    APPOINTMENT_WRITE,
    /** To book outside working hours, or with somebody who does not offer the service; and to undo what is completed. */
    APPOINTMENT_OVERRIDE,
    APPOINTMENT_DELETE,
    APPOINTMENT_RESTORE,
    APPOINTMENT_HISTORY,
    /** To say that an appointment is paid, or that paying failed. */
    PAYMENT_WRITE,
    REPORT_READ,
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
