package com.medspasync.keyvault;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A vault of secrets over TLS on the loopback interface. Its name ends in {@link LoopbackNames#SUFFIX}, so that Azure's client, which
 * verifies that a challenge names the service the vault belongs to, takes it for one of Azure's. It challenges for a token,
 * fails as it is told, and tells what it was asked. Thread-safe.
 */
public final class FakeKeyVault implements AutoCloseable {

    /** What a challenge names, and tokens are for. */
    public static final String RESOURCE = "https://vault.azure.net";

    /** Azure's own pages hold 25. */
    private static final int SMALL_PAGES = 2;

    private final LoopbackTls tls;
    private final VaultSecrets secrets;
    private final String url;
    private final int port;
    private final VaultHandler handler;

    private volatile @Nullable HttpsServer server;

    private FakeKeyVault(String name, LoopbackTls tls, VaultSecrets secrets, Predicate<String> tokens, int pageSize) {
        this.tls = tls;
        this.secrets = secrets;
        HttpsServer first = listen(0);
        this.port = first.getAddress().getPort();
        this.url = "https://" + name + LoopbackNames.SUFFIX + ":" + port;
        this.handler = new VaultHandler(new VaultApi(url, secrets, pageSize, InstantSource.system()), tokens, RESOURCE);
        serve(first);
    }

    /** An empty one in memory, of a name of its own: the client remembers a vault's challenge for the life of the JVM. */
    public static FakeKeyVault start(LoopbackTls tls, Predicate<String> tokens) {
        return new FakeKeyVault("v" + UUID.randomUUID(), tls, new VaultSecrets(null), tokens, SMALL_PAGES);
    }

    /** One whose secrets last in {@code file}. */
    public static FakeKeyVault start(String name, LoopbackTls tls, Predicate<String> tokens, Path file) {
        return new FakeKeyVault(name, tls, new VaultSecrets(file), tokens, 25);
    }

    /** Where it listens, on the same port also after an outage. */
    public String url() {
        return url;
    }

    /** Adds a version as an operator would, past the interface. */
    public SecretVersion add(String name, SecretVersion version) {
        if (!secrets.add(name, version)) {
            throw new IllegalStateException(name + " is deleted");
        }
        return version;
    }

    /** From the oldest to the newest. */
    public List<SecretVersion> versions(String name) {
        return secrets.versions(name);
    }

    /** Enables or disables a version as an operator would, past the interface. */
    public void enable(String name, String id, boolean enabled) {
        var unused = secrets.change(name, id, version -> version.withEnabled(enabled));
    }

    /** From now on, until {@link #recover}. */
    public void meet(Trouble what) {
        handler.meet(what);
    }

    /** Ends any trouble but an outage. */
    public void recover() {
        handler.meet(null);
    }

    /** Runs {@code what} when a request with a good token has come, before it is worked on. */
    public void before(Consumer<Asked> what) {
        handler.before(what);
    }

    /** Challenges for tokens of another service from now on. */
    public void challengeFor(String other) {
        handler.challengeFor(other);
    }

    /** Everything that was asked so far. */
    public List<Asked> asked() {
        return handler.asked();
    }

    /** Nobody listens until {@link #restart}. */
    public void stop() {
        HttpsServer running = server;
        if (running != null) {
            handler.letGo();
            running.stop(0);
            server = null;
        }
    }

    /** Listens again, on the same port. */
    public void restart() {
        serve(listen(port));
    }

    @Override
    public void close() {
        stop();
    }

    private HttpsServer listen(int wanted) {
        try {
            HttpsServer listening =
                    HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            listening.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
            listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpsServer listening) {
        handler.hold();
        listening.createContext("/", handler);
        listening.start();
        server = listening;
    }
}
