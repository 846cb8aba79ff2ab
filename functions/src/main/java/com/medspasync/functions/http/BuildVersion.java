package com.medspasync.functions.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from, as the build wrote it into {@code build.properties}.
 *
 * @param version of the project
 * @param commit the Git commit
 * @param time the commit's time, not the build's: one commit always builds the same bytes
 * @param swaggerUi the version of the documentation page's webjar
 */
record BuildVersion(String version, String commit, String time, String swaggerUi) {

    private static final String UNKNOWN = "unknown";

    static BuildVersion read() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("/build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildVersion(
                known(properties, "version"),
                known(properties, "commit"),
                known(properties, "time"),
                known(properties, "swagger-ui"));
    }

    /** A source tree without its Git history leaves the placeholders as they were. */
    private static String known(Properties properties, String name) {
        String value = properties.getProperty(name, UNKNOWN);
        return value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
    }
}
