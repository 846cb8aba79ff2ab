package com.medspasync.notice;

/** What there is to tell. The names stand in the database and in messages. */
public enum NoticeKind {
    /** A user may choose a first password. The subject is the user. */
    INVITATION,
    /** A user may choose a new password. The subject is the user. */
    PASSWORD_RESET,
    /** Somebody has taken access beyond their role. The subject is that access. */
    BREAK_GLASS,
    /** An appointment is near. The subject is the appointment. */
    APPOINTMENT_REMINDER
}
