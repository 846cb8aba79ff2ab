package com.medspasync.hosting;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells Azure from any other machine, by environment variables that only Azure sets. */
public final class Hosting {

    /**
     * Set by App Service and by every plan of Azure Functions (WEBSITE_SITE_NAME, WEBSITE_INSTANCE_ID), by Flex Consumption before an app is
     * assigned (WEBSITE_POD_NAME, LEGION_SERVICE_HOST), and by Container Apps (CONTAINER_APP_NAME, CONTAINER_APP_JOB_NAME). Left
     * out on purpose: CONTAINER_NAME, which innocent machines set too, and what Core Tools sets on a developer's machine, such as
     * WEBSITE_HOSTNAME and FUNCTIONS_WORKER_RUNTIME.
     */
    private static final List<String> ONLY_ON_AZURE = List.of(
            "WEBSITE_SITE_NAME",
            "WEBSITE_INSTANCE_ID",
            "WEBSITE_POD_NAME",
            "LEGION_SERVICE_HOST",
            "CONTAINER_APP_NAME",
            "CONTAINER_APP_JOB_NAME");

    private Hosting() {}

    /** Whether {@code environment} is that of a process on Azure. */
    public static boolean isAzure(Map<String, String> environment) {
        return azureVariable(environment).isPresent();
    }

    /** The name of a variable by which {@code environment} is known to be that of a process on Azure. */
    public static Optional<String> azureVariable(Map<String, String> environment) {
        return ONLY_ON_AZURE.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }
}
