package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions over HTTP, on two instances of the app. */
class SessionsIT {

    private static final String[] OWN_PAGE = {"X-CSRF-Protection", "1"};

    private static TestPlatform platform;
    private static LocalHost second;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(3);
        second = platform.newHost(Map.of());
    }

    @AfterAll
    static void stop() {
        second.close();
        platform.close();
    }

    @Test
    void refresh_withTheCookie_givesANewTokenAndCookie_onAnyInstance() {
        Answer login = login("staff@glow.example");
        String cookie = login.header("Set-Cookie");
        assertThat(cookie)
                .matches(
                        "__Host-refresh=[A-Za-z0-9_-]{128}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=43[0-9]{3}");

        Answer refreshed = refresh(second, value(cookie));

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.body().path("expiresIn").asInt()).isEqualTo(900);
        assertThat(value(refreshed.header("Set-Cookie"))).isNotEqualTo(value(cookie));
        ApiClient client = ApiClient.withToken(platform.host(), refreshed.text("accessToken"));
        assertThat(client.get("/api/auth/me").text("email")).isEqualTo("staff@glow.example");
    }

    @Test
    void refresh_twiceAtOnceOnTwoInstances_isOneNewTokenAndOneConflict() throws Exception {
        String cookie = value(login("staff@glow.example").header("Set-Cookie"));
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (LocalHost host : List.of(platform.host(), second)) {
                answers.add(threads.submit((Callable<Answer>) () -> refresh(host, cookie)));
            }
        }

        assertThat(answers.stream().map(answer -> answer.resultNow().status()).toList())
                .containsExactlyInAnyOrder(200, 409);
        Answer winner = answers.stream()
                .map(Future::resultNow)
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(refresh(second, value(winner.header("Set-Cookie"))).status()).isEqualTo(200);
    }

    @Test
    void refresh_withACookieThatWasUsedBefore_endsTheSessionEverywhere() {
        Answer login = login("staff@glow.example");
        String stolen = value(login.header("Set-Cookie"));
        String next = value(refresh(platform.host(), stolen).header("Set-Cookie"));
        String last = value(refresh(platform.host(), next).header("Set-Cookie"));

        Answer again = refresh(second, stolen);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.header("Set-Cookie")).startsWith("__Host-refresh=;").endsWith("Max-Age=0");
        assertThat(refresh(platform.host(), last).status()).isEqualTo(401);
        ApiClient client = ApiClient.withToken(second, login.text("accessToken"));
        Answer refused = client.get("/api/clients");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void refresh_fromAnotherSitesPage_isRefusedAndUsesNothingUp() {
        String cookie = value(login("staff@glow.example").header("Set-Cookie"));
        ApiClient browser = ApiClient.stranger(platform.host());
        String[] header = {"Cookie", "__Host-refresh=" + cookie};

        assertThat(browser.post("/api/auth/refresh", null, header).status())
                .as("as a form would send it")
                .isEqualTo(400);
        assertThat(browser.post("/api/auth/refresh", null, with(header, "Origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/api/auth/refresh", null, with(header, "Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/api/auth/logout", null, with(header, "Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.post("/api/auth/refresh", null, with(header, "Sec-Fetch-Site", "same-site"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void logout_endsTheSessionOnTheOtherInstanceWithTheNextRequest() {
        Answer login = login("manager@glow.example");
        ApiClient elsewhere = ApiClient.withToken(second, login.text("accessToken"));
        assertThat(elsewhere.get("/api/clients").status()).isEqualTo(200);

        Answer out = ApiClient.stranger(platform.host())
                .post("/api/auth/logout", null, cookie(value(login.header("Set-Cookie"))));

        assertThat(out.status()).isEqualTo(204);
        assertThat(elsewhere.get("/api/clients").status()).isEqualTo(401);
        assertThat(elsewhere.get("/api/auth/me").status()).isEqualTo(401);
    }

    @Test
    void sessions_areListedAndEndedByTheirUser() {
        ApiClient here = ApiClient.login(platform.host(), "practitioner@glow.example");
        ApiClient there = ApiClient.login(second, "practitioner@glow.example");
        JsonNode sessions = here.get("/api/auth/sessions").body().path("value");
        assertThat(sessions).hasSizeGreaterThanOrEqualTo(2);
        String other = "";
        for (JsonNode session : there.get("/api/auth/sessions").body().path("value")) {
            if (session.path("current").asBoolean()) {
                other = session.path("id").asText();
                assertThat(session.path("userAgent").asText()).isEqualTo("api-test");
            }
        }

        assertThat(here.send("DELETE", "/api/auth/sessions/" + other, null).status())
                .isEqualTo(204);

        assertThat(there.get("/api/clients").status()).isEqualTo(401);
        assertThat(here.get("/api/clients").status()).isEqualTo(200);
        assertThat(ApiClient.login(platform.host(), "admin@radiance.example")
                        .send("DELETE", "/api/auth/sessions/" + other, null)
                        .status())
                .as("of another practice")
                .isEqualTo(204);
    }

    @Test
    void authenticator_isSetUpAskedForAndGivenUp() {
        ApiClient client = ApiClient.login(platform.host(), "staff@radiance.example");
        Answer begun = client.post("/api/auth/authenticator", null);
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.text("uri")).startsWith("otpauth://totp/MedSpaSync%20Pro:staff%40radiance.example?secret=");
        Authenticator authenticator = new Authenticator(begun.text("secret"));
        assertThat(client.post("/api/auth/authenticator/confirm", "{\"code\":\"000000\"}")
                        .status())
                .isEqualTo(400);
        Answer confirmed =
                client.post("/api/auth/authenticator/confirm", "{\"code\":\"" + authenticator.next() + "\"}");
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.body().path("recoveryCodes")).hasSize(10);

        Answer first = login("staff@radiance.example");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.response().headers().firstValue("Set-Cookie")).isEmpty();
        String ticket = first.text("ticket");
        ApiClient stranger = ApiClient.stranger(second);
        assertThat(stranger.post("/api/auth/second-factor", "{\"ticket\":\"" + ticket + "\",\"code\":\"000000\"}")
                        .status())
                .isEqualTo(401);
        Answer in = stranger.post(
                "/api/auth/second-factor",
                "{\"ticket\":\"" + ticket + "\",\"recoveryCode\":\""
                        + confirmed.body().path("recoveryCodes").get(4).asText() + "\"}");
        assertThat(in.status()).isEqualTo(200);
        ApiClient proved = ApiClient.withToken(platform.host(), in.text("accessToken"));
        assertThat(proved.get("/api/auth/me").body().path("secondFactor").asBoolean())
                .isTrue();
        assertThat(proved.send("DELETE", "/api/auth/authenticator", null).status())
                .isEqualTo(204);
        assertThat(login("staff@radiance.example").status()).isEqualTo(200);
    }

    @Test
    void stepUp_beforeTheSecondFactorIsSetUp_opensNothing() {
        ApiClient admin = ApiClient.login(platform.host(), "admin@radiance.example");
        setSecondFactorFor(admin, "\"PRACTITIONER\"");
        try {
            Answer login = login("practitioner@radiance.example");
            assertThat(login.body().path("secondFactorRequired").asBoolean()).isTrue();
            ApiClient limited = ApiClient.withToken(second, login.text("accessToken"));
            assertThat(limited.get("/api/clients").text("code")).isEqualTo("second-factor-required");

            Answer proved = limited.post("/api/auth/step-up", "{\"password\":\"" + DemoPractices.PASSWORD + "\"}");

            assertThat(proved.status()).isEqualTo(200);
            ApiClient still = ApiClient.withToken(second, proved.text("accessToken"));
            assertThat(still.get("/api/clients").text("code")).isEqualTo("second-factor-required");
            Answer refreshed = refresh(second, value(login.header("Set-Cookie")));
            assertThat(ApiClient.withToken(second, refreshed.text("accessToken"))
                            .get("/api/clients")
                            .text("code"))
                    .isEqualTo("second-factor-required");
        } finally {
            setSecondFactorFor(admin, "");
        }
    }

    private static void setSecondFactorFor(ApiClient admin, String roles) {
        String etag = admin.get("/api/access-policy").header("ETag");
        assertThat(admin.send("PATCH", "/api/access-policy", "{\"secondFactorFor\":[" + roles + "]}", "If-Match", etag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keyWork_longAfterTheLogin_asksForAProof() {
        Answer login = login(DemoPractices.OPERATOR);
        String aged = platform.agedToken(login.text("accessToken"));
        ApiClient operator = ApiClient.withToken(platform.host(), aged);
        String body =
                "{\"kind\":\"PRACTICE\",\"practiceId\":\"0190a000-0000-7000-8000-000000000009\",\"reason\":\"x\"}";

        Answer refused = operator.post("/api/key-shreddings", body);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("code")).isEqualTo("step-up-required");
        assertThat(refused.header("WWW-Authenticate"))
                .contains("error=\"insufficient_user_authentication\"", "max_age=\"300\"");
        assertThat(operator.get("/api/key-shreddings").status())
                .as("looking is free")
                .isEqualTo(200);
        assertThat(operator.post("/api/auth/step-up", "{\"password\":\"wrong-Password-1\"}")
                        .status())
                .isEqualTo(403);
        Answer proved = operator.post("/api/auth/step-up", "{\"password\":\"" + DemoPractices.PASSWORD + "\"}");
        assertThat(proved.status()).isEqualTo(200);
        assertThat(ApiClient.withToken(second, proved.text("accessToken"))
                        .post("/api/key-shreddings", body)
                        .status())
                .as("there are no such keys")
                .isEqualTo(404);
    }

    private static Answer login(String email) {
        return ApiClient.logIn(platform.host(), email);
    }

    private static Answer refresh(LocalHost host, String cookie) {
        return ApiClient.stranger(host).post("/api/auth/refresh", null, cookie(cookie));
    }

    private static String[] cookie(String value) {
        return with(OWN_PAGE, "Cookie", "theme=dark; __Host-refresh=" + value + "; other=1");
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.contains(OWN_PAGE[0])) {
            all.addAll(List.of(OWN_PAGE));
        }
        all.addAll(List.of(name, value));
        return all.toArray(String[]::new);
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
