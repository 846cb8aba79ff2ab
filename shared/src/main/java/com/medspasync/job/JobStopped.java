package com.medspasync.job;

/** A job met something that it cannot get past by trying again. The message is for the operator, and holds no PHI. */
public final class JobStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JobStopped(String message) {
        super(message);
    }
}
