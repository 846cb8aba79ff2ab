package com.medspasync.token;

import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.Authenticated.Proof;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an access token claims about its user: {@code auth_time} and {@code amr} as RFC 9068 has them (the latter's values are those of
 * RFC 8176), {@code scope} where the token is good for one thing alone, and claims of our own.
 */
final class TokenClaims {

    private static final String TENANT = "tenant";
    private static final String ROLE = "role";
    private static final String SESSION = "sid";
    private static final String PROVED_AT = "auth_time";
    private static final String METHODS = "amr";
    private static final String SCOPE = "scope";
    private static final String EMERGENCY = "emergency";
    private static final String EMERGENCY_CLIENT = "emergency_client";

    private static final List<String> PASSWORD = List.of("pwd");
    private static final List<String> PASSWORD_AND_CODE = List.of("pwd", "otp");
    private static final String ENROLMENT = "second-factor-enrolment";

    private TokenClaims() {}

    static JWTClaimsSet.Builder of(Authenticated user) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(user.user().toString())
                .claim(TENANT, user.practice().toString())
                .claim(ROLE, user.role().name())
                .claim(SESSION, user.session().toString())
                .claim(PROVED_AT, user.proof().at().getEpochSecond())
                .claim(METHODS, user.proof().secondFactor() ? PASSWORD_AND_CODE : PASSWORD);
        if (user.enrolmentOnly()) {
            claims.claim(SCOPE, ENROLMENT);
        }
        Emergency emergency = user.emergency();
        if (emergency != null) {
            claims.claim(EMERGENCY, emergency.access().toString())
                    .claim(EMERGENCY_CLIENT, emergency.client().toString());
        }
        return claims;
    }

    /** Empty unless the claims are as {@link #of} writes them. */
    static Optional<Authenticated> read(JWTClaimsSet claims) {
        try {
            return Optional.of(new Authenticated(
                    new PracticeId(id(claims.getStringClaim(TENANT))),
                    id(claims.getSubject()),
                    Role.valueOf(required(claims.getStringClaim(ROLE))),
                    id(claims.getStringClaim(SESSION)),
                    proof(claims),
                    enrolmentOnly(claims.getStringClaim(SCOPE)),
                    emergency(claims)));
        } catch (ParseException | IllegalArgumentException _notAsWeWriteThem) {
            return Optional.empty();
        }
    }

    private static Proof proof(JWTClaimsSet claims) throws ParseException {
        Long at = claims.getLongClaim(PROVED_AT);
        List<String> methods = claims.getStringListClaim(METHODS);
        boolean secondFactor = PASSWORD_AND_CODE.equals(methods);
        if (at == null || (!secondFactor && !PASSWORD.equals(methods))) {
            throw new IllegalArgumentException("how the user was proved is not said");
        }
        return new Proof(Instant.ofEpochSecond(at), secondFactor);
    }

    private static boolean enrolmentOnly(@Nullable String scope) {
        if (scope != null && !scope.equals(ENROLMENT)) {
            throw new IllegalArgumentException("an unknown scope");
        }
        return scope != null;
    }

    private static @Nullable Emergency emergency(JWTClaimsSet claims) throws ParseException {
        String access = claims.getStringClaim(EMERGENCY);
        return access == null ? null : new Emergency(id(access), id(claims.getStringClaim(EMERGENCY_CLIENT)));
    }

    private static UUID id(@Nullable String text) {
        return UUID.fromString(required(text));
    }

    private static String required(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("a claim is missing");
        }
        return text;
    }
}
