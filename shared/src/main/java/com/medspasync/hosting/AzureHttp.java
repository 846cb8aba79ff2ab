package com.medspasync.hosting;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * How the clients of Azure's services speak HTTP.
 *
 * <p>Azure's library has one pool of few threads for a process: on it run the calls that have a time limit, and by default also what reads
 * their answers. So as many calls at once as there are threads wait for answers that nobody is left to read, for good, and with them every other
 * client of the process (decision 16). Here answers are read on threads of their own.
 */
public final class AzureHttp {

    private static final Executor READING = Thread.ofVirtual().name("azure-http-", 0)::start;

    private AzureHttp() {}

    /** A client that waits so long to connect, for an answer, and between two pieces of one. */
    public static HttpClient within(Duration timeout) {
        return within(timeout, new JdkHttpClientBuilder());
    }

    /** The same, over connections that {@code connections} makes. */
    public static HttpClient within(Duration timeout, JdkHttpClientBuilder connections) {
        return connections
                .executor(READING)
                .connectionTimeout(timeout)
                .responseTimeout(timeout)
                .readTimeout(timeout)
                .build();
    }
}
