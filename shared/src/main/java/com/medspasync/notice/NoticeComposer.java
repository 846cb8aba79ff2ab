package com.medspasync.notice;

import com.medspasync.message.Recipient;
import com.medspasync.tenant.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a notice of one kind tells, when it is delivered: a secret that the message carries is made here, and stands nowhere before. Thread-safe.
 *
 * <p>It is called again with each attempt, and whoever receives the messages keeps the first of one id that it has seen. So what an earlier attempt
 * made has to stay good, such as a token.
 */
@FunctionalInterface
public interface NoticeComposer {

    /** What there is to say. */
    sealed interface Composition {

        /**
         * This.
         *
         * @param recipient null when it is for nobody in particular
         * @param content by field of the message, besides what every message has; no nulls
         */
        record Composed(@Nullable Recipient recipient, Map<String, Object> content) implements Composition {

            public Composed {
                content = Map.copyOf(content);
            }

            /** Hides what it says and to whom. */
            @Override
            public String toString() {
                return "Composed[hidden]";
            }
        }

        /**
         * Nothing any more: the user is gone, say.
         *
         * @param reason for the operator; names no person
         */
        record Obsolete(String reason) implements Composition {}
    }

    /**
     * Composes the message of {@code notice}.
     *
     * @param caller the platform at work for the notice's practice; the audit names the notice as the request
     * @throws RuntimeException what went wrong, if it may pass
     */
    Composition compose(Notice notice, Caller caller);
}
