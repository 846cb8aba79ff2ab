package com.medspasync.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One client's connection through a {@link WireCounter}: a thread for each direction. */
final class WireLink {

    private static final int NO_CUT = -1;

    private final WireCounter counter;
    private final Socket client;
    private final Socket server;
    private final AtomicInteger cutAfter = new AtomicInteger(NO_CUT);
    private volatile boolean serverHasSpoken;
    private volatile boolean loseNextAnswer;

    WireLink(WireCounter counter, Socket client, Socket server) throws SocketException {
        this.counter = counter;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofPlatform().daemon().name("wire-requests").start(() -> pump(this::requests));
        Thread.ofPlatform().daemon().name("wire-answers").start(() -> pump(this::answers));
    }

    void loseNextAnswer() {
        loseNextAnswer = true;
    }

    void cutNextRequestAfter(int bytes) {
        cutAfter.set(bytes);
    }

    void close() {
        counter.forget(this);
        try {
            client.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Direction {
        void run() throws IOException;
    }

    private void pump(Direction direction) {
        try {
            direction.run();
        } catch (IOException e) {
            // One side hung up, or this link was cut; either way both sides end.
            Thread.onSpinWait();
        } finally {
            close();
        }
    }

    private void requests() throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        FrontendMessages messages = new FrontendMessages(counter::count);
        byte[] buffer = new byte[65536];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            boolean spoken = serverHasSpoken;
            if (messages.started() && spoken && buffer[0] != 'p' && buffer[0] != 'X') {
                counter.countTurn();
                LockSupport.parkNanos(counter.delay().toNanos());
            }
            serverHasSpoken = false;
            messages.accept(buffer, count);
            int cut = cutAfter.getAndSet(NO_CUT);
            out.write(buffer, 0, cut == NO_CUT ? count : Math.min(cut, count));
            if (cut != NO_CUT) {
                return;
            }
        }
    }

    private void answers() throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[65536];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            serverHasSpoken = true;
            if (loseNextAnswer) {
                return;
            }
            if (!counter.silent()) {
                out.write(buffer, 0, count);
            }
        }
    }
}
