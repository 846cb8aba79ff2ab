package com.medspasync.keyvault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate for localhost and for {@link LoopbackNames}, made by the JDK's keytool, and the context that both serves with it and trusts it
 * alone. Nobody but this machine trusts it.
 */
public final class LoopbackTls {

    /** Of every store here: they protect nothing but tests and demo data. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "loopback";

    private final KeyStore own;
    private final SSLContext context;

    private LoopbackTls(Path directory) {
        try {
            Path file = directory.resolve("certificate.p12");
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                generate(file);
            }
            own = load(file);
            context = newContext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One for this process. */
    public static LoopbackTls create() {
        try {
            Path directory = Files.createTempDirectory("loopback-tls");
            LoopbackTls tls = new LoopbackTls(directory);
            Files.delete(directory.resolve("certificate.p12"));
            Files.delete(directory);
            return tls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that lasts in {@code directory}, made if it is not there. */
    public static LoopbackTls in(Path directory) {
        return new LoopbackTls(directory);
    }

    public SSLContext context() {
        return context;
    }

    /**
     * Writes a store of what this machine's JDK trusts and of this certificate, for {@code javax.net.ssl.trustStore}: it replaces the JDK's
     * own, and the process may also speak to servers elsewhere.
     */
    public void writeTrustStore(Path file) {
        try {
            KeyStore trusted = trustOfThis();
            int number = 0;
            for (X509Certificate issuer : issuersOfTheJdk()) {
                trusted.setCertificateEntry("jdk-" + number++, issuer);
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> issuersOfTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager trust : factory.getTrustManagers()) {
            if (trust instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    private static void generate(Path file) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1,dns:*" + LoopbackNames.SUFFIX,
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private KeyStore trustOfThis() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
        return trusted;
    }

    private SSLContext newContext() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trustOfThis());
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return made;
    }
}
