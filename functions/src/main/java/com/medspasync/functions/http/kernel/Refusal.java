package com.medspasync.functions.http.kernel;

/**
 * Ends a request with an answer from inside the reading of it. Carries no stack and no message: it is no fault but an early
 * return, which never leaves the kernel.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
