package com.medspasync.notice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the platform logs while this is open. */
public final class Logged extends Handler implements AutoCloseable {

    private static final Logger OURS = Logger.getLogger("com.medspasync");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    public Logged() {
        OURS.addHandler(this);
    }

    public List<String> lines() {
        return lines;
    }

    public List<String> alarms() {
        return lines.stream().filter(line -> line.contains("ALARM")).toList();
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        OURS.removeHandler(this);
    }
}
