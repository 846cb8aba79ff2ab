package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.appointments.AppointmentStatus;
import com.medspasync.appointments.CancellationReason;
import com.medspasync.appointments.PaymentStatus;
import com.medspasync.clients.ClientOrder;
import com.medspasync.clients.ClientStatus;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.TestRequest;
import com.medspasync.identity.UserOrder;
import com.medspasync.masking.ClientField;
import com.medspasync.password.Password;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract describes the functions there are and no others, with the limits and names that the code has. */
class ContractTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private static final JsonNode CONTRACT = ContractOperation.contract();

    @Test
    void operations_ofTheContract_areThoseOfTheFunctions() throws Exception {
        Map<String, Set<String>> described = new TreeMap<>();
        operations((place, operation) ->
                described.computeIfAbsent(place.path(), path -> new TreeSet<>()).add(place.method()));

        Map<String, Set<String>> served = new TreeMap<>();
        for (Method function : HttpFunctionMethods.all()) {
            String route = HttpFunctionMethods.route(function);
            if (!route.equals(HttpFunctionMethods.CATCH_ALL)) {
                served.put("/" + route.replaceAll(":[a-z]+}", "}"), methods(function));
            }
        }
        assertThat(described).isEqualTo(served);
    }

    @Test
    void operations_describeEveryAnswerThatTheirKindGives() {
        operations((place, operation) -> {
            Set<String> codes = fields(operation.path("responses"));
            assertThat(codes).as(place.toString()).contains("400", "429", "500", "503");
            if (!operation.has("security")) {
                assertThat(codes).as(place.toString()).contains("401", "403");
            }
            if (operation.has("requestBody")) {
                assertThat(codes).as(place.toString()).contains("411", "413", "415");
            }
            if (place.path().contains("{")) {
                assertThat(codes).as(place.toString()).contains("404");
            }
            if (operation.path("parameters").toString().contains("parameters/ifMatch")) {
                assertThat(codes).as(place.toString()).contains("412", "428");
            }
        });
    }

    @Test
    void operations_sayWhoMayUseThem() {
        Set<String> known = new TreeSet<>(Set.of("ANYONE", "USER", "USER_PROVED"));
        known.addAll(names(Permission.values()));
        operations((place, operation) -> {
            assertThat(known)
                    .as(place.toString())
                    .contains(operation.path("x-access").asText());
            assertThat(operation.path("x-access").asText().equals("ANYONE"))
                    .as(place.toString())
                    .isEqualTo(operation.has("security"));
        });
    }

    @Test
    void operations_thatDiscloseClients_takeAPurpose() {
        operations((place, operation) -> {
            boolean discloses =
                    (place.path().startsWith("/clients") || place.path().startsWith("/appointments"))
                            && !place.method().equals("delete");
            assertThat(operation.path("parameters").toString().contains("parameters/purposeOfUse"))
                    .as(place.toString())
                    .isEqualTo(discloses);
        });
    }

    @Test
    void errors_areAlwaysProblems() {
        CONTRACT.at("/components/responses")
                .properties()
                .forEach(response -> assertThat(fields(response.getValue().path("content")))
                        .as(response.getKey())
                        .containsExactly("application/problem+json"));
        operations((place, operation) -> operation
                .path("responses")
                .properties()
                .forEach(response -> {
                    if (response.getKey().compareTo("400") >= 0) {
                        assertThat(response.getValue().has("$ref"))
                                .as(place + " " + response.getKey())
                                .isTrue();
                    }
                }));
    }

    @Test
    void references_leadSomewhere() {
        for (String reference : CONTRACT.findValuesAsText("$ref")) {
            assertThat(CONTRACT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void schemas_ofBodies_refuseUnknownFields() {
        CONTRACT.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().path("type").asText().equals("object")) {
                assertThat(schema.getValue().path("additionalProperties").isBoolean())
                        .as(schema.getKey())
                        .isTrue();
            }
        });
    }

    @Test
    void names_areThoseOfTheCode() {
        assertThat(texts("/components/schemas/Problem/properties/code/enum"))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .toList());
        assertThat(texts("/components/schemas/ClientStatus/enum"))
                .containsExactlyElementsOf(names(ClientStatus.values()));
        assertThat(texts("/components/schemas/AppointmentStatus/enum"))
                .containsExactlyElementsOf(names(AppointmentStatus.values()));
        assertThat(texts("/components/schemas/PaymentStatus/enum"))
                .containsExactlyElementsOf(names(PaymentStatus.values()));
        assertThat(texts("/components/schemas/CancellationReason/enum"))
                .containsExactlyElementsOf(names(CancellationReason.values()));
        for (String schema : new String[] {"Me", "LoggedIn"}) {
            assertThat(texts("/components/schemas/" + schema + "/properties/role/enum"))
                    .containsExactlyElementsOf(names(Role.values()));
            assertThat(texts("/components/schemas/" + schema + "/properties/permissions/items/enum"))
                    .containsExactlyElementsOf(names(Permission.values()));
        }
        assertThat(texts("/components/schemas/Role/enum")).containsExactlyElementsOf(names(Role.values()));
        assertThat(texts("/paths/~1users/get/parameters/2/schema/enum"))
                .containsAll(
                        Arrays.stream(UserOrder.values()).map(UserOrder::text).toList());
        assertThat(texts("/components/parameters/purposeOfUse/schema/enum"))
                .containsExactlyElementsOf(names(PurposeOfUse.values()));
        assertThat(texts("/components/schemas/PersonalField/enum"))
                .containsExactlyElementsOf(Arrays.stream(ClientField.values())
                        .map(ClientField::text)
                        .toList());
        assertThat(texts("/paths/~1clients/get/parameters/3/schema/enum"))
                .containsAll(Arrays.stream(ClientOrder.values())
                        .map(ClientOrder::text)
                        .toList());
    }

    @Test
    void limits_areThoseOfTheCode() {
        assertThat(number("/components/parameters/top/schema/maximum")).isEqualTo(Paging.MOST);
        assertThat(number("/components/parameters/top/schema/default")).isEqualTo(Paging.USUAL);
        assertThat(number("/components/parameters/cursor/schema/maxLength")).isEqualTo(Cursors.MAX_LENGTH);
        assertThat(number("/components/schemas/ClientSearch/properties/top/maximum"))
                .isEqualTo(Paging.MOST);
        assertThat(number("/components/schemas/Login/properties/email/maxLength"))
                .isEqualTo(EmailAddress.MAX_LENGTH);
        assertThat(number("/components/schemas/PasswordChoice/properties/password/minLength"))
                .isEqualTo(Password.MIN_CHARACTERS);
        for (String schema : new String[] {"ClientDraft", "ClientPatch"}) {
            assertThat(number("/components/schemas/" + schema + "/properties/firstName/maxLength"))
                    .isEqualTo(PersonName.MAX_LENGTH);
        }
    }

    /** The methods that a function tells on OPTIONS, without those that every one has. */
    private static Set<String> methods(Method function) throws ReflectiveOperationException {
        Object closed = ClosedFunctions.instance(function.getDeclaringClass());
        String allow = HttpFunctionMethods.call(closed, function, TestRequest.of("OPTIONS", "/api/x"))
                .headers()
                .getOrDefault("Allow", "");
        return Arrays.stream(allow.toLowerCase(Locale.ROOT).split(", ", -1))
                .filter(METHODS::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Place(String path, String method) {}

    private static void operations(BiConsumer<Place, JsonNode> use) {
        CONTRACT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(item -> {
                    if (METHODS.contains(item.getKey())) {
                        use.accept(new Place(path.getKey(), item.getKey()), item.getValue());
                    }
                }));
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static Set<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        CONTRACT.at(pointer).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static int number(String pointer) {
        return CONTRACT.at(pointer).asInt(-1);
    }
}
