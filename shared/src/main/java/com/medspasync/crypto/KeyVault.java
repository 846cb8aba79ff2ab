package com.medspasync.crypto;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.medspasync.hosting.AzureHttp;
import java.time.Duration;
import java.util.function.Predicate;

/** Builds the client of Azure Key Vault. */
public final class KeyVault {

    /** To connect, to answer, and between two pieces of an answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final int FIRST_SERVER_FAULT = 500;

    private KeyVault() {}

    /**
     * A client for the vault at {@code vaultUrl}. Before it sends a token it verifies that the challenge names the service the
     * vault belongs to; it gives up on a vault that does not answer within seconds.
     */
    public static SecretClient client(String vaultUrl, TokenCredential credential) {
        return client(vaultUrl, credential, new JdkHttpClientBuilder());
    }

    /** The same, over connections that {@code connections} makes. */
    static SecretClient client(String vaultUrl, TokenCredential credential, JdkHttpClientBuilder connections) {
        HttpClient http = AzureHttp.within(TIMEOUT, connections);
        // Broken connections and faults of the vault are tried once more. Being told to slow down is not: the cache of
        // the root keys waits that out, where the client would hold up the request for as long.
        FixedDelayOptions once = new FixedDelayOptions(1, Duration.ofMillis(200));
        Predicate<RequestRetryCondition> fault = attempt -> attempt.getThrowable() != null
                || (attempt.getResponse() != null && attempt.getResponse().getStatusCode() >= FIRST_SERVER_FAULT);
        return new SecretClientBuilder()
                .vaultUrl(vaultUrl)
                .credential(credential)
                .httpClient(http)
                .retryOptions(new RetryOptions(once).setShouldRetryCondition(fault))
                .buildClient();
    }
}
