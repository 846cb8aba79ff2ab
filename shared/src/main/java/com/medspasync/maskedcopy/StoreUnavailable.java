package com.medspasync.maskedcopy;

/** The store of the files does not answer. Whatever was to be done may be done again. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(Throwable cause) {
        super("the store of masked copies does not answer", cause);
    }
}
