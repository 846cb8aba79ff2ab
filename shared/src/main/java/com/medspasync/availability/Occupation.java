package com.medspasync.availability;

/**
 * How long an appointment keeps a staff member occupied, in minutes.
 *
 * @param before buffer before the appointment
 * @param duration of the appointment itself
 * @param after buffer after it
 */
record Occupation(int before, int duration, int after) {

    int minutes() {
        return before + duration + after;
    }
}
