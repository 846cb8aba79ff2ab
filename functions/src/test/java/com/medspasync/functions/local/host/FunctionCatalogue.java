package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.annotation.FunctionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The classes that hold functions. */
public final class FunctionCatalogue {

    /** How a class file spells the annotation: only classes whose bytes hold this are loaded. */
    private static final String ANNOTATION = "Lcom/microsoft/azure/functions/annotation/FunctionName;";

    private final List<Class<?>> classes;

    private FunctionCatalogue(List<Class<?>> classes) {
        this.classes = classes;
    }

    /** Just these classes. */
    public static FunctionCatalogue of(Class<?>... classes) {
        return new FunctionCatalogue(List.of(classes));
    }

    /** Every class with a function where {@code neighbour} was compiled to, such as {@code functions/target/classes}. */
    public static FunctionCatalogue besides(Class<?> neighbour) {
        try {
            Path root = Path.of(neighbour
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                List<Class<?>> found = new ArrayList<>();
                for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(ANNOTATION)) {
                        found.add(load(root.relativize(file), neighbour.getClassLoader()));
                    }
                }
                return new FunctionCatalogue(List.copyOf(found));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the functions, by name in alphabetical order, which is the order in which the host tries their routes. */
    List<Function> load(UnaryOperator<String> expand) {
        Map<String, Function> functions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Class<?> type : classes) {
            for (Method method : type.getMethods()) {
                if (method.isAnnotationPresent(FunctionName.class)) {
                    Function function = Function.load(method, expand);
                    if (functions.put(function.name(), function) != null) {
                        throw new IllegalArgumentException("Two functions are named " + function.name());
                    }
                }
            }
        }
        return List.copyOf(functions.values());
    }

    private static Class<?> load(Path relative, ClassLoader loader) {
        String file = relative.toString().replace(relative.getFileSystem().getSeparator(), ".");
        try {
            return Class.forName(file.substring(0, file.length() - ".class".length()), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
