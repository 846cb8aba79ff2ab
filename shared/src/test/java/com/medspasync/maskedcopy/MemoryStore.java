package com.medspasync.maskedcopy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A store in memory, which behaves as a blob store does. */
final class MemoryStore implements CopyStore {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Map<String, byte[]>> blocks = new TreeMap<>();
    private boolean down;
    private int left = Integer.MAX_VALUE;
    private Runnable beforeCommit = () -> {};
    private int largest;

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** Dies after so many more blocks, as a process does that is killed: nothing of what it was doing goes on. */
    synchronized void killAfter(int more) {
        left = more;
    }

    /** Has something happen just before each file is made. */
    synchronized void beforeCommit(Runnable happening) {
        beforeCommit = happening;
    }

    /** What whoever is killed leaves behind. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void answer() {
        if (down) {
            throw new StoreUnavailable(new IllegalStateException("down"));
        }
    }

    @Override
    public synchronized void stage(String path, String block, byte[] content) {
        answer();
        if (left-- == 0) {
            left = Integer.MAX_VALUE;
            throw new Killed();
        }
        largest = Math.max(largest, content.length);
        blocks.computeIfAbsent(path, file -> new TreeMap<>()).put(block, content);
    }

    @Override
    public synchronized void commit(String path, List<String> names) {
        answer();
        Map<String, byte[]> staged = new TreeMap<>(blocks.getOrDefault(path, Map.of()));
        beforeCommit.run();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        names.forEach(name -> content.writeBytes(Objects.requireNonNull(staged.get(name), name)));
        blocks.computeIfAbsent(path, file -> new TreeMap<>()).keySet().retainAll(names);
        files.put(path, content.toByteArray());
    }

    @Override
    public synchronized void put(String path, byte[] content) {
        answer();
        files.put(path, content);
    }

    @Override
    public synchronized OptionalLong size(String path) {
        answer();
        byte[] content = files.get(path);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public synchronized byte[] read(String path, long from, int length) {
        answer();
        byte[] content = Objects.requireNonNull(files.get(path), path);
        return Arrays.copyOfRange(content, (int) from, (int) Math.min(content.length, from + length));
    }

    @Override
    public synchronized void deleteAll(String prefix) {
        answer();
        files.keySet().removeIf(path -> path.startsWith(prefix));
        blocks.keySet().removeIf(path -> path.startsWith(prefix));
    }

    /** All files, by path. */
    synchronized Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((path, content) -> texts.put(path, new String(content, StandardCharsets.UTF_8)));
        return texts;
    }

    /** The size of the largest block that was ever brought. */
    synchronized int largestBlock() {
        return largest;
    }
}
