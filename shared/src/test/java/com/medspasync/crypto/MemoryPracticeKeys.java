package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Wrapped practice keys in memory: counts how often it is asked, and fails on request. */
final class MemoryPracticeKeys implements WrappedPracticeKeys {

    final Map<PracticeId, List<WrappedPracticeKey>> rows = new ConcurrentHashMap<>();
    final AtomicInteger loads = new AtomicInteger();
    volatile @Nullable RuntimeException failure;

    void store(PracticeId practice, WrappedPracticeKey key) {
        rows.merge(practice, List.of(key), (old, added) -> {
            List<WrappedPracticeKey> all = new ArrayList<>(old);
            all.addAll(added);
            return List.copyOf(all);
        });
    }

    @Override
    public List<WrappedPracticeKey> load(PracticeId practice) {
        loads.incrementAndGet();
        RuntimeException fault = failure;
        if (fault != null) {
            throw fault;
        }
        return rows.getOrDefault(practice, List.of());
    }
}
