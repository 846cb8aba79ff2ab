package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files of the documentation page: a page and a script of ours, and Swagger UI from its webjar. No others, whatever is asked for. */
final class DocsAssets {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String PNG = "image/png";

    /** Scripts and styles come from here alone, and none stands in the page. Swagger UI's icons are data URLs. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> WEBJAR = Map.of(
            "swagger-ui.css", CSS,
            "swagger-ui-bundle.js", SCRIPT,
            "favicon-32x32.png", PNG,
            "favicon-16x16.png", PNG);

    private static final Map<String, String> OURS = Map.of("initializer.js", SCRIPT, "docs.css", CSS);

    /** Whoever has a file asks again after a day, and is told 304 unless the build has changed. */
    private static final String CACHING = "public, max-age=86400";

    private final BuildVersion build = BuildVersion.read();

    Answer page() {
        return Answer.text(HTML, text("/docs/index.html")).header("Content-Security-Policy", POLICY);
    }

    Optional<Answer> find(String name) {
        String type = OURS.get(name);
        if (type != null) {
            return Optional.of(cached(Answer.text(type, text("/docs/" + name)), build.commit()));
        }
        String webjarType = WEBJAR.get(name);
        if (webjarType == null) {
            return Optional.empty();
        }
        String path = "/META-INF/resources/webjars/swagger-ui/" + build.swaggerUi() + "/" + name;
        Answer answer = webjarType.equals(PNG) ? Answer.bytes(PNG, bytes(path)) : Answer.text(webjarType, text(path));
        return Optional.of(cached(answer, build.swaggerUi()));
    }

    private static Answer cached(Answer answer, String version) {
        return answer.header("Cache-Control", CACHING).header("ETag", "\"" + version + "\"");
    }

    private static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String path) {
        try (InputStream in = DocsAssets.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, () -> path + " is missing in the build")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
