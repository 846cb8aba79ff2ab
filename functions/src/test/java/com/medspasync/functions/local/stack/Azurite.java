package com.medspasync.functions.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Azure Storage's emulator: blobs, queues and tables on free ports of the loopback interface. */
public final class Azurite implements Store {

    /** The account and key that every emulator has; public, and good for nothing else. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final Pattern LISTENING =
            Pattern.compile("Azurite (Blob|Queue|Table) service is successfully listening at (http://\\S+)");

    private final ChildProcess process;
    private final Map<String, String> endpoints;

    private Azurite(ChildProcess process, Map<String, String> endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** Starts it on what {@code data} holds. */
    public static Azurite start(Path data) {
        return start(data, List.of("--location", data.resolve("data").toString()));
    }

    /** Starts it with nothing; what it is given is gone when it stops. {@code directory} takes its log. */
    public static Azurite inMemory(Path directory) {
        return start(directory, List.of("--inMemoryPersistence"));
    }

    private static Azurite start(Path directory, List<String> where) {
        Path packages = NodePackages.install();
        List<String> command = new ArrayList<>(List.of(
                NodePackages.node(),
                "--require",
                packages.resolve("end-with-parent.js").toString(),
                packages.resolve("node_modules/azurite/dist/src/azurite.js").toString(),
                "--blobPort",
                "0",
                "--queuePort",
                "0",
                "--tablePort",
                "0",
                // The Azure clients speak newer versions of the protocol than the emulator has heard of.
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent"));
        command.addAll(where);
        Map<String, String> endpoints = new ConcurrentHashMap<>();
        ChildProcess process = ChildProcess.start("azurite", directory, command, line -> {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                endpoints.put(matcher.group(1), matcher.group(2));
            }
            return endpoints.size() == 3;
        });
        return new Azurite(process, endpoints);
    }

    /** What the Azure clients take. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + endpoint("Blob")
                + endpoint("Queue") + endpoint("Table") + ";";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("AzureWebJobsStorage", connectionString());
    }

    @Override
    public void close() {
        process.close();
    }

    long pid() {
        return process.pid();
    }

    private String endpoint(String service) {
        return ";" + service + "Endpoint=" + endpoints.get(service) + "/" + ACCOUNT;
    }
}
