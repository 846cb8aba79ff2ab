package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Permissions;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the contract, by everybody: each role, a stranger, a session that has ended, a proof that is old, somebody who has yet
 * to set up a second factor, an emergency, and the administrator of another practice. An operation that says nothing of who may
 * use it, or that names records of a kind that is not listed here, fails.
 */
class AccessMatrixIT {

    /** Who has which permission, written down once more: the code's table is not its own test. */
    private static final String PERMISSIONS = """
            CLIENT_READ      ADMIN MANAGER PRACTITIONER STAFF
            CLIENT_WRITE     ADMIN MANAGER PRACTITIONER STAFF
            CLIENT_DELETE    ADMIN MANAGER
            CLIENT_RESTORE   ADMIN MANAGER
            CLIENT_HISTORY   ADMIN MANAGER PRACTITIONER
            PRACTICE_READ    ADMIN MANAGER PRACTITIONER STAFF OPERATOR
            PRACTICE_WRITE   ADMIN OPERATOR
            PRACTICE_ADMIT   OPERATOR
            SERVICE_READ     ADMIN MANAGER PRACTITIONER STAFF
            SERVICE_WRITE    ADMIN MANAGER
            STAFF_READ       ADMIN MANAGER PRACTITIONER STAFF
            STAFF_WRITE      ADMIN MANAGER
            APPOINTMENT_READ     ADMIN MANAGER PRACTITIONER STAFF
            APPOINTMENT_WRITE    ADMIN MANAGER PRACTITIONER STAFF
            APPOINTMENT_OVERRIDE ADMIN MANAGER
            APPOINTMENT_DELETE   ADMIN MANAGER
            APPOINTMENT_RESTORE  ADMIN MANAGER
            APPOINTMENT_HISTORY  ADMIN MANAGER PRACTITIONER
            PAYMENT_WRITE    ADMIN MANAGER STAFF
            REPORT_READ      ADMIN MANAGER
            USER_READ        ADMIN MANAGER OPERATOR
            USER_WRITE       ADMIN OPERATOR
            ACCESS_POLICY    ADMIN OPERATOR
            EMERGENCY        ADMIN MANAGER PRACTITIONER STAFF
            EMERGENCY_REVIEW ADMIN
            MESSAGE_CHANNEL  ADMIN
            KEY_ROTATE       OPERATOR
            KEY_SHRED        OPERATOR
            MASKED_COPY      OPERATOR
            """;

    private static final Set<String> FRESH = Set.of(
            "PRACTICE_ADMIT",
            "USER_WRITE",
            "ACCESS_POLICY",
            "EMERGENCY",
            "EMERGENCY_REVIEW",
            "MESSAGE_CHANNEL",
            "KEY_ROTATE",
            "KEY_SHRED",
            "MASKED_COPY");

    /** Records that belong to the platform and to no practice. */
    private static final List<String> OF_THE_PLATFORM = List.of("/key-rotations", "/key-shreddings", "/masked-copies");

