package com.medspasync.functions;

import com.medspasync.functions.http.kernel.Kernel;
import java.lang.reflect.Constructor;
import java.util.Arrays;

/**
 * Function instances for when the app cannot be built. They are made with a kernel that answers every request with 503 before
 * it gets to them, so there is nothing else that they need.
 */
final class ClosedFunctions {

    private ClosedFunctions() {}

    static <T> T instance(Class<T> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getConstructors()[0];
        Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> parameter == Kernel.class ? Kernel.closed() : null)
                .toArray();
        return type.cast(constructor.newInstance(arguments));
    }
}
