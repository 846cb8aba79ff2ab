package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls functions as the Java worker does: binds the arguments, asks the injector for an instance, and calls the method. */
final class Worker {

    /** A body of a media type that the worker does not convert to what the function takes: only the request is at fault. */
    static final class Unbound extends ClassCastException {
        private static final long serialVersionUID = 1L;

        Unbound(String message) {
            super(message);
        }
    }

    private final FunctionInstanceInjector injector;

    Worker(FunctionInstanceInjector injector) {
        this.injector = injector;
    }

    /**
     * Runs {@code function} on the calling thread.
     *
     * @return what it returned
     * @throws Exception what binding, the injector or the function threw; an Error that the function throws arrives here
     *     wrapped in an {@link InvocationTargetException}, as it does in the worker
     * @throws Error what binding or the injector threw: the worker does not catch it and never answers the host
     */
    @Nullable
    Object invoke(Function function, Input input, ExecutionContext context) throws Exception {
        Object[] arguments = new Object[function.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = bind(function.arguments().get(i), input, context);
        }
        Object instance = injector.getInstance(function.method().getDeclaringClass());
        return function.method().invoke(instance, arguments);
    }

    private static Object bind(Function.Argument argument, Input input, ExecutionContext context) {
        return switch (argument) {
            case Function.Argument.Context ignored -> context;
            case Function.Argument.Metadata metadata -> metadata(metadata.name(), input);
            case Function.Argument.Text ignored when input instanceof Input.Message message -> message.text();
            case Function.Argument.TextRequest ignored
            when input instanceof Input.Request request -> new WorkerRequest<>(request, text(request.body()));
            case Function.Argument.BytesRequest ignored
            when input instanceof Input.Request request -> new WorkerRequest<>(request, bytes(request.body()));
            default -> throw new IllegalStateException("A function is called by its own trigger only");
        };
    }

    private static Optional<String> text(Input.Body body) {
        return switch (body) {
            case Input.Body.None ignored -> Optional.empty();
            case Input.Body.Text text -> Optional.of(text.value());
            case Input.Body.Bytes ignored -> throw new Unbound("The worker has no way from bytes to String");
        };
    }

    private static Optional<byte[]> bytes(Input.Body body) {
        return switch (body) {
            case Input.Body.None ignored -> Optional.empty();
            case Input.Body.Bytes bytes -> Optional.of(bytes.value());
            case Input.Body.Text ignored -> throw new Unbound("The worker's JSON reader makes no bytes of text");
        };
    }

    private static String metadata(String name, Input input) {
        String value = switch (input) {
            case Input.Request request -> request.parameters().get(name);
            case Input.Message message -> message.metadata().get(name);
        };
        if (value == null) {
            throw new NullPointerException("The trigger has no metadata of that name: " + name);
        }
        return value;
    }
}
