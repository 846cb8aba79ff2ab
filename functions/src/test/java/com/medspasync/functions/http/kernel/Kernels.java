package com.medspasync.functions.http.kernel;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Kernels whose access tokens are the names of roles. */
public final class Kernels {

    public static final PracticeId PRACTICE = new PracticeId(UUID.fromString("0190c6a1-0000-7000-8000-000000000001"));
    public static final UUID USER = UUID.fromString("0190c6a1-0000-7000-8000-000000000002");
    public static final UUID SESSION = UUID.fromString("0190c6a1-0000-7000-8000-000000000003");
    public static final UUID REQUEST = UUID.fromString("4fd0a1b2-c3d4-4e5f-8a6b-7c8d9e0f1a2b");
    public static final String ORIGIN = "https://app.example.com";

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

    private Kernels() {}

    public static Kernel open() {
        return new Kernel(new Kernel.Settings(List.of(ORIGIN), 1), Kernels::verify, () -> REQUEST, CLOCK, true);
    }

    private static AccessTokens.Verification verify(String token, Origin origin) {
        for (Role role : Role.values()) {
            if (role.name().equals(token)) {
                return new AccessTokens.Verification.Verified(
                        new Caller(PRACTICE, USER, role, SESSION, origin), CLOCK.instant(), false);
            }
        }
        return new AccessTokens.Verification.Rejected("EXPIRED");
    }
}
