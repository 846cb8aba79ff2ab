package com.medspasync.database;

import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is said to the PostgreSQL driver, and through it to the server, when a connection is opened. */
final class Driver {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** At its finest level the driver logs the values of parameters. Held here because loggers are collected otherwise. */
    private static final Logger PROTOCOL_LOG = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private Driver() {}

    /** The connection properties for {@code settings}; also keeps parameter values out of the driver's log. */
    static Properties properties(DatabaseSettings settings) {
        PROTOCOL_LOG.setFilter(record -> record.getLevel().intValue() > Level.FINEST.intValue());
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", settings.applicationName());
        // The DETAIL of an error quotes rows.
        driver.setProperty("logServerErrorDetail", "false");
        driver.setProperty("prepareThreshold", settings.serverPrepared() ? "5" : "0");
        driver.setProperty("preparedStatementCacheQueries", "512");
        driver.setProperty("preparedStatementCacheSizeMiB", "16");
        driver.setProperty("assumeMinServerVersion", "16");
        driver.setProperty("gssEncMode", "disable");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("connectTimeout", Long.toString(seconds(settings.poolWait())));
        driver.setProperty("loginTimeout", Long.toString(seconds(settings.poolWait())));
        // A server that is gone without a word is noticed soon after it would have given up by itself.
        driver.setProperty("socketTimeout", Long.toString(seconds(settings.statementTimeout()) + 5));
        driver.setProperty("options", options(settings));
        if (isRemoteWithoutTls(settings.url())) {
            driver.setProperty("sslmode", "verify-full");
            driver.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return driver;
    }

    private static String options(DatabaseSettings settings) {
        return "-c statement_timeout=" + settings.statementTimeout().toMillis()
                + " -c lock_timeout=" + settings.lockTimeout().toMillis()
                + " -c idle_in_transaction_session_timeout="
                + settings.idleInTransactionTimeout().toMillis();
    }

    /** Whether {@code url} leads off this machine and does not say how to encrypt. */
    private static boolean isRemoteWithoutTls(String url) {
        String hosts = url.substring(DatabaseSettings.SCHEME.length()).split("[/?]", 2)[0];
        return !url.contains("sslmode=")
                && Arrays.stream(hosts.split(","))
                        .map(host -> host.replaceFirst(":[0-9]+$", ""))
                        .anyMatch(host -> !LOOPBACK.contains(host));
    }

    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
