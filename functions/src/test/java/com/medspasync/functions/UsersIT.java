package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import com.medspasync.message.Received;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Users as their administrators manage them, over two hosts and the real queue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersIT {

    private static final String USERS = "/api/users";
    private static final String CHOSEN = "Kite-over-the-lake-7";

    private TestPlatform platform;
    private LocalHost second;
    private ApiClient admin;
    private ApiClient operator;
    private String practice;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        second = platform.newHost(Map.of());
        admin = ApiClient.login(platform.host(), "admin@glow.example");
        operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
        practice = admin.get("/api/auth/me").text("practiceId");
    }

    @AfterAll
    void stop() {
        second.close();
        platform.close();
    }

    @Test
    void invited_isToldAToken_choosesAPassword_andLogsIn() {
        Answer invited = invite("ada@glow.example", "PRACTITIONER");

        assertThat(invited.header("Location")).isEqualTo(USERS + "/" + invited.text("id"));
        assertThat(invited.header("ETag")).isEqualTo("\"1\"");
        assertThat(invited.body().path("invited").asBoolean()).isTrue();
        Received message = told(invited.text("id"), "INVITATION");
        assertThat(message.body().at("/recipient/email").asText()).isEqualTo("ada@glow.example");
        assertThat(redeem(message).status()).isEqualTo(204);
        Answer login = login("ada@glow.example", CHOSEN);
        assertThat(login.status()).isEqualTo(200);
        assertThat(client(login).get("/api/auth/me").text("role")).isEqualTo("PRACTITIONER");
        assertThat(admin.post(USERS + "/" + invited.text("id") + "/invitation", null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void invited_twice_isTaken_whicheverPracticeAsks() {
        invite("twice@glow.example", "STAFF");
        ApiClient elsewhere = ApiClient.login(platform.host(), "admin@radiance.example");
        for (ApiClient asking : List.of(admin, elsewhere)) {
            Answer taken = asking.post(USERS, "{\"email\":\"Twice@Glow.example\",\"role\":\"STAFF\"}");
            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.text("field")).isEqualTo("/email");
        }
    }

    @Test
    void role_changed_countsWithTheVeryNextRequestOnAnotherHost() {
        String id = comes("bo@glow.example", "STAFF");
        Answer login = login("bo@glow.example", CHOSEN);
        ApiClient bo = client(login).at(second);
        assertThat(bo.get(USERS).status()).isEqualTo(403);

        Answer changed = patch(admin, id, "{\"role\":\"MANAGER\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("role")).isEqualTo("MANAGER");

        assertThat(bo.get("/api/auth/me").status()).isEqualTo(401);
        Answer refreshed = ApiClient.stranger(second)
                .post("/api/auth/refresh", null, "Cookie", cookie(login), "X-CSRF-Protection", "1");
        assertThat(refreshed.status()).isEqualTo(200);
        ApiClient manager = client(refreshed).at(second);
        assertThat(manager.get("/api/auth/me").text("role")).isEqualTo("MANAGER");
        assertThat(manager.get(USERS).status()).isEqualTo(200);
    }

    @Test
    void user_deactivated_isOutAtOnce_andStaysUntilActiveAgain() {
        String id = comes("cy@glow.example", "STAFF");
        Answer login = login("cy@glow.example", CHOSEN);
        ApiClient cy = client(login).at(second);
        assertThat(cy.get("/api/auth/me").status()).isEqualTo(200);

        assertThat(patch(admin, id, "{\"active\":false}").status()).isEqualTo(200);
        assertThat(cy.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(login("cy@glow.example", CHOSEN).status()).isEqualTo(401);
        assertThat(admin.post(USERS + "/" + id + "/reset-password", null).status())
                .isEqualTo(409);

        assertThat(patch(admin, id, "{\"active\":true}").status()).isEqualTo(200);
        assertThat(cy.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(login("cy@glow.example", CHOSEN).status()).isEqualTo(200);
    }

    @Test
    void user_isRescued() {
        String id = comes("di@glow.example", "STAFF");
        ApiClient di = client(login("di@glow.example", CHOSEN));
        assertThat(admin.post(USERS + "/" + id + "/end-sessions", null).status())
                .isEqualTo(204);
        assertThat(di.get("/api/auth/me").status()).isEqualTo(401);

        for (int i = 0; i < 5; i++) {
            assertThat(login("di@glow.example", "Not-the-password-1").status()).isEqualTo(401);
        }
        assertThat(login("di@glow.example", CHOSEN).status()).isEqualTo(401);
        assertThat(admin.get(USERS + "/" + id).body().has("lockedUntil")).isTrue();
        assertThat(admin.post(USERS + "/" + id + "/unlock", null).status()).isEqualTo(204);
        assertThat(login("di@glow.example", CHOSEN).status()).isEqualTo(200);

        assertThat(admin.post(USERS + "/" + id + "/reset-second-factor", null).status())
                .isEqualTo(204);
        assertThat(admin.post(USERS + "/" + id + "/reset-password", null).status())
                .isEqualTo(202);
        assertThat(redeem(told(id, "PASSWORD_RESET"), "Another-kite-over-it-8").status())
                .isEqualTo(204);
        assertThat(login("di@glow.example", CHOSEN).status()).isEqualTo(401);
        assertThat(login("di@glow.example", "Another-kite-over-it-8").status()).isEqualTo(200);
    }

    @Test
    void password_forgotten_isReplacedByWhoeverReadsTheMail_andAnUnknownAddressIsAnsweredAlike() {
        String id = comes("ed@glow.example", "STAFF");
        platform.database().execute("update users set noticed_at = null where id = '" + id + "'");

        Answer known = forgotten("ed@glow.example");
        Answer unknown = forgotten("nobody@glow.example");
        assertThat(known.status()).isEqualTo(202);
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(unknown.response().body()).isEqualTo(known.response().body()).isEmpty();
        assertThat(unknown.response().headers().map().keySet())
                .isEqualTo(known.response().headers().map().keySet());

        assertThat(redeem(told(id, "PASSWORD_RESET"), "Another-kite-over-it-8").status())
                .isEqualTo(204);
        assertThat(login("ed@glow.example", "Another-kite-over-it-8").status()).isEqualTo(200);
    }

    @Test
    void user_ofAnotherPractice_isNotThere() {
        ApiClient elsewhere = ApiClient.login(platform.host(), "admin@radiance.example");
        String id = elsewhere.get("/api/auth/me").text("id");

        assertThat(admin.get(USERS + "/" + id).status()).isEqualTo(404);
        assertThat(admin.send("PATCH", USERS + "/" + id, "{\"active\":false}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        for (String action : List.of("invitation", "reset-password", "reset-second-factor", "end-sessions", "unlock")) {
            assertThat(admin.post(USERS + "/" + id + "/" + action, null).status())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(elsewhere.get("/api/auth/me").status()).isEqualTo(200);
        assertThat(admin.get(USERS, "X-Practice-Id", practice).status()).isEqualTo(403);
    }

    @Test
    void changes_areConditional_andNeverOfOneself_orOfTheLastAdministrator() {
        String self = admin.get("/api/auth/me").text("id");
        String path = USERS + "/" + self;
        assertThat(admin.send("PATCH", path, "{\"active\":false}").status()).isEqualTo(428);
        assertThat(patch(admin, self, "{\"active\":false}").status()).isEqualTo(403);
        assertThat(admin.post(USERS, "{\"email\":\"x@glow.example\",\"role\":\"OPERATOR\"}")
                        .status())
                .isEqualTo(400);

        Answer stale =
                operator.send("PATCH", path, "{\"role\":\"STAFF\"}", "If-Match", "\"99\"", "X-Practice-Id", practice);
        assertThat(stale.status()).isEqualTo(412);
        Answer last = operator.send(
                "PATCH",
                path,
                "{\"role\":\"STAFF\"}",
                "If-Match",
                admin.get(path).header("ETag"),
                "X-Practice-Id",
                practice);
        assertThat(last.status()).isEqualTo(409);
    }

    @Test
    void operator_seesOperators_andAPracticesUsersWhereNamed() {
        Answer own = operator.get(USERS);
        assertThat(emails(own))
                .contains(DemoPractices.OPERATOR)
                .allMatch(email -> email.endsWith("@medspasync.example"));
        assertThat(own.body().at("/value/0/role").asText()).isEqualTo("OPERATOR");
        assertThat(emails(operator.get(USERS, "X-Practice-Id", practice))).contains("admin@glow.example");
        String nowhere = UUID.randomUUID().toString();
        assertThat(operator.get(USERS, "X-Practice-Id", nowhere).status()).isEqualTo(404);
        assertThat(operator.post(
                                USERS, "{\"email\":\"x@nowhere.example\",\"role\":\"STAFF\"}", "X-Practice-Id", nowhere)
                        .status())
                .isEqualTo(404);
        assertThat(operator.get("/api/access-policy", "X-Practice-Id", nowhere).status())
                .isEqualTo(404);

        assertThat(operator.post(
                                USERS, "{\"email\":\"flo@glow.example\",\"role\":\"STAFF\"}", "X-Practice-Id", practice)
                        .status())
                .isEqualTo(201);
        assertThat(emails(admin.get(USERS + "?role=STAFF"))).contains("flo@glow.example");
        assertThat(operator.post(USERS, "{\"email\":\"gus@medspasync.example\",\"role\":\"STAFF\"}")
                        .status())
                .isEqualTo(400);
        Answer colleague = operator.post(USERS, "{\"email\":\"gus@medspasync.example\",\"role\":\"OPERATOR\"}");
        assertThat(colleague.status()).isEqualTo(201);
        assertThat(colleague.text("role")).isEqualTo("OPERATOR");
        assertThat(platform.text(
                        """
                select count(*) from audit_logs
                where practice_id = '%s' and action = 'READ' and table_name = 'users' and user_id = '%s'""".formatted(practice, operator.get("/api/auth/me").text("id"))))
                .isEqualTo("1");
    }

    @Test
    void list_goesOnByItsLink_withTheSameQuestion() {
        Answer first = admin.get(USERS + "?top=1&orderby=createdAt%20desc");
        assertThat(first.body().path("value")).hasSize(1);
        assertThat(first.body().at("/value/0/etag").asText()).startsWith("\"");
        Answer next = admin.get(first.text("nextLink"));
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.body().at("/value/0/id").asText())
                .isNotEqualTo(first.body().at("/value/0/id").asText());
        assertThat(admin.get(first.text("nextLink") + "&active=true").status()).isEqualTo(400);
    }

    @Test
    void policy_isReadAndChangedByWhoReadIt() {
        ApiClient radiance = ApiClient.login(platform.host(), "admin@radiance.example");
        Answer read = radiance.get("/api/access-policy");
        assertThat(read.body().toString())
                .isEqualTo("{\"secondFactorFor\":[],\"sessionIdleMinutes\":15,\"sessionHours\":12}");

        Answer changed = radiance.send(
                "PATCH",
                "/api/access-policy",
                "{\"secondFactorFor\":[\"STAFF\",\"MANAGER\"],\"sessionHours\":8}",
                "If-Match",
                read.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().toString())
                .isEqualTo(
                        "{\"secondFactorFor\":[\"MANAGER\",\"STAFF\"],\"sessionIdleMinutes\":15,\"sessionHours\":8}");
        assertThat(radiance.send("PATCH", "/api/access-policy", "{}", "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(412);
        for (String wrong : List.of(
                "{\"secondFactorFor\":[\"OPERATOR\"]}", "{\"sessionHours\":25}", "{\"sessionIdleMinutes\":4}")) {
            assertThat(radiance.send("PATCH", "/api/access-policy", wrong, "If-Match", changed.header("ETag"))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        Answer manager = login("manager@radiance.example", DemoPractices.PASSWORD);
        assertThat(manager.body().path("secondFactorRequired").asBoolean()).isTrue();
    }

    private Answer invite(String email, String role) {
        Answer invited = admin.post(USERS, ApiClient.write(Map.of("email", email, "role", role)));
        assertThat(invited.status()).isEqualTo(201);
        return invited;
    }

    /** Somebody who was invited and has chosen {@link #CHOSEN}. */
    private String comes(String email, String role) {
        String id = invite(email, role).text("id");
        assertThat(redeem(told(id, "INVITATION")).status()).isEqualTo(204);
        return id;
    }

    private Received told(String user, String kind) {
        return platform.awaitMessage(
                message -> message.body().path("kind").asText().equals(kind)
                        && message.body().at("/recipient/userId").asText().equals(user));
    }

    private Answer redeem(Received message) {
        return redeem(message, CHOSEN);
    }

    private Answer redeem(Received message, String password) {
        String token = message.body().path("token").asText();
        return stranger("/api/auth/redeem", Map.of("token", token, "password", password));
    }

    private Answer login(String email, String password) {
        return stranger("/api/auth/login", Map.of("email", email, "password", password));
    }

    private Answer forgotten(String email) {
        return stranger("/api/auth/reset", Map.of("email", email));
    }

    private Answer stranger(String path, Map<String, String> body) {
        return ApiClient.stranger(platform.host()).post(path, ApiClient.write(body));
    }

    private Answer patch(ApiClient by, String id, String body) {
        String etag = by.get(USERS + "/" + id).header("ETag");
        return by.send("PATCH", USERS + "/" + id, body, "If-Match", etag);
    }

    private ApiClient client(Answer login) {
        return ApiClient.withToken(platform.host(), login.text("accessToken"));
    }

    private static String cookie(Answer login) {
        String cookie = login.header("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static List<String> emails(Answer page) {
        assertThat(page.status()).isEqualTo(200);
        return StreamSupport.stream(page.body().path("value").spliterator(), false)
                .map((JsonNode user) -> user.path("email").asText())
                .toList();
    }
}
