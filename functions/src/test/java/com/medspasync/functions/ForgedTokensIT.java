package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.token.TokenSettings;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody could send in place of an access token: all of it is 401, and told alike. */
class ForgedTokensIT {

    private static final TokenSettings OURS = TokenSettings.of("https://medspasync.example", "medspasync-api");

    private static TestPlatform platform;
    private static String good;
    private static String cookie;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(1);
        Answer login = ApiClient.logIn(platform.host(), "admin@glow.example");
        good = login.text("accessToken");
        cookie = login.header("Set-Cookie");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void token_thatIsNotOurs_isRefusedAlike() throws Exception {
        assertThat(ApiClient.withToken(platform.host(), good)
                        .get("/api/clients")
                        .status())
                .isEqualTo(200);
        assertThat(platform.tokenOf(good, OURS, Clock.systemUTC()))
                .as("the means of this test make good ones")
                .satisfies(token -> assertThat(ApiClient.withToken(platform.host(), token)
                                .get("/api/clients")
                                .status())
                        .isEqualTo(200));
        Map<String, String> forged = forged();

        assertThat(forged).hasSizeGreaterThan(14);
        forged.forEach((what, token) -> {
            Answer answer = ApiClient.withToken(platform.host(), token).get("/api/clients");
            assertThat(answer.status()).as(what).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .as(what)
                    .isEqualTo("Bearer realm=\"medspasync\", error=\"invalid_token\"");
        });
    }

    private static Map<String, String> forged() throws Exception {
        SignedJWT jwt = SignedJWT.parse(good);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        ECKey published = JWKSet.parse(ApiClient.stranger(platform.host())
                        .get("/api/auth/keys")
                        .response()
                        .body())
                .getKeyByKeyId(jwt.getHeader().getKeyID())
                .toECKey();
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("alg none", new PlainJWT(claims).serialize());
        forged.put(
                "alg none, with our header",
                part("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + published.getKeyID() + "\"}") + "."
                        + part(claims.toString()) + ".");
        forged.put(
                "HS256 with the public key's encoding",
                hmac(claims, published, published.toECPublicKey().getEncoded()));
        forged.put(
                "HS256 with the public key as a JWK",
                hmac(claims, published, published.toJSONString().getBytes(StandardCharsets.UTF_8)));
        forged.put("another audience", tokenOf(TokenSettings.of("https://medspasync.example", "other"), Duration.ZERO));
        forged.put(
                "another issuer", tokenOf(TokenSettings.of("https://evil.example", "medspasync-api"), Duration.ZERO));
        forged.put("expired", tokenOf(OURS, Duration.ofMinutes(-16)));
        forged.put("of the future", tokenOf(OURS, Duration.ofMinutes(5)));
        forged.put(
                "another key under our name",
                signed(claims, new ECKeyGenerator(Curve.P_256).generate(), published.getKeyID(), "at+jwt"));
        ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        forged.put(
                "another key under its own name",
                signed(claims, own, own.computeThumbprint().toString(), "at+jwt"));
        forged.put("another type", signed(claims, own, published.getKeyID(), "JWT"));
        String[] parts = good.split("\\.", -1);
        String operator = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"ADMIN\"", "\"OPERATOR\"");
        forged.put("another role under the same signature", parts[0] + "." + part(operator) + "." + parts[2]);
        forged.put(
                "another practice under the same signature",
                parts[0] + "."
                        + part(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                                .replaceFirst("\"tenant\":\"[^\"]+\"", "\"tenant\":\"" + UUID.randomUUID() + "\""))
                        + "." + parts[2]);
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("the refresh token", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        forged.put("cut off", good.substring(0, good.length() - 1));
        return forged;
    }

    private static String tokenOf(TokenSettings settings, Duration later) {
        return platform.tokenOf(good, settings, Clock.offset(Clock.systemUTC(), later));
    }

    private static String hmac(JWTClaimsSet claims, ECKey published, byte[] secret) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(published.getKeyID())
                        .build(),
                claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String signed(JWTClaimsSet claims, ECKey key, String kid, String type) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .keyID(kid)
                        .build(),
                claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
