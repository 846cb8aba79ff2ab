package com.medspasync.clients;

import com.medspasync.input.Parsed;
import java.time.LocalDate;

/** The day a client was born: in 1900 or after. */
public record DateOfBirth(LocalDate value) {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /** @throws IllegalArgumentException when {@code value} is earlier; the message does not repeat it */
    public DateOfBirth {
        if (value.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("a date of birth before " + EARLIEST);
        }
    }

    /**
     * Reads a date.
     *
     * @param today nobody is a client on the day of their birth or before
     */
    public static Parsed<DateOfBirth> parse(LocalDate date, LocalDate today) {
        if (!date.isBefore(today)) {
            return Parsed.invalid("future", "must be in the past");
        }
        return date.isBefore(EARLIEST)
                ? Parsed.invalid("range", "must not be before " + EARLIEST)
                : Parsed.valid(new DateOfBirth(date));
    }

    /** Hides the date. */
    @Override
    public String toString() {
        return "DateOfBirth[hidden]";
    }
}
