package com.medspasync.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.tenant.PracticeId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the server did for a statement that it had prepared, as it tells by EXPLAIN ANALYZE; what the statement did is undone. */
public final class StatementPlan {

    /** How the server decides for a statement that it has prepared. */
    public enum Choice {
        /** For the values at hand. */
        FORCE_CUSTOM_PLAN,
        /** For any values. */
        FORCE_GENERIC_PLAN
    }

    private final JsonNode root;

    private StatementPlan(JsonNode root) {
        this.root = root;
    }

    /**
     * Runs the statement as the application does, under row-level security.
     *
     * @param values of the statement's own parameters; those that every statement has of its caller are added
     */
    public static StatementPlan of(
            EmbeddedDatabase database, PracticeId practice, Choice choice, Sql sql, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("practice", practice.toString());
        all.put("user", UUID.randomUUID().toString());
        all.put("address", "203.0.113.9");
        all.put("agent", "curl/8");
        all.put("request", UUID.randomUUID().toString());
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?<!:):([a-z_][a-z_0-9]*)").matcher(sql.toString());
        String positional = matcher.replaceAll(found -> {
            if (!names.contains(found.group(1))) {
                names.add(found.group(1));
            }
            return "\\$" + (names.indexOf(found.group(1)) + 1);
        });
        String types = names.stream().map(name -> type(all.get(name))).collect(Collectors.joining(", "));
        String arguments = names.stream().map(name -> literal(all.get(name))).collect(Collectors.joining(", "));
        try (Connection connection = database.connect(EmbeddedDatabase.APP);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local plan_cache_mode = " + choice.name());
            statement.execute("select set_config('app.current_practice_id', '" + practice + "', true)");
            statement.execute("prepare explained (" + types + ") as " + positional);
            try (ResultSet row =
                    statement.executeQuery("explain (analyze, format json) execute explained (" + arguments + ")")) {
                row.next();
                return new StatementPlan(
                        new JsonMapper().readTree(row.getString(1)).get(0).get("Plan"));
            } finally {
                connection.rollback();
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The nodes, from the root down, that are {@code wanted}. */
    public List<JsonNode> nodes(Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        collect(root, wanted, found);
        return found;
    }

    private static void collect(JsonNode node, Predicate<JsonNode> wanted, List<JsonNode> found) {
        if (wanted.test(node)) {
            found.add(node);
        }
        node.path("Plans").forEach(child -> collect(child, wanted, found));
    }

    /** How many rows a scan read, those included that it did not want. */
    public static double rowsRead(JsonNode scan) {
        return scan.path("Actual Loops").asDouble()
                * (scan.path("Actual Rows").asDouble()
                        + scan.path("Rows Removed by Filter").asDouble());
    }

    /** The plan as the server gives it. */
    @Override
    public String toString() {
        return root.toPrettyString();
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Integer number -> number.toString();
            case Boolean flag -> flag.toString();
            case byte[] bytes -> "'\\x" + HexFormat.of().formatHex(bytes) + "'";
            default -> "'" + value + "'";
        };
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case Integer number -> "int";
            case Boolean flag -> "boolean";
            case byte[] bytes -> "bytea";
            case null, default -> "text";
        };
    }
}
