package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What another program needs to verify our tokens: the published keys and a JOSE library, and nothing of this code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenKeysIT {

    private TestPlatform platform;
    private ApiClient stranger;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        stranger = ApiClient.stranger(platform.host());
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void keys_readByAStranger_verifyATokenFromALogin() throws Exception {
        Answer login = ApiClient.logIn(platform.host(), "admin@glow.example");
        SignedJWT token = SignedJWT.parse(login.text("accessToken"));
        JWKSet keys = JWKSet.parse(stranger.get("/api/auth/keys").response().body());
        JWK key = keys.getKeyByKeyId(token.getHeader().getKeyID());

        assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    }

    @Test
    void keys_readByAStranger_arePublicAndMayBeCached() throws Exception {
        Answer answer = stranger.get("/api/auth/keys");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jwk-set+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(JWKSet.parse(answer.response().body()).getKeys())
                .isNotEmpty()
                .noneMatch(JWK::isPrivate);
    }
}
