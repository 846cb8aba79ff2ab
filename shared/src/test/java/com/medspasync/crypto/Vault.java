package com.medspasync.crypto;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.medspasync.keyvault.Asked;
import com.medspasync.keyvault.FakeKeyVault;
import com.medspasync.keyvault.LoopbackTls;
import com.medspasync.keyvault.SecretVersion;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A fake Key Vault, and Azure's real client of it as production builds it; the client trusts the fake's certificate, and nothing else differs. */
final class Vault implements AutoCloseable {

    private static final LoopbackTls TLS = LoopbackTls.create();
    private static final String TOKEN = "a-token";

    final FakeKeyVault server = FakeKeyVault.start(TLS, TOKEN::equals);

    SecretClient client() {
        return KeyVault.client(
                server.url(),
                credential(),
                new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(TLS.context())));
    }

    /** Adds a root key past the interface, as a competitor or an operator would. */
    SecretVersion add(int number, Secret secret) {
        return add(number, Base64.getEncoder().encodeToString(secret.bytes()));
    }

    SecretVersion add(int number, String value) {
        return add(value, Map.of(KeyVaultRootKeys.VERSION_TAG, Integer.toString(number)));
    }

    SecretVersion add(String value, Map<String, String> tags) {
        return add(UUID.randomUUID().toString().replace("-", ""), Instant.now().getEpochSecond(), value, tags);
    }

    SecretVersion add(String id, long created, String value, Map<String, String> tags) {
        return server.add(KeyVaultRootKeys.SECRET_NAME, new SecretVersion(id, value, true, created, tags));
    }

    List<SecretVersion> versions() {
        return server.versions(KeyVaultRootKeys.SECRET_NAME);
    }

    void disable(SecretVersion version) {
        server.enable(KeyVaultRootKeys.SECRET_NAME, version.id(), false);
    }

    int requests() {
        return server.asked().size();
    }

    /** How many lists of versions were begun and not only challenged; the pages of a list count each. */
    long lists() {
        return server.asked().stream()
                .filter(Asked::isList)
                .filter(Asked::withToken)
                .count();
    }

    @Override
    public void close() {
        server.close();
    }

    private static TokenCredential credential() {
        return request -> request.getScopes().equals(List.of(FakeKeyVault.RESOURCE + "/.default"))
                ? Mono.just(new AccessToken(
                        TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)))
                : Mono.error(new IllegalStateException("a token was asked for " + request.getScopes()));
    }
}
