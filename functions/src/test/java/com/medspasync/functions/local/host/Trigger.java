package com.medspasync.functions.local.host;

import java.util.Set;

/** What sets a function off. */
sealed interface Trigger {

    /** The name that the annotation gives the trigger's parameter. */
    String parameter();

    /**
     * A request.
     *
     * @param methods in upper case; empty for all
     */
    record Http(String parameter, RouteTemplate route, Set<String> methods) implements Trigger {

        boolean accepts(String method) {
            // The host answers HEAD wherever GET is served.
            return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
        }
    }

    /**
     * A message.
     *
     * @param connection names the setting that holds the storage account's connection string
     */
    record Queue(String parameter, String queueName, String connection) implements Trigger {}

    /** A moment. */
    record Timer(String parameter, Ncrontab schedule) implements Trigger {}
}
