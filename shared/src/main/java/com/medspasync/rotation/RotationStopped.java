package com.medspasync.rotation;

/** A rotation met something that it cannot move and must not leave behind. The message is for the operator, and holds no PHI. */
public final class RotationStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RotationStopped(String message) {
        super(message);
    }
}
