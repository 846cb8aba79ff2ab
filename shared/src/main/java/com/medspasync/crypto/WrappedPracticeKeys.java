package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.util.List;

/** Where practices' wrapped keys lie. Thread-safe. */
@FunctionalInterface
public interface WrappedPracticeKeys {

    /**
     * Every version of the practice's key, in any order; empty when it has none. Called on a thread of its own, so an
     * implementation must not rely on what is bound to the caller's thread. What it throws reaches whoever needed the key.
     */
    List<WrappedPracticeKey> load(PracticeId practice);
}
