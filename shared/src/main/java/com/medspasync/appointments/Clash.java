package com.medspasync.appointments;

import java.time.Instant;
import java.util.UUID;

/**
 * What takes a staff member's time.
 *
 * @param appointment the first that does
 * @param from when the staff member is taken by it, its buffers included
 * @param to when they are free again
 */
public record Clash(UUID appointment, Instant from, Instant to) {}
