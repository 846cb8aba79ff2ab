package com.medspasync.functions.http;

import com.medspasync.input.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract, {@code openapi.yaml}, as JSON: converted when it is first asked for. Thread-safe. */
final class Contract {

    private volatile @Nullable String json;

    String json() {
        String known = json;
        if (known == null) {
            known = convert();
            json = known;
        }
        return known;
    }

    private static String convert() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            Objects.requireNonNull(in, "openapi.yaml is missing in the build");
            LoaderOptions options = new LoaderOptions();
            Object tree = new Yaml(new SafeConstructor(options)).load(in);
            return Json.write(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
