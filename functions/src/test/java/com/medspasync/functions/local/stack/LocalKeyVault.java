package com.medspasync.functions.local.stack;

import com.medspasync.keyvault.FakeKeyVault;
import com.medspasync.keyvault.FakeManagedIdentity;
import com.medspasync.keyvault.LoopbackTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A Key Vault and a managed identity that may use it, both on the loopback interface, so that the app reads its root keys here as it does on
 * Azure. Azure's client finds the identity by environment variables of the process, which must be there from its start: {@code -Dlocal.keyvault} has
 * Maven set them, and they say on which port the identity answers.
 */
public final class LocalKeyVault implements Store {

    /** A file of the certificates that a process must trust to speak to the vault. */
    public static final String TRUST_STORE = "LOCAL_TRUST_STORE";

    private static final String ENDPOINT = "IDENTITY_ENDPOINT";
    private static final String HEADER = "IDENTITY_HEADER";

    /** What another host needs beside the app's settings. */
    public static final List<String> VARIABLES = List.of(TRUST_STORE, ENDPOINT, HEADER);

    private static final String CLIENT_ID = "00000000-0000-4000-8000-000000000001";

    private final Path trustStore;
    private final String endpoint;
    private final String header;
    private final FakeManagedIdentity identity;
    private final FakeKeyVault vault;

    private LocalKeyVault(Path directory, String endpoint, String header) {
        this.endpoint = endpoint;
        this.header = header;
        LoopbackTls tls = LoopbackTls.in(directory);
        trustStore = directory.resolve("trusted.p12");
        tls.writeTrustStore(trustStore);
        identity = FakeManagedIdentity.start(URI.create(endpoint).getPort(), header, CLIENT_ID);
        vault = FakeKeyVault.start("medspasync", tls, identity::gave, directory.resolve("secrets.json"));
    }

    /**
     * Starts both.
     *
     * @param directory where the secrets and the certificate last between runs; nobody but its owner may look into it
     * @param environment the process's environment variables
     * @throws IllegalStateException when the process cannot find a managed identity
     */
    public static LocalKeyVault start(Path directory, Map<String, String> environment) {
        String endpoint = environment.getOrDefault(ENDPOINT, "");
        String header = environment.getOrDefault(HEADER, "");
        if (endpoint.isBlank() || header.isBlank()) {
            throw new IllegalStateException(ENDPOINT + " and " + HEADER
                    + " are missing in the environment of this process: ./mvnw -Plocal -Dlocal.keyvault sets them");
        }
        ownersAlone(directory);
        return new LocalKeyVault(directory, endpoint, header);
    }

    /** Has this process trust the vault that {@code environment} tells of, if it does; before anything here has spoken TLS. */
    public static void trust(Map<String, String> environment) {
        String file = environment.getOrDefault(TRUST_STORE, "");
        if (!file.isBlank()) {
            System.setProperty("javax.net.ssl.trustStore", file);
            System.setProperty("javax.net.ssl.trustStorePassword", LoopbackTls.PASSWORD);
        }
    }

    /** Where the vault listens. */
    public String url() {
        return vault.url();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "KEY_VAULT_URL",
                url(),
                "AZURE_CLIENT_ID",
                CLIENT_ID,
                TRUST_STORE,
                trustStore.toString(),
                ENDPOINT,
                endpoint,
                HEADER,
                header);
    }

    @Override
    public void close() {
        vault.close();
        identity.close();
    }

    private static void ownersAlone(Path directory) {
        try {
            Files.createDirectories(directory);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
