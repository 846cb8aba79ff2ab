package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which functions load, and which the platform would refuse or bind badly. */
class FunctionCatalogueTest {

    /** Two methods of one name: the worker cannot tell them apart. */
    public static final class Overloaded {
        @FunctionName("One")
        public void run(@TimerTrigger(name = "timer", schedule = "0 0 0 * * *") String state) {}

        public void run() {}
    }

    /** Invisible to the worker. */
    static final class NotPublic {
        @FunctionName("Hidden")
        public void run(@TimerTrigger(name = "timer", schedule = "0 0 0 * * *") String state) {}
    }

    /** A name that the host does not take. */
    public static final class Misnamed {
        @FunctionName("1st")
        public void run(@TimerTrigger(name = "timer", schedule = "0 0 0 * * *") String state) {}
    }

    /** No trigger at all. */
    public static final class Untriggered {
        @FunctionName("Never")
        public void run(ExecutionContext context) {}
    }

    /** Bound by the worker's own JSON reader. */
    public static final class BindsAnObject {
        @FunctionName("Object")
        public void run(
                @QueueTrigger(name = "message", queueName = "q", connection = "") Map<String, String> message) {}
    }

    /** A body that the worker would convert. */
    public static final class BindsABodyObject {
        @FunctionName("BodyObject")
        public void run(
                @HttpTrigger(name = "request", authLevel = AuthorizationLevel.ANONYMOUS)
                        HttpRequestMessage<Optional<Integer>> request) {}
    }

    /** The name of another function, in another case. */
    public static final class SecondEcho {
        @FunctionName("ECHO")
        public void run(@TimerTrigger(name = "timer", schedule = "0 0 0 * * *") String state) {}
    }

    /** A schedule that is a setting. */
    public static final class Configured {
        @FunctionName("Nightly")
        public void run(@TimerTrigger(name = "timer", schedule = "%NIGHTLY%") String state) {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Overloaded.class,
                NotPublic.class,
                Misnamed.class,
                Untriggered.class,
                BindsAnObject.class,
                BindsABodyObject.class
            })
    void function_thatThePlatformWouldRefuseOrBindBadly_doesNotLoad(Class<?> type) {
        assertThatThrownBy(() -> FunctionCatalogue.of(type).load(text -> text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void name_usedTwice_inAnyCase_doesNotLoad() {
        assertThatThrownBy(() -> FunctionCatalogue.of(SampleFunctions.class, SecondEcho.class)
                        .load(text -> text))
                .hasMessageContaining("ECHO");
    }

    @Test
    void functions_areInAlphabeticalOrder() {
        List<String> names = FunctionCatalogue.of(SampleFunctions.class).load(text -> text).stream()
                .map(Function::name)
                .toList();

        assertThat(names).isSorted().contains("Echo", "Item", "ItemRecent", "Url");
    }

    @Test
    void setting_inATrigger_isExpanded_andMissedAtTheStart() {
        assertThatThrownBy(() -> LocalHost.serving(FunctionCatalogue.of(Configured.class))
                        .settings(Map.of("AzureWebJobsStorage", "UseDevelopmentStorage=true"))
                        .start())
                .hasMessageContaining("NIGHTLY");
    }
}
