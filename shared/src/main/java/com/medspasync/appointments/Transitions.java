package com.medspasync.appointments;

import static com.medspasync.tenant.Permission.APPOINTMENT_OVERRIDE;
import static com.medspasync.tenant.Permission.APPOINTMENT_WRITE;
import static com.medspasync.tenant.Permission.PAYMENT_WRITE;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of what may follow what, and which permission it takes. That something stays as it is takes no more than the change of it would. The
 * switches have no default, so that a new state does not compile before its place in the table is decided.
 */
public final class Transitions {

    private Transitions() {}

    /** What it takes to have an appointment that is {@code from} become {@code to}; empty when nobody may. */
    public static Optional<Permission> needed(AppointmentStatus from, AppointmentStatus to) {
        return switch (to) {
            case SCHEDULED, CONFIRMED ->
                switch (from) {
                    case SCHEDULED, CONFIRMED, CANCELLED -> Optional.of(APPOINTMENT_WRITE);
                    case COMPLETED -> Optional.of(APPOINTMENT_OVERRIDE);
                };
            case COMPLETED ->
                switch (from) {
                    case SCHEDULED, CONFIRMED, COMPLETED -> Optional.of(APPOINTMENT_WRITE);
                    case CANCELLED -> Optional.empty();
                };
            case CANCELLED ->
                switch (from) {
                    case SCHEDULED, CONFIRMED, CANCELLED -> Optional.of(APPOINTMENT_WRITE);
                    case COMPLETED -> Optional.empty();
                };
        };
    }

    /** The same of payments: money that was taken is given back, or never was taken, only with leave to override. */
    public static Optional<Permission> needed(PaymentStatus from, PaymentStatus to) {
        return switch (to) {
            case PENDING ->
                switch (from) {
                    case PENDING, FAILED -> Optional.of(PAYMENT_WRITE);
                    case PAID -> Optional.of(APPOINTMENT_OVERRIDE);
                    case REFUNDED -> Optional.empty();
                };
            case PAID ->
                switch (from) {
                    case PENDING, PAID, FAILED -> Optional.of(PAYMENT_WRITE);
                    case REFUNDED -> Optional.of(APPOINTMENT_OVERRIDE);
                };
            case FAILED ->
                switch (from) {
                    case PENDING, FAILED -> Optional.of(PAYMENT_WRITE);
                    case PAID, REFUNDED -> Optional.empty();
                };
            case REFUNDED ->
                switch (from) {
                    case PAID, REFUNDED -> Optional.of(APPOINTMENT_OVERRIDE);
                    case PENDING, FAILED -> Optional.empty();
                };
        };
    }

    /** What it takes to change the price: of what was paid, leave to override. */
    public static Permission neededToPrice(PaymentStatus payment) {
        return switch (payment) {
            case PENDING, FAILED -> PAYMENT_WRITE;
            case PAID, REFUNDED -> APPOINTMENT_OVERRIDE;
        };
    }

    /** In which states of payment {@code caller} may change the price. */
    static Set<String> priced(Caller caller) {
        return from(PaymentStatus.values(), payment -> Optional.of(neededToPrice(payment)), caller);
    }

    /** From where {@code caller} may have an appointment become {@code to}. */
    static Set<String> into(AppointmentStatus to, Caller caller) {
        return from(AppointmentStatus.values(), from -> needed(from, to), caller);
    }

    /** From where {@code caller} may have a payment become {@code to}. */
    static Set<String> into(PaymentStatus to, Caller caller) {
        return from(PaymentStatus.values(), from -> needed(from, to), caller);
    }

    private static <S extends Enum<S>> Set<String> from(
            S[] states, Function<S, Optional<Permission>> needed, Caller caller) {
        return Arrays.stream(states)
                .filter(state -> needed.apply(state).map(caller::may).orElse(false))
                .map(Enum::name)
                .collect(Collectors.toSet());
    }
}
