package com.medspasync.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.medspasync.hosting.AzureHttp;
import com.medspasync.hosting.BuiltAtFirstUse;
import com.medspasync.hosting.Hosting;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As whom the app logs in to Azure's services: its managed identity, and nobody else. Of the many credentials that Azure's default one would try in
 * turn, only that of the managed identity is left: an environment variable or a file that somebody puts there lends the app no other identity, and
 * a failure is told at once. Where the platform does not run on Azure, AZURE_TOKEN_CREDENTIALS may name another, as Azure's documentation says.
 *
 * <p>Built at the first use, because that costs more than a second, and once: it caches tokens. Thread-safe.
 */
public final class AppIdentity implements Supplier<TokenCredential> {

    private static final String WHICH = "AZURE_TOKEN_CREDENTIALS";
    private static final String MANAGED_IDENTITY = "ManagedIdentityCredential";

    /** Azure's own default is a minute, in which a request would wait for a token. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final @Nullable String clientId;
    private final boolean pinned;
    private final Supplier<TokenCredential> credential = new BuiltAtFirstUse<>(this::build);

    /**
     * The identity of this process.
     *
     * @param clientId of the user-assigned identity; null for the system-assigned one
     * @param environment the process's environment variables
     */
    public AppIdentity(@Nullable String clientId, Map<String, String> environment) {
        this.clientId = clientId;
        this.pinned = Hosting.isAzure(environment)
                || environment.getOrDefault(WHICH, "").isBlank();
    }

    @Override
    public TokenCredential get() {
        return credential.get();
    }

    private TokenCredential build() {
        DefaultAzureCredentialBuilder builder =
                new DefaultAzureCredentialBuilder().httpClient(AzureHttp.within(TIMEOUT));
        if (pinned) {
            // What stands in for the system properties goes before the environment.
            builder.configuration(new ConfigurationBuilder(
                            path -> Map.of(), path -> Map.of(WHICH, MANAGED_IDENTITY), path -> Map.of())
                    .build());
        }
        if (clientId != null) {
            builder.managedIdentityClientId(clientId);
        }
        return builder.build();
    }
}
