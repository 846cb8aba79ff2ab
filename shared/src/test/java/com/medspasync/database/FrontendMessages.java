package com.medspasync.database;

import java.util.function.IntConsumer;

/**
 * Finds the messages in what a client sends, piece by piece, after PostgreSQL's frontend/backend protocol 3 (documentation,
 * section 54.7): a start-up message has a length first, all others a type byte and then the length.
 */
final class FrontendMessages {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final IntConsumer onMessage;
    private boolean started;
    private int type;
    private int headerLeft = 4;
    private int length;
    private int bodyLeft;
    private int code;

    /** @param onMessage told the type byte of each message when its last byte has passed */
    FrontendMessages(IntConsumer onMessage) {
        this.onMessage = onMessage;
    }

    /** Whether the start-up message has passed, so that what follows has types. */
    boolean started() {
        return started;
    }

    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            accept(bytes[i] & 0xff);
        }
    }

    private void accept(int b) {
        if (started && type == 0) {
            type = b;
        } else if (headerLeft > 0) {
            headerLeft--;
            length = (length << 8) | b;
            bodyLeft = headerLeft == 0 ? length - 4 : bodyLeft;
        } else {
            bodyLeft--;
            code = (code << 8) | b;
        }
        if (headerLeft == 0 && bodyLeft == 0) {
            end();
        }
    }

    private void end() {
        if (started) {
            onMessage.accept(type);
        } else {
            boolean request = length == 8 && (code == SSL_REQUEST || code == GSS_REQUEST);
            boolean cancel = length == 16 && code == CANCEL_REQUEST;
            started = !request && !cancel;
        }
        type = 0;
        headerLeft = 4;
        length = 0;
        code = 0;
    }
}
