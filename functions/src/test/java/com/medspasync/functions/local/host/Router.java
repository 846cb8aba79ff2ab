package com.medspasync.functions.local.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the function for a request: the first, by name, whose route and methods fit. There is no other precedence. */
final class Router {

    /** A function and the values of its route's parameters. */
    record Match(Function function, Map<String, String> parameters) {}

    private record Route(Function function, Trigger.Http trigger) {}

    private final String prefix;
    private final List<Route> routes = new ArrayList<>();

    Router(String routePrefix, List<Function> functionsByName) {
        prefix = routePrefix.isEmpty() ? "/" : "/" + routePrefix + "/";
        for (Function function : functionsByName) {
            if (function.trigger() instanceof Trigger.Http http) {
                routes.add(new Route(function, http));
            }
        }
    }

    Optional<Match> find(String method, String path) {
        if (!path.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        for (Route route : routes) {
            if (route.trigger.accepts(method)) {
                Optional<Map<String, String>> parameters = route.trigger.route().match(rest);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(route.function, parameters.get()));
                }
            }
        }
        return Optional.empty();
    }
}
