package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every {@link Sql} that stands in a static field of the platform runs more than the six times after which the driver would split it.
 * What ran is not what the exercises say but what PostgreSQL itself has counted on their connection.
 */
class EveryStatementTest {

    static final int ROUNDS = 8;
    private static final int ENOUGH = 7;

    @Test
    void everyStatement_runOftenOnOneConnection_keepsItsPractice() throws Exception {
        Map<Sql, String> statements = statements();
        List<String> tooFew = new ArrayList<>();
        try (Stage stage = new Stage()) {
            for (StatementExercise exercise : exercises()) {
                for (int round = 0; round < ROUNDS; round++) {
                    exercise.run(stage, round);
                }
            }
            stage.runs(statements.keySet()).forEach((sql, runs) -> {
                if (runs < ENOUGH) {
                    tooFew.add(statements.get(sql) + " ran " + runs + " times");
                }
            });
        }

        assertThat(statements).isNotEmpty();
        assertThat(tooFew.stream().sorted())
                .as("statements that no StatementExercise runs often enough on one connection")
                .isEmpty();
    }

    /** The statements of the platform's classes, each with the name of its field. */
    private static Map<Sql, String> statements() throws Exception {
        Map<Sql, String> statements = new HashMap<>();
        for (Class<?> type : classesBeside(Sql.class)) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
                    collect(field.get(null), type.getName() + "." + field.getName(), statements);
                }
            }
        }
        return statements;
    }

    /** Finds statements in a field's value: alone, or in a list, a map or an array. */
    private static void collect(Object value, String name, Map<Sql, String> statements) {
        switch (value) {
            case null -> {}
            case Sql sql -> statements.put(sql, name);
            case Map<?, ?> map -> map.forEach((key, each) -> collect(each, name + "[" + key + "]", statements));
            case Iterable<?> each -> each.forEach(one -> collect(one, name, statements));
            case Object[] array -> {
                for (int i = 0; i < Array.getLength(array); i++) {
                    collect(array[i], name + "[" + i + "]", statements);
                }
            }
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(read(record, component), name + "." + component.getName(), statements);
                }
            }
            default -> {}
        }
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    private static List<StatementExercise> exercises() throws Exception {
        List<StatementExercise> exercises = new ArrayList<>();
        for (Class<?> type : classesBeside(EveryStatementTest.class)) {
            if (StatementExercise.class.isAssignableFrom(type) && !type.isInterface()) {
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                exercises.add((StatementExercise) constructor.newInstance());
            }
        }
        return exercises;
    }

    /** All classes in the same place of the class path, a directory, as {@code type}. */
    private static List<Class<?>> classesBeside(Class<?> type)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path root =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file)
                        .toString()
                        .replace(root.getFileSystem().getSeparator(), ".");
                if (!name.endsWith("-info.class")) {
                    classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            }
        }
        return classes;
    }
}