    /** What is answered alike whether it was done now, before, or was never there to be done. */
    private static final Set<String> IDEMPOTENT =
            Set.of("DELETE /auth/sessions/{id}", "POST /emergency-accesses/{id}/end");

    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
    private static TestPlatform platform;
    private static String foreign;
    private static String ended;
    private static String endedOperator;
    private static String emergency;
    private static Map<String, UUID> recordsOfGlow;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(3);
        for (Role role : Role.values()) {
            TOKENS.put(role, token(login(email(role, "glow"))));
        }
        foreign = token(login(email(Role.ADMIN, "radiance")));
        ended = ended(email(Role.ADMIN, "glow"));
        endedOperator = ended(DemoPractices.OPERATOR);
        ApiClient admin = client(token(Role.ADMIN));
        UUID client = id(
                admin.get("/api/clients").body().path("value").get(0).path("id").asText());
        Answer opened = client(token(Role.STAFF))
                .post(
                        "/api/emergency-accesses",
                        "{\"clientId\":\"" + client + "\",\"reason\":\"Collapsed at the front desk\"}");
        assertThat(opened.status()).isEqualTo(201);
        emergency = opened.text("accessToken");
        UUID session = id(client(token(Role.STAFF))
                .get("/api/auth/sessions")
                .body()
                .path("value")
                .get(0)
                .path("id")
                .asText());
        UUID user = id(client(token(Role.STAFF)).get("/api/auth/me").text("id"));
        recordsOfGlow = Map.of(
                "/clients",
                client,
                "/users",
                user,
                "/emergency-accesses",
                id(opened.text("id")),
                "/auth/sessions",
                session,
                "/practices",
                id(admin.get("/api/auth/me").text("practiceId")),
                "/services",
                first(admin.get("/api/services")),
                "/staff",
                first(admin.get("/api/staff")),
                "/schedule-exceptions",
                first(admin.get("/api/schedule-exceptions")),
                "/appointments",
                booked(admin, client));
    }

    private static UUID booked(ApiClient admin, UUID client) {
        Answer booked = admin.post("/api/appointments", """
                {"clientId": "%s", "serviceId": "%s", "staffId": "%s", "dateTime": "%s", "overrideReason": "A test"}""".formatted(
                        client,
                        first(admin.get("/api/services")),
                        first(admin.get("/api/staff")),
                        Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofDays(1))));
        assertThat(booked.status()).as(booked.response().body()).isEqualTo(201);
        return id(booked.text("id"));
    }

    private static UUID first(Answer page) {
        return id(page.body().path("value").get(0).path("id").asText());
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    static Stream<ContractOperation> operations() {
        return ContractOperation.all().stream();
    }

    static Stream<ContractOperation> closed() {
        return operations().filter(operation -> !operation.access().equals("ANYONE"));
    }

    static Stream<ContractOperation> ofRecords() {
        return closed().filter(ContractOperation::namesARecord)
                .filter(operation -> OF_THE_PLATFORM.stream().noneMatch(operation.path()::startsWith))
                .filter(operation -> !permission(operation).equals("OPERATOR"));
    }

    @Test
    void table_ofTheCode_isTheOneWrittenHere() {
        Map<Permission, Set<Role>> written = new EnumMap<>(Permission.class);
        PERMISSIONS
                .lines()
                .map(line -> line.split(" +"))
                .forEach(words -> written.put(
                        Permission.valueOf(words[0]),
                        EnumSet.copyOf(
                                Arrays.stream(words).skip(1).map(Role::valueOf).toList())));
        for (Permission permission : Permission.values()) {
            assertThat(EnumSet.allOf(Role.class).stream().filter(role -> Permissions.allow(role, permission)))
                    .as(permission.name())
                    .containsExactlyInAnyOrderElementsOf(Objects.requireNonNull(written.get(permission)));
            assertThat(Permissions.needsFreshProof(permission))
                    .as(permission.name())
                    .isEqualTo(FRESH.contains(permission.name()));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_byEachRole_isAllowedOrNot(ContractOperation operation) {
        for (Role role : Role.values()) {
            Answer answer = send(client(token(role)), operation, operation.takesBody() ? "{}" : null);
            assertThat(answer.status()).as(operation + " by " + role).isLessThan(500);
            if (operation.path().equals("/auth/refresh")) {
                assertThat(answer.status())
                        .as("a cookie is asked for, and no token counts")
                        .isEqualTo(401);
            } else if (mayUse(role, operation)) {
                assertThat(answer.status()).as(operation + " by " + role).isNotIn(401, 403);
            } else {
                assertThat(answer.status()).as(operation + " by " + role).isEqualTo(403);
            }
        }
    }

    private static boolean mayUse(Role role, ContractOperation operation) {
        return switch (operation.access()) {
            case "ANYONE", "USER", "USER_PROVED" -> true;
            default -> permission(operation).contains(role.name());
        };
    }

    @ParameterizedTest
    @MethodSource("closed")
    void operation_byAStranger_isUnauthenticated(ContractOperation operation) {
        ApiClient stranger = ApiClient.stranger(platform.host());
        assertThat(send(stranger, operation, null).status()).isEqualTo(401);
        Answer claiming = send(
                stranger,
                operation,
                null,
                "X-MS-CLIENT-PRINCIPAL",
                "eyJ1c2VySWQiOiJhZG1pbiIsInVzZXJSb2xlcyI6WyJhZG1pbiJdfQ==",
                "X-MS-CLIENT-PRINCIPAL-ID",
                "admin",
                "X-MS-CLIENT-PRINCIPAL-NAME",
                "admin@glow.example");
        assertThat(claiming.status()).as("with the platform's own headers").isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("closed")
    void operation_inASessionThatHasEnded_isUnauthenticated(ContractOperation operation) {
        String token = permission(operation).equals("OPERATOR") ? endedOperator : ended;
        Answer answer = send(client(token), operation, operation.takesBody() ? operation.body() : null);
        assertThat(answer.status())
                .as(operation + ": " + answer.response().body())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("closed")
    void operation_withAnOldProof_asksForANewOneWhereItMatters(ContractOperation operation) {
        Role role = permission(operation).equals("OPERATOR") ? Role.OPERATOR : Role.ADMIN;
        Answer answer = send(client(platform.agedToken(token(role))), operation, operation.takesBody() ? "{}" : null);
        boolean matters =
                operation.access().equals("USER_PROVED") || (FRESH.contains(operation.access()) && !operation.isRead());
        assertThat(answer.status() == 401).as(operation.toString()).isEqualTo(matters);
        if (matters) {
            assertThat(answer.text("code")).isEqualTo("step-up-required");
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void operation_beforeTheSecondFactorIsSetUp_isClosedUnlessItSetsItUp(ContractOperation operation) {
        Role role = permission(operation).equals("OPERATOR") ? Role.OPERATOR : Role.ADMIN;
        Answer answer =
                send(client(platform.enrolmentToken(token(role))), operation, operation.takesBody() ? "{}" : null);
        if (permission(operation).isEmpty()) {
            assertThat(answer.status()).as(operation.toString()).isNotIn(401, 403);
        } else {
            assertThat(answer.status()).as(operation.toString()).isEqualTo(403);
            assertThat(answer.text("code")).isEqualTo("second-factor-required");
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void operation_inAnEmergency_isAReadOfThatClientAndNothingElse(ContractOperation operation) {
        Answer answer = send(client(emergency), operation, operation.takesBody() ? "{}" : null);
        assertThat(answer.status()).as(operation + " on another record").isEqualTo(403);
        if (operation.access().equals("CLIENT_READ") && operation.isRead() && operation.namesARecord()) {
            UUID client = Objects.requireNonNull(recordsOfGlow.get("/clients"));
            assertThat(sendFor(client(emergency), operation, client, null).status())
                    .as(operation.toString())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("ofRecords")
    void operation_byAnotherPracticesAdministrator_findsNothing(ContractOperation operation) {
        UUID record = recordsOfGlow.entrySet().stream()
                .filter(entry -> operation.path().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record of the kind of " + operation));
        Answer answer = sendFor(
                client(foreign),
                operation,
                record,
                operation.takesBody() ? operation.body() : null,
                "If-Match",
                "\"1\"");
        if (answer.status() == 204) {
            assertThat(IDEMPOTENT).as("without effect, as if it had been done").contains(operation.toString());
        } else {
            assertThat(answer.status())
                    .as(operation + ": " + answer.response().body())
                    .isEqualTo(404);
        }
    }

    @Test
    void otherPracticesAttempts_hadNoEffect() {
        assertThat(client(token(Role.STAFF)).get("/api/auth/me").status()).isEqualTo(200);
        assertThat(client(token(Role.ADMIN))
                        .get("/api/clients/" + recordsOfGlow.get("/clients"))
                        .status())
                .isEqualTo(200);
    }

    /** The line of the table for the operation's permission; empty where it asks for none. */
    private static String permission(ContractOperation operation) {
        if (operation.access().startsWith("USER") && !PERMISSIONS.contains(operation.access() + " ")) {
            return "";
        }
        return PERMISSIONS
                .lines()
                .filter(line -> line.startsWith(operation.access() + " "))
                .map(line -> line.substring(operation.access().length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " does not say who may"));
    }

    private static Answer send(
            ApiClient client, ContractOperation operation, @Nullable String body, String... headers) {
        return sendFor(client, operation, UUID.randomUUID(), body, headers);
    }

    private static Answer sendFor(
            ApiClient client, ContractOperation operation, UUID id, @Nullable String body, String... headers) {
        String[] all = Stream.concat(
                        operation.isRead()
                                ? Stream.empty()
                                : Stream.of("If-Match", "\"999\"", "X-CSRF-Protection", "1"),
                        Arrays.stream(headers))
                .toArray(String[]::new);
        return client.send(operation.method(), operation.at(id), body, all);
    }

    private static Answer login(String email) {
        return ApiClient.logIn(platform.host(), email);
    }

    private static String ended(String email) {
        Answer login = login(email);
        String cookie = login.header("Set-Cookie");
        ApiClient.stranger(platform.host())
                .post(
                        "/api/auth/logout",
                        null,
                        "Cookie",
                        cookie.substring(0, cookie.indexOf(';')),
                        "X-CSRF-Protection",
                        "1");
        return token(login);
    }

    private static String email(Role role, String practice) {
        return role == Role.OPERATOR
                ? DemoPractices.OPERATOR
                : role.name().toLowerCase(Locale.ROOT) + "@" + practice + ".example";
    }

    private static String token(Answer login) {
        assertThat(login.status()).isEqualTo(200);
        return login.text("accessToken");
    }

    private static String token(Role role) {
        return Objects.requireNonNull(TOKENS.get(role));
    }

    private static ApiClient client(String token) {
        return ApiClient.withToken(platform.host(), token);
    }

    private static UUID id(String text) {
        return UUID.fromString(text);
    }
}
