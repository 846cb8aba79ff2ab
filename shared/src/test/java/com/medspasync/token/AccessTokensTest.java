package com.medspasync.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.Authenticated.Proof;
import com.medspasync.token.Verification.Reason;
import com.medspasync.token.Verification.Rejected;
import com.medspasync.token.Verification.Verified;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
    private static final TokenSettings SETTINGS = TokenSettings.of("https://medspasync.example", "medspasync-api");
    private static final Authenticated USER = new Authenticated(
            new PracticeId(UUID.randomUUID()),
            UUID.randomUUID(),
            Role.MANAGER,
            UUID.randomUUID(),
            new Authenticated.Proof(Instant.EPOCH, false),
            false,
            null);

    private final MovableClock clock = new MovableClock(START);
    private final SigningKey key = SigningKey.generate(START, START.plus(Duration.ofDays(365)));
    private final HeldKeys keys = new HeldKeys(key);
    private final AccessTokens tokens = new AccessTokens(keys, SETTINGS, clock);

    @Test
    void verify_anIssuedToken_givesItsUser() {
        AccessTokens.Issued issued = tokens.issue(USER);

        assertThat(issued.expiresIn()).isEqualTo(Duration.ofMinutes(15));
        assertThat(issued.token().length()).isLessThan(700);
        assertThat(tokens.verify(issued.token())).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.user()).isEqualTo(USER);
            assertThat(verified.kid()).isEqualTo(key.kid());
            assertThat(verified.expiresAt()).isEqualTo(START.plus(Duration.ofMinutes(15)));
        });
    }

    @Test
    void issue_eachTime_namesAnotherToken() {
        assertThat(verified(tokens.issue(USER).token()).tokenId())
                .isNotEqualTo(verified(tokens.issue(USER).token()).tokenId());
    }

    @Test
    void issue_checkedByTheJdkAlone_isAnEs256Jwt() throws Exception {
        String[] parts = tokens.issue(USER).token().split("\\.", -1);
        Signature es256 = Signature.getInstance("SHA256withECDSAinP1363Format");
        es256.initVerify(key.publicKey());
        es256.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        assertThat(es256.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(decoded(parts[0])).contains("\"alg\":\"ES256\"", "\"typ\":\"at+jwt\"", key.kid());
        assertThat(decoded(parts[1])).contains("\"iss\":\"https://medspasync.example\"", "\"aud\":\"medspasync-api\"");
    }

    @Test
    void verify_algNone_isRejected() {
        String[] parts = tokens.issue(USER).token().split("\\.", -1);
        String header = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"" + key.kid() + "\"}")
                .toString();

        assertThat(tokens.verify(header + "." + parts[1] + ".")).isEqualTo(new Rejected(Reason.MALFORMED));
        assertThat(tokens.verify(header + "." + parts[1] + "." + parts[2])).isEqualTo(new Rejected(Reason.MALFORMED));
    }

    @Test
    void verify_hs256KeyedWithThePublicKey_isRejected() throws Exception {
        for (byte[] secret : new byte[][] {
            key.publicKey().getEncoded(),
            new ECKey.Builder(Curve.P_256, key.publicKey())
                    .build()
                    .toJSONString()
                    .getBytes(StandardCharsets.UTF_8)
        }) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(key.kid())
                    .build();
            assertThat(tokens.verify(signed(header, claims(), new MACSigner(secret))))
                    .isEqualTo(new Rejected(Reason.ALGORITHM));
        }
    }

    @Test
    void verify_anotherType_isRejected() {
        assertThat(tokens.verify(with(header -> header.type(JOSEObjectType.JWT))))
                .isEqualTo(new Rejected(Reason.TYPE));
        assertThat(tokens.verify(with(header -> header.type(null)))).isEqualTo(new Rejected(Reason.HEADER));
    }

    @Test
    void verify_aHeaderThatBringsItsOwnKey_isRejected() {
        SigningKey own = SigningKey.generate(START, START.plusSeconds(60));
        ECKey jwk = new ECKey.Builder(Curve.P_256, own.publicKey()).build();
        JWSHeader embedded = header().jwk(jwk).build();
        JWSHeader linked =
                header().jwkURL(URI.create("https://attacker.example/jwks")).build();

        assertThat(tokens.verify(signed(embedded, claims(), own))).isEqualTo(new Rejected(Reason.HEADER));
        assertThat(tokens.verify(signed(linked, claims(), own))).isEqualTo(new Rejected(Reason.HEADER));
    }

    @Test
    void verify_anotherKey_isRejected() {
        SigningKey other = SigningKey.generate(START, START.plusSeconds(3600));
        JWSHeader unknown = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TokenReader.TYPE)
                .keyID(other.kid())
                .build();

        assertThat(tokens.verify(signed(unknown, claims(), other))).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
        assertThat(tokens.verify(signed(header().build(), claims(), other))).isEqualTo(new Rejected(Reason.SIGNATURE));
    }

    @Test
    void verify_anyCharacterChanged_isRejected() {
        String token = tokens.issue(USER).token();
        assertThat(tokens.verify(token)).isInstanceOf(Verified.class);
        for (int i = 0; i < token.length(); i++) {
            char changed = token.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = token.substring(0, i) + changed + token.substring(i + 1);
            assertThat(tokens.verify(tampered)).as("character %d", i).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void verify_theSignatureSpeltDifferently_isRejected() {
        String token = tokens.issue(USER).token();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        // The lowest four bits of the last character carry nothing.
        String respelt = token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);

        assertThat(tokens.verify(respelt)).isEqualTo(new Rejected(Reason.SIGNATURE));
        assertThat(tokens.verify(token + "=")).isEqualTo(new Rejected(Reason.MALFORMED));
    }

    @Test
    void verify_aSignatureOfZeros_isRejected() {
        String[] parts = tokens.issue(USER).token().split("\\.", -1);

        assertThat(tokens.verify(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64])))
                .isEqualTo(new Rejected(Reason.SIGNATURE));
    }

    @Test
    void verify_anotherIssuerOrAudience_isRejected() {
        assertThat(tokens.verify(claiming(c -> c.issuer("https://other.example"))))
                .isEqualTo(new Rejected(Reason.ISSUER));
        assertThat(tokens.verify(claiming(c -> c.issuer(null)))).isEqualTo(new Rejected(Reason.ISSUER));
        assertThat(tokens.verify(claiming(c -> c.audience("other-api")))).isEqualTo(new Rejected(Reason.AUDIENCE));
        assertThat(tokens.verify(claiming(c -> c.audience((String) null)))).isEqualTo(new Rejected(Reason.AUDIENCE));
    }

    @Test
    void verify_aroundItsExpiry_endsAfterTheSkew() {
        String token = tokens.issue(USER).token();
        clock.forward(Duration.ofMinutes(15).plusSeconds(29));
        assertThat(tokens.verify(token)).isInstanceOf(Verified.class);

        clock.forward(Duration.ofSeconds(1));
        assertThat(tokens.verify(token)).as("remembered").isEqualTo(new Rejected(Reason.EXPIRED));
        assertThat(new AccessTokens(keys, SETTINGS, clock).verify(token))
                .as("read anew")
                .isEqualTo(new Rejected(Reason.EXPIRED));
    }

    @Test
    void verify_fromTheFuture_isRejectedBeyondTheSkew() {
        String ahead = claiming(c -> c.notBeforeTime(Date.from(START.plusSeconds(31))));
        assertThat(tokens.verify(ahead)).isEqualTo(new Rejected(Reason.NOT_YET_VALID));
        assertThat(tokens.verify(claiming(c -> c.issueTime(Date.from(START.plusSeconds(31))))))
                .isEqualTo(new Rejected(Reason.NOT_YET_VALID));

        clock.forward(Duration.ofSeconds(1));
        assertThat(tokens.verify(ahead)).isInstanceOf(Verified.class);
    }

    @Test
    void verify_livingLongerThanOurs_isRejected() {
        assertThat(tokens.verify(claiming(c -> c.expirationTime(Date.from(START.plusSeconds(901))))))
                .isEqualTo(new Rejected(Reason.CLAIMS));
    }

    @Test
    void verify_withoutAClaim_isRejected() {
        for (String claim :
                new String[] {"sub", "tenant", "role", "sid", "jti", "auth_time", "amr", "iat", "nbf", "exp"}) {
            assertThat(tokens.verify(claiming(c -> c.claim(claim, null))))
                    .as("without %s", claim)
                    .isEqualTo(new Rejected(Reason.CLAIMS));
        }
    }

    @Test
    void verify_aPracticesUserAsOperator_isRejected() {
        assertThat(tokens.verify(claiming(c -> c.claim("role", "OPERATOR")))).isEqualTo(new Rejected(Reason.CLAIMS));
        assertThatThrownBy(() -> new Authenticated(
                        PracticeId.PLATFORM, USER.user(), Role.ADMIN, USER.session(), USER.proof(), false, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void verify_saysHowTheUserWasProvedAndWhatForTheTokenIs() {
        Emergency leave = new Emergency(UUID.randomUUID(), UUID.randomUUID());
        Authenticated proved = new Authenticated(
                USER.practice(),
                USER.user(),
                USER.role(),
                USER.session(),
                new Proof(START.minusSeconds(40).plusMillis(300), true),
                true,
                leave);

        assertThat(verified(tokens.issue(proved).token()).user()).isEqualTo(proved);
        assertThat(proved.proof().at()).isEqualTo(START.minusSeconds(40));
        assertThat(verified(tokens.issue(USER).token()).user()).isEqualTo(USER);
    }

    @Test
    void issue_forLessThanALifetime_expiresThen() {
        AccessTokens.Issued issued = tokens.issue(USER, Duration.ofMinutes(4));

        assertThat(issued.expiresIn()).isEqualTo(Duration.ofMinutes(4));
        assertThat(verified(issued.token()).expiresAt()).isEqualTo(START.plus(Duration.ofMinutes(4)));
        assertThat(tokens.issue(USER, Duration.ofDays(1)).expiresIn()).isEqualTo(SETTINGS.lifetime());
    }

    @Test
    void verify_ofAnUnknownScopeOrMethod_isRejected() {
        assertThat(tokens.verify(claiming(c -> c.claim("scope", "everything")))).isEqualTo(new Rejected(Reason.CLAIMS));
        assertThat(tokens.verify(claiming(c -> c.claim("amr", List.of("otp"))))).isEqualTo(new Rejected(Reason.CLAIMS));
        assertThat(tokens.verify(claiming(c -> c.claim("amr", "pwd")))).isEqualTo(new Rejected(Reason.CLAIMS));
        assertThat(tokens.verify(claiming(c -> c.claim("emergency", "x")))).isEqualTo(new Rejected(Reason.CLAIMS));
        assertThat(tokens.verify(
                        claiming(c -> c.claim("emergency", UUID.randomUUID().toString()))))
                .isEqualTo(new Rejected(Reason.CLAIMS));
    }

    @Test
    void verify_garbage_isRejected() {
        for (String garbage :
                new String[] {"", ".", "..", "a.b.c", "a.b", "a.b.c.d", "e30.e30.e30", "\u0000.\u00e9.\n"}) {
            assertThat(tokens.verify(garbage)).as(garbage).isInstanceOf(Rejected.class);
        }
        String token = tokens.issue(USER).token();
        assertThat(tokens.verify(token + "\n")).isEqualTo(new Rejected(Reason.MALFORMED));
        assertThat(tokens.verify(" " + token)).isEqualTo(new Rejected(Reason.MALFORMED));
    }

    @Test
    void verify_oversized_isRejectedWithoutReadingIt() {
        String padded = claiming(c -> c.claim("padding", "x".repeat(2048)));

        assertThat(padded.length()).isGreaterThan(2048);
        assertThat(tokens.verify(padded)).isEqualTo(new Rejected(Reason.MALFORMED));
        assertThat(tokens.verify("e".repeat(10_000_000))).isEqualTo(new Rejected(Reason.MALFORMED));
    }

    @Test
    void verify_afterANewKeyTookOver_stillAcceptsTheOldOnes() {
        String old = tokens.issue(USER).token();
        keys.add(SigningKey.generate(START, START.plus(Duration.ofDays(365))));

        assertThat(verified(tokens.issue(USER).token()).kid()).isNotEqualTo(key.kid());
        assertThat(new AccessTokens(keys, SETTINGS, clock).verify(old)).isInstanceOf(Verified.class);
    }

    @Test
    void verify_rememberedButItsKeyWithdrawn_isRejected() {
        String token = tokens.issue(USER).token();
        assertThat(tokens.verify(token)).isInstanceOf(Verified.class);
        keys.withdraw(key);

        assertThat(tokens.verify(token)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void toString_ofWhatHoldsSecrets_hidesThem() {
        AccessTokens.Issued issued = tokens.issue(USER);

        assertThat(issued.toString()).doesNotContain(issued.token());
        assertThat(key.toString())
                .isEqualTo("SigningKey[" + key.kid() + ", 2026-03-01T09:00:00Z to 2027-03-01T09:00:00Z]");
    }

    private Verified verified(String token) {
        return (Verified) tokens.verify(token);
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.kid());
    }

    private String with(Consumer<JWSHeader.Builder> change) {
        JWSHeader.Builder header = header();
        change.accept(header);
        return signed(header.build(), claims(), key);
    }

    private String claiming(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder(claims());
        change.accept(claims);
        return signed(header().build(), claims.build(), key);
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(SETTINGS.issuer())
                .audience(SETTINGS.audience())
                .subject(USER.user().toString())
                .claim("tenant", USER.practice().toString())
                .claim("role", USER.role().name())
                .claim("sid", USER.session().toString())
                .claim("auth_time", USER.proof().at().getEpochSecond())
                .claim("amr", List.of("pwd"))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(START))
                .notBeforeTime(Date.from(START))
                .expirationTime(Date.from(START.plusSeconds(900)))
                .build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, SigningKey key) {
        try {
            return signed(header, claims, new ECDSASigner(key.privateKey(), Curve.P_256));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
