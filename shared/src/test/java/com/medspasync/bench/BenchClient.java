package com.medspasync.bench;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What both sides of {@link DatabaseBench} make of a row. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BenchClient(
        UUID id,
        String firstName,
        String lastName,
        String email,
        @Nullable String phone,
        byte @Nullable [] dateOfBirth,
        byte @Nullable [] ssn,
        byte @Nullable [] medicalHistory,
        String status,
        int version,
        Instant createdAt) {}
