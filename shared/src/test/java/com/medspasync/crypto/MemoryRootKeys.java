package com.medspasync.crypto;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Root keys in memory, which a test adds, takes away and makes unavailable. */
final class MemoryRootKeys implements RootKeys {

    final ConcurrentSkipListMap<Integer, RootKey> versions = new ConcurrentSkipListMap<>();

    private final AtomicInteger highest = new AtomicInteger();

    MemoryRootKeys() {
        add(1);
    }

    void add(int version) {
        highest.accumulateAndGet(version, Math::max);
        versions.put(version, new RootKey(version, Secret.random(Examples.RANDOM)));
    }

    @Override
    public RootKey current() {
        return versions.lastEntry().getValue();
    }

    @Override
    public RootKey version(int version) {
        RootKey key = versions.get(version);
        if (key == null) {
            throw new UnknownKeyVersion("no root key version " + version);
        }
        return key;
    }

    @Override
    public void refresh() {}

    @Override
    public boolean createIfAbsent() {
        if (!versions.isEmpty()) {
            return false;
        }
        add(1);
        return true;
    }

    @Override
    public NavigableSet<Integer> versions() {
        return new TreeSet<>(versions.keySet());
    }

    @Override
    public synchronized RootKey publish() {
        add(highest.get() + 1);
        return current();
    }

    @Override
    public synchronized RootKey publishAfter(int version) {
        return current().version() > version ? current() : publish();
    }

    @Override
    public synchronized void retire(int version) {
        if (version == current().version()) {
            throw new IllegalStateException("version " + version + " is the newest");
        }
        versions.remove(version);
    }
}
