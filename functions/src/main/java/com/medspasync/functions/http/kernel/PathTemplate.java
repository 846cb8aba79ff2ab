package com.medspasync.functions.http.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the parameters of a route such as {@code clients/{id:guid}/history} in a request's path. It counts from the end, so that it
 * does not matter which prefix the host puts in front.
 */
final class PathTemplate {

    private static final int UUID_LENGTH = 36;

    private final Map<String, Integer> fromEnd = new HashMap<>();

    PathTemplate(String route) {
        String[] segments = route.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.startsWith("{") && segment.endsWith("}")) {
                String name = segment.substring(1, segment.length() - 1);
                int constraint = name.indexOf(':');
                fromEnd.put(constraint < 0 ? name : name.substring(0, constraint), segments.length - i);
            }
        }
    }

    /** The value of a parameter in {@code path}; null stands for none in a path that is too short. */
    Optional<String> find(String name, String path) {
        Integer position = fromEnd.get(name);
        if (position == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        for (int i = 1; i < position && end > 0; i++) {
            end = path.lastIndexOf('/', end - 1);
        }
        return end <= 0 ? Optional.empty() : Optional.of(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
    }

    /** A UUID in its one canonical length: the host's {@code guid} lets other spellings through. */
    static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }
}
