package com.medspasync.functions.local.stack;

import java.util.Map;

/** A store that was started here and ends with us. */
public interface Store extends AutoCloseable {

    /** What the app must be told to reach it: app settings by name. */
    Map<String, String> settings();

    /** Stops it and returns when it has ended; its data stays. */
    @Override
    void close();
}
