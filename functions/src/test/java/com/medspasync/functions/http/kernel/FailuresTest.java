package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.crypto.CryptoExceptions;
import com.medspasync.crypto.FieldContext;
import com.medspasync.database.DatabaseExceptions;
import com.medspasync.functions.fault.Faults;
import com.microsoft.azure.functions.HttpMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    /** In every message, and so in no answer and no log. */
    private static final String PHI = "Ada Okafor 219-09-9999";

    private static final UUID ROW = UUID.fromString("0190c6a1-aaaa-7000-8000-00000000000f");

    private final TestContext context = new TestContext();

    static Stream<Arguments> failures() {
        FieldContext place = new FieldContext(Kernels.PRACTICE, "clients", "ssn", ROW);
        return Stream.of(
                Arguments.of(new IllegalStateException(PHI), 500, "internal"),
                Arguments.of(new IllegalArgumentException("x", new IllegalStateException(PHI)), 500, "internal"),
                Arguments.of(new OutOfMemoryError(PHI), 500, "internal"),
                Arguments.of(new StackOverflowError(PHI), 500, "internal"),
                Arguments.of(new java.io.IOException(PHI), 500, "internal"),
                Arguments.of(DatabaseExceptions.fault(PHI), 500, "internal"),
                Arguments.of(DatabaseExceptions.violated(PHI, "23514", "clients_status_check"), 500, "internal"),
                Arguments.of(DatabaseExceptions.violated(PHI, "23505", "clients_email_unique"), 409, "conflict"),
                Arguments.of(DatabaseExceptions.busy(PHI), 503, "unavailable"),
                Arguments.of(DatabaseExceptions.unavailable(PHI, Duration.ofSeconds(4), false), 503, "unavailable"),
                Arguments.of(CryptoExceptions.tampered(place, PHI), 500, "unreadable"),
                Arguments.of(CryptoExceptions.unknownKey(PHI), 500, "unreadable"),
                Arguments.of(CryptoExceptions.unavailable(PHI, Duration.ofSeconds(9)), 503, "unavailable"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void answer_ofAnyFailure_isAProblemThatRepeatsNoMessage_andSoIsTheLog(Throwable failure, int status, String code) {
        TestResponse answer = answer(failure);

        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.text()).doesNotContain("Ada", "219", "clients", "Exception");
        assertThat(context.log())
                .contains("operation=\"GET things\"", "request=" + Kernels.REQUEST)
                .doesNotContain("Ada", "219");
        assertThat(context.records()).extracting(LogRecord::getThrown).containsOnlyNulls();
    }

    @Test
    void answer_ofAFault_logsClassesAndFramesUnderTheTraceIdThatIsAnswered() {
        JsonNode problem = answer(new IllegalArgumentException("x", new IllegalStateException(PHI)))
                .json();

        assertThat(context.records()).extracting(LogRecord::getLevel).containsExactly(Level.SEVERE);
        assertThat(context.log())
                .contains("trace=" + problem.path("traceId").asText())
                .contains("java.lang.IllegalArgumentException\n    at " + FailuresTest.class.getName())
                .contains("caused by java.lang.IllegalStateException");
    }

    @Test
    void answer_thatCannotBeWritten_isAFaultToo() {
        Resource resource = new Resource("things", Kernels.open())
                .onAnonymous(
                        HttpMethod.GET,
                        exchange -> Answer.problem(ProblemType.CONFLICT).extension("unwritable", new Object()));
        TestResponse answer = TestResponse.of(resource.handle(TestRequest.get("/api/things"), context));

        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.json().path("code").asText()).isEqualTo("internal");
        assertThat(context.log()).contains("SEVERE failed operation=\"GET things\"");
    }

    @Test
    void describe_ofAnEndlessChain_ends() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(Faults.describe(one).split("caused by", -1)).hasSize(6);
    }

    @Test
    void answer_ofATamperedCiphertext_raisesAnAlarmThatNamesThePlace() {
        answer(CryptoExceptions.tampered(new FieldContext(Kernels.PRACTICE, "clients", "ssn", ROW), PHI));

        assertThat(context.log())
                .startsWith("SEVERE ALARM tampered-ciphertext ")
                .contains("clients", "ssn", ROW.toString(), Kernels.PRACTICE.toString());
    }

    @Test
    void answer_ofAMissingKey_raisesAnAlarm() {
        answer(CryptoExceptions.unknownKey(PHI));

        assertThat(context.log()).startsWith("SEVERE ALARM unknown-key ");
    }

    @Test
    void answer_ofAnOutage_saysWhenToComeBack() {
        assertThat(answer(DatabaseExceptions.unavailable(PHI, Duration.ofMillis(3500), false))
                        .headers())
                .containsEntry("Retry-After", "4");
        assertThat(answer(CryptoExceptions.unavailable(PHI, Duration.ofSeconds(9)))
                        .headers())
                .containsEntry("Retry-After", "9");
        assertThat(answer(DatabaseExceptions.busy(PHI)).headers()).containsEntry("Retry-After", "1");
    }

    @ParameterizedTest
    @CsvSource({"false,Nothing was changed", "true,not known"})
    void answer_ofABrokenConnection_saysWhetherTheChangeMayHaveHappened(boolean mayHaveCommitted, String words) {
        assertThat(answer(DatabaseExceptions.unavailable(PHI, Duration.ofSeconds(1), mayHaveCommitted))
                        .json()
                        .path("detail")
                        .asText())
                .contains(words);
    }

    private TestResponse answer(Throwable failure) {
        Resource resource = new Resource("things", Kernels.open()).onAnonymous(HttpMethod.GET, exchange -> {
            throw sneaky(failure);
        });
        return TestResponse.of(resource.handle(TestRequest.get("/api/things"), context));
    }

    /** Throws what no signature declares, as libraries can. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
