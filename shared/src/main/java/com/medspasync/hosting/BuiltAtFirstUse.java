package com.medspasync.hosting;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is dear to build and not always needed, such as a client of an Azure service, which costs a second and more: built when it is first asked
 * for, and once. A building that fails is tried again by who asks next. Thread-safe; who waits for the building does not pin a carrier thread.
 */
public final class BuiltAtFirstUse<T> implements Supplier<T> {

    private final Supplier<T> building;
    private final ReentrantLock one = new ReentrantLock();
    private volatile @Nullable T built;

    public BuiltAtFirstUse(Supplier<T> building) {
        this.building = building;
    }

    @Override
    public T get() {
        T known = built;
        return known != null ? known : build();
    }

    private T build() {
        one.lock();
        try {
            T known = built;
            if (known == null) {
                known = building.get();
                built = known;
            }
            return known;
        } finally {
            one.unlock();
        }
    }
}
