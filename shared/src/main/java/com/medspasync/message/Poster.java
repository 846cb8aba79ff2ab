package com.medspasync.message;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts to URLs that others have chosen, each over a connection of its own.
 *
 * <p>A host's name is looked up once; all its addresses are checked, and one of these very addresses is connected to: there is no second look-up
 * that could give another. Neither of the JDK's clients can do that: {@code HttpClient} looks names up itself, out of sight, and {@code HttpURLConnection}
 * moreover sends a POST again by itself when a connection breaks, and bounds the time between bytes but not that of the whole. Of the answer only the status is
 * read, so no redirect is followed and no body taken in. No proxy, no cookies, no credentials. Thread-safe.
 */
final class Poster {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int MAX_HEAD = 8192;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d{2})(?: .*)?");

    private final Names names;
    private final Predicate<InetAddress> allowed;
    private final @Nullable SSLSocketFactory tls;
    private final Duration connectWithin;
    private final Duration answerWithin;

    /** Looks up a name. */
    @FunctionalInterface
    interface Names {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** The name leads to an address that is not allowed; nothing was connected to. */
    static final class Forbidden extends IOException {
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("an address that is not allowed");
        }
    }

    /**
     * @param tls null for connections in the clear
     * @param connectWithin what the look-up and the connection may take together
     * @param answerWithin what may pass from then until the answer's status is there
     */
    Poster(
            Names names,
            Predicate<InetAddress> allowed,
            @Nullable SSLSocketFactory tls,
            Duration connectWithin,
            Duration answerWithin) {
        this.names = names;
        this.allowed = allowed;
        this.tls = tls;
        this.connectWithin = connectWithin;
        this.answerWithin = answerWithin;
    }

    /** To the open Internet, over TLS that the JDK's certificates vouch for. */
    static Poster toTheInternet() {
        return new Poster(
                InetAddress::getAllByName,
                PublicAddresses::contain,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                CONNECT_WITHIN,
                ANSWER_WITHIN);
    }

    /** To this machine alone, in the clear. */
    static Poster toThisMachine() {
        return new Poster(
                InetAddress::getAllByName, InetAddress::isLoopbackAddress, null, CONNECT_WITHIN, ANSWER_WITHIN);
    }

    /**
     * Sends {@code body} to {@code url}.
     *
     * @return the status of the answer, 200 or more
     * @throws Forbidden when an address of the host is not allowed
     * @throws IOException when there is no answer in time, or none that is HTTP/1.1
     */
    int post(URI url, Map<String, String> headers, byte[] body) throws IOException {
        try (Socket socket = connect(url)) {
            CountDownLatch answered = new CountDownLatch(1);
            Thread.ofVirtual().name("webhook-deadline").start(() -> closeUnless(answered, socket));
            try (Socket connection = secured(socket, url)) {
                connection.getOutputStream().write(request(url, headers, body));
                connection.getOutputStream().flush();
                return status(new BufferedInputStream(connection.getInputStream(), MAX_HEAD));
            } finally {
                answered.countDown();
            }
        }
    }

    private Socket connect(URI url) throws IOException {
        long deadline = System.nanoTime() + connectWithin.toNanos();
        InetAddress[] addresses = lookUp(url.getHost());
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(allowed)) {
            throw new Forbidden();
        }
        IOException failure = new ConnectException("no connection");
        for (InetAddress address : addresses) {
            int left = (int) TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no connection in time");
            }
            Socket socket = new Socket(java.net.Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port(url)), left);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** The system's look-up knows no time limit of ours: one that takes too long is left alone. */
    private InetAddress[] lookUp(String host) throws IOException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> names.lookUp(host));
        Thread.ofVirtual().name("webhook-name").start(lookup);
        try {
            return lookup.get(connectWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException("no such host");
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no look-up in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    private Socket secured(Socket socket, URI url) throws IOException {
        if (tls == null) {
            return socket;
        }
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, url.getHost(), port(url), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Ends whatever the connection waits for, however slowly bytes come: a limit between two of them would not. */
    private void closeUnless(CountDownLatch answered, Socket socket) {
        try (socket) {
            var unused = answered.await(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyBroken) {
            // Whoever reads from it finds that out.
        }
    }

    private int port(URI url) {
        return url.getPort() != -1 ? url.getPort() : tls == null ? 80 : 443;
    }

    private static byte[] request(URI url, Map<String, String> headers, byte[] body) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append("\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    /** The status of the answer, past those that only announce it (RFC 9110, section 15.2). */
    private static int status(InputStream in) throws IOException {
        int budget = MAX_HEAD;
        while (true) {
            String line = line(in, budget);
            budget -= line.length() + 2;
            Matcher status = STATUS.matcher(line);
            if (!status.matches()) {
                throw new IOException("no HTTP/1.1");
            }
            int code = Integer.parseInt(status.group(1));
            if (code >= 200) {
                return code;
            }
            while (!line.isEmpty()) {
                line = line(in, budget);
                budget -= line.length() + 2;
            }
        }
    }

    /** @param most how long it may be */
    private static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() >= most) {
                throw new IOException("no HTTP/1.1");
            }
            line.append((char) c);
        }
        int end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
