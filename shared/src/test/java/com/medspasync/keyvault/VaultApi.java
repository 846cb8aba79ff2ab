package com.medspasync.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The part of Key Vault's REST interface (api-version 7.6) that is about secrets: paths, answers, limits and error codes. Differs in that
 * deleting and recovering are done when they are answered, where Azure takes seconds more.
 */
final class VaultApi {

    /** What a value may have, in bytes: "25k". */
    static final int MOST_BYTES = 25 * 1024;

    private static final int MOST_TAGS = 15;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer. */
    record Answer(int status, JsonNode body) {}

    private final String url;
    private final VaultSecrets secrets;
    private final int pageSize;
    private final InstantSource time;

    /** @param url what identifiers and links begin with */
    VaultApi(String url, VaultSecrets secrets, int pageSize, InstantSource time) {
        this.url = url;
        this.secrets = secrets;
        this.pageSize = pageSize;
        this.time = time;
    }

    /**
     * Answers one request.
     *
     * @param path from the root on, such as {@code /secrets/name/versions}
     * @param query by name, decoded
     */
    Answer answer(String method, String path, Map<String, String> query, JsonNode body) {
        String[] parts = (path + "////").split("/", -1);
        String name = parts[2];
        String rest = parts[3];
        if (!query.containsKey("api-version")) {
            return error(400, "BadParameter", "api-version must be specified", "");
        }
        if (!name.matches("[0-9a-zA-Z-]{0,127}")) {
            return error(400, "BadParameter", "The request URI contains an invalid name: " + name, "");
        }
        int skip = Integer.parseInt(query.getOrDefault("$skiptoken", "0"));
        return switch (method + " " + parts[1] + (name.isEmpty() ? "" : "/name") + (rest.isEmpty() ? "" : "/more")) {
            case "GET secrets" -> page(path, skip, secrets.names().stream().map(this::item));
            case "PUT secrets/name" -> put(name, body);
            case "DELETE secrets/name" -> delete(name);
            case "GET secrets/name" -> get(name, "");
            case "GET secrets/name/more" -> rest.equals("versions") ? page(path, skip, sorted(name)) : get(name, rest);
            case "PATCH secrets/name", "PATCH secrets/name/more" -> patch(name, rest, body);
            case "GET deletedsecrets" ->
                page(path, skip, secrets.deletedNames().stream().map(this::deletedItem));
            case "GET deletedsecrets/name" ->
                secrets.deletedVersions(name).isEmpty() ? notFound(name) : new Answer(200, deletedItem(name));
            case "DELETE deletedsecrets/name" ->
                secrets.purge(name) ? new Answer(204, JSON.createObjectNode()) : notFound(name);
            case "POST deletedsecrets/name/more" ->
                secrets.recover(name) ? new Answer(200, item(name)) : notFound(name);
            default -> error(405, "MethodNotAllowed", "The request method is not allowed here.", "");
        };
    }

    static Answer error(int status, String code, String message, String inner) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        if (!inner.isEmpty()) {
            error.putObject("innererror").put("code", inner);
        }
        return new Answer(status, body);
    }

    private static Answer notFound(String name) {
        return error(
                404, "SecretNotFound", "A secret with (name/id) " + name + " was not found in this key vault.", "");
    }

    private Answer put(String name, JsonNode body) {
        String value = body.path("value").asText("");
        if (!body.path("value").isTextual()) {
            return error(400, "BadParameter", "Property value has invalid value", "");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return error(400, "BadParameter", "The value provided is longer than " + MOST_BYTES + " bytes.", "");
        }
        Map<String, String> tags = tags(body);
        if (tags.size() > MOST_TAGS) {
            return error(400, "BadParameter", "There are more than " + MOST_TAGS + " tags.", "");
        }
        SecretVersion version = new SecretVersion(
                UUID.randomUUID().toString().replace("-", ""),
                value,
                body.path("attributes").path("enabled").asBoolean(true),
                time.instant().getEpochSecond(),
                tags);
        return secrets.add(name, version)
                ? new Answer(200, bundle(name, version).put("value", value))
                : error(
                        409,
                        "Conflict",
                        "Secret " + name + " is currently in a deleted but recoverable state, and its name cannot be"
                                + " reused; in this state, the secret can only be recovered or purged.",
                        "ObjectIsDeletedButRecoverable");
    }

    private Answer get(String name, String id) {
        return secrets.version(name, id)
                .map(version -> version.enabled()
                        ? new Answer(200, bundle(name, version).put("value", version.value()))
                        : error(
                                403,
                                "Forbidden",
                                "Operation get is not allowed on a disabled secret.",
                                "SecretDisabled"))
                .orElseGet(() -> notFound(name));
    }

    private Answer patch(String name, String id, JsonNode body) {
        return secrets.change(name, id, version -> {
                    SecretVersion changed = body.hasNonNull("tags") ? version.withTags(tags(body)) : version;
                    JsonNode enabled = body.path("attributes").path("enabled");
                    return enabled.isBoolean() ? changed.withEnabled(enabled.asBoolean()) : changed;
                })
                .map(version -> new Answer(200, bundle(name, version)))
                .orElseGet(() -> notFound(name));
    }

    private Answer delete(String name) {
        return secrets.delete(name) ? new Answer(200, deletedItem(name)) : notFound(name);
    }

    /** By identifier, which is random: in the order of nothing. */
    private Stream<ObjectNode> sorted(String name) {
        return secrets.versions(name).stream()
                .sorted(Comparator.comparing(SecretVersion::id))
                .map(version -> bundle(name, version));
    }

    private Answer page(String path, int skip, Stream<ObjectNode> all) {
        List<ObjectNode> items = all.toList();
        ObjectNode page = JSON.createObjectNode();
        ArrayNode values = page.putArray("value");
        items.stream().skip(skip).limit(pageSize).forEach(values::add);
        int next = skip + pageSize;
        page.put("nextLink", next < items.size() ? url + path + "?api-version=7.6&$skiptoken=" + next : null);
        return new Answer(200, page);
    }

    private ObjectNode item(String name) {
        ObjectNode item = bundle(name, secrets.version(name, "").orElseThrow());
        return item.put("id", url + "/secrets/" + name);
    }

    private ObjectNode deletedItem(String name) {
        long now = time.instant().getEpochSecond();
        return bundle(name, secrets.deletedVersions(name).getLast())
                .put("recoveryId", url + "/deletedsecrets/" + name)
                .put("deletedDate", now)
                .put("scheduledPurgeDate", now + 90 * 86_400L);
    }

    private ObjectNode bundle(String name, SecretVersion version) {
        ObjectNode bundle = JSON.createObjectNode().put("id", url + "/secrets/" + name + "/" + version.id());
        bundle.putObject("attributes")
                .put("enabled", version.enabled())
                .put("created", version.created())
                .put("updated", version.created())
                .put("recoveryLevel", "Recoverable+Purgeable")
                .put("recoverableDays", 90);
        ObjectNode tags = bundle.putObject("tags");
        version.tags().forEach(tags::put);
        return bundle;
    }

    private static Map<String, String> tags(JsonNode body) {
        Map<String, String> tags = new TreeMap<>();
        body.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }
}
