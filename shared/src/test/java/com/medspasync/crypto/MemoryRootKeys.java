package com.medspasync.crypto;

import java.util.concurrent.ConcurrentSkipListMap;

/** Root keys in memory, which a test adds, takes away and makes unavailable. */
final class MemoryRootKeys implements RootKeys {

    final ConcurrentSkipListMap<Integer, RootKey> versions = new ConcurrentSkipListMap<>();

    MemoryRootKeys() {
        add(1);
    }

    void add(int version) {
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
    public boolean createIfAbsent() {
        if (!versions.isEmpty()) {
            return false;
        }
        add(1);
        return true;
    }
}
