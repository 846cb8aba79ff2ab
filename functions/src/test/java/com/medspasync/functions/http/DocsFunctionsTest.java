package com.medspasync.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.http.kernel.Kernels;
import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.http.kernel.TestRequest;
import com.medspasync.functions.http.kernel.TestResponse;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocsFunctionsTest {

    private final TestContext context = new TestContext();
    private final DocsFunctions docs = new DocsFunctions(Kernels.open());

    @Test
    void openApi_isTheContractAsJson() {
        TestResponse answer = TestResponse.of(docs.openApi(TestRequest.get("/api/openapi.json"), context));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
        assertThat(answer.json().path("openapi").asText()).isEqualTo("3.0.3");
        assertThat(answer.json().path("paths").has("/clients/{id}")).isTrue();
        assertThat(answer.json()
                        .at("/components/schemas/Client/example/dateOfBirth")
                        .asText())
                .as("YAML must not take it for a timestamp")
                .isEqualTo("1984-02-29");
    }

    @Test
    void docs_isAPageThatLoadsNothingFromElsewhere() {
        TestResponse page = page("/api/docs");

        assertThat(page.code()).isEqualTo(200);
        assertThat(page.headers())
                .containsEntry("Content-Type", "text/html; charset=utf-8")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                                .doesNotContain("http", "unsafe"));
        assertThat(page.text())
                .doesNotContain("http:", "https:", "//")
                .doesNotContainPattern("<script>|<style>| on\\w+=");
    }

    @Test
    void docs_everyFileThatThePageNames_isServed() {
        Pattern.compile("(?:src|href)=\"docs/([^\"]+)\"")
                .matcher(page("/api/docs").text())
                .results()
                .forEach(link -> assertThat(asset("/api/docs/" + link.group(1)).code())
                        .as(link.group(1))
                        .isEqualTo(200));
    }

    @Test
    void docs_withASlashAtItsEnd_movesToTheOneWithout() {
        TestResponse answer = page("/api/docs/");

        assertThat(answer.code()).isEqualTo(308);
        assertThat(answer.headers()).containsEntry("Location", "/api/docs");
    }

    @ParameterizedTest
    @CsvSource({
        "swagger-ui.css,text/css; charset=utf-8",
        "swagger-ui-bundle.js,text/javascript; charset=utf-8",
        "initializer.js,text/javascript; charset=utf-8",
        "docs.css,text/css; charset=utf-8"
    })
    void asset_hasItsTypeAndIsCached(String name, String type) {
        TestResponse answer = asset("/api/docs/" + name);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("Content-Type", type)
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Cache-Control", "public, max-age=86400");
        assertThat(answer.text()).hasSizeGreaterThan(20);
    }

    @Test
    void asset_ofAnImage_isSentAsBytes() {
        TestResponse answer = asset("/api/docs/favicon-32x32.png");

        assertThat(answer.headers()).containsEntry("Content-Type", "image/png");
        assertThat((byte[]) Objects.requireNonNull(answer.getBody())).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void asset_thatTheBrowserHas_is304() {
        String etag = Objects.requireNonNull(asset("/api/docs/swagger-ui.css").getHeader("ETag"));
        TestResponse answer = TestResponse.of(docs.docsAsset(
                TestRequest.get("/api/docs/swagger-ui.css").header("If-None-Match", "W/" + etag), context));

        assertThat(answer.code()).isEqualTo(304);
        assertThat(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "swagger-initializer.js",
                "oauth2-redirect.html",
                "..",
                "..%2f..%2fopenapi.yaml",
                "%2e%2e%2fbuild.properties",
                "swagger-ui.css%00.png",
                "SWAGGER-UI.CSS",
                "build.properties"
            })
    void asset_thatIsNotOfThePage_is404(String name) {
        TestResponse answer = asset("/api/docs/" + name);

        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void catchAll_ofAnyPathAndMethod_isAProblem() {
        CatchAllFunction nowhere = new CatchAllFunction(Kernels.open());
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            TestResponse answer = TestResponse.of(nowhere.nowhere(TestRequest.of(method, "/api/nowhere?x=1"), context));
            assertThat(answer.code()).isEqualTo(404);
            assertThat(answer.json().path("code").asText()).isEqualTo("not-found");
        }
    }

    private TestResponse page(String path) {
        return TestResponse.of(docs.docs(TestRequest.get(path), context));
    }

    private TestResponse asset(String path) {
        return TestResponse.of(docs.docsAsset(TestRequest.get(path), context));
    }
}
