package com.medspasync.functions;

import java.util.List;

/** The app cannot start with the settings it was given. The message names each fault by its setting and repeats no value. */
public final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSettings(List<String> faults) {
        super("App settings: " + String.join("; ", faults));
    }
}
