package com.medspasync.appointments;

/** Where an appointment stands. {@link Transitions} says what may follow what. */
public enum AppointmentStatus {
    /** It is booked. */
    SCHEDULED,
    /** The client has said that they will come. */
    CONFIRMED,
    /** It will not be, or has not been. The staff member's time is free. */
    CANCELLED,
    /** The client was there. */
    COMPLETED
}
