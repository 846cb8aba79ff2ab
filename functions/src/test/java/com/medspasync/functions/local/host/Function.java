package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One function as it was loaded: a public method under {@code @FunctionName}, its trigger and what each of its parameters takes. */
record Function(String name, Method method, Trigger trigger, List<Argument> arguments) {

    /** What a parameter takes. */
    sealed interface Argument {

        /** The request, its body as text. */
        record TextRequest() implements Argument {}

        /** The request, its body as bytes. */
        record BytesRequest() implements Argument {}

        /** The message, or the timer's state, as text. */
        record Text() implements Argument {}

        /** The execution context. */
        record Context() implements Argument {}

        /** An entry of the trigger's metadata: a route's parameter, or what a queue says of a message. */
        record Metadata(String name) implements Argument {}
    }

    /** The host refuses to index a function under any other name. */
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,126}";

    /**
     * Loads the function that {@code method} is.
     *
     * @param expand replaces %SETTING% in what the trigger says
     * @throws IllegalArgumentException if the worker would refuse to load the function, or if it asks for what the local host does not have
     */
    static Function load(Method method, UnaryOperator<String> expand) {
        String name = method.getAnnotation(FunctionName.class).value();
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("Not a function name: " + name);
        }
        Class<?> type = method.getDeclaringClass();
        if (!Modifier.isPublic(method.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException("The worker sees public methods of public classes only: " + name);
        }
        if (Arrays.stream(type.getMethods())
                        .filter(other -> other.getName().equals(method.getName()))
                        .count()
                > 1) {
            throw new IllegalArgumentException("The worker does not load overloaded methods: " + name);
        }
        List<Trigger> triggers = new ArrayList<>();
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            Optional<Trigger> trigger = trigger(parameter, name, expand);
            trigger.ifPresent(triggers::add);
            arguments.add(argument(parameter, trigger, name));
        }
        if (triggers.size() != 1) {
            throw new IllegalArgumentException("A function has one trigger: " + name);
        }
        return new Function(name, method, triggers.getFirst(), List.copyOf(arguments));
    }

    private static Optional<Trigger> trigger(Parameter parameter, String function, UnaryOperator<String> expand) {
        HttpTrigger http = parameter.getAnnotation(HttpTrigger.class);
        if (http != null) {
            Set<String> methods =
                    Arrays.stream(http.methods()).map(HttpMethod::name).collect(Collectors.toUnmodifiableSet());
            String route = http.route().isEmpty() ? function : http.route();
            return Optional.of(new Trigger.Http(http.name(), RouteTemplate.parse(route), methods));
        }
        QueueTrigger queue = parameter.getAnnotation(QueueTrigger.class);
        if (queue != null) {
            String connection = queue.connection().isEmpty() ? "AzureWebJobsStorage" : queue.connection();
            return Optional.of(new Trigger.Queue(queue.name(), expand.apply(queue.queueName()), connection));
        }
        TimerTrigger timer = parameter.getAnnotation(TimerTrigger.class);
        if (timer != null) {
            return Optional.of(new Trigger.Timer(timer.name(), Ncrontab.parse(expand.apply(timer.schedule()))));
        }
        return Optional.empty();
    }

    private static Argument argument(Parameter parameter, Optional<Trigger> trigger, String function) {
        Type type = parameter.getParameterizedType();
        if (trigger.isPresent()) {
            return trigger.get() instanceof Trigger.Http ? request(type, function) : text(type, function);
        }
        BindingName metadata = parameter.getAnnotation(BindingName.class);
        if (metadata != null) {
            text(type, function);
            return new Argument.Metadata(metadata.value());
        }
        if (type == ExecutionContext.class) {
            return new Argument.Context();
        }
        throw new IllegalArgumentException("The local host cannot bind " + type.getTypeName() + " in " + function);
    }

    private static Argument request(Type type, String function) {
        if (type instanceof ParameterizedType message
                && message.getRawType() == HttpRequestMessage.class
                && message.getActualTypeArguments()[0] instanceof ParameterizedType body
                && body.getRawType() == Optional.class) {
            if (body.getActualTypeArguments()[0] == String.class) {
                return new Argument.TextRequest();
            }
            if (body.getActualTypeArguments()[0] == byte[].class) {
                return new Argument.BytesRequest();
            }
        }
        throw new IllegalArgumentException("Bind HttpRequestMessage<Optional<String>> or <Optional<byte[]>> in "
                + function + ": the worker's own JSON reader would have a say in anything else");
    }

    private static Argument text(Type type, String function) {
        if (type != String.class) {
            throw new IllegalArgumentException(
                    "Bind String in " + function + ": the worker's own JSON reader would have a say in anything else");
        }
        return new Argument.Text();
    }
}
