package com.medspasync.appointments;

/** Whether an appointment is paid. {@link Transitions} says what may follow what. */
public enum PaymentStatus {
    PENDING,
    PAID,
    FAILED,
    REFUNDED
}
