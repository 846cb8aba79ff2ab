package com.medspasync.functions.http.kernel;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** An invocation whose log can be read. */
public final class TestContext implements ExecutionContext {

    private final List<LogRecord> records = new ArrayList<>();
    private final Logger logger = Logger.getAnonymousLogger();

    public TestContext() {
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {
                // Nothing is buffered.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }

    public List<LogRecord> records() {
        return records;
    }

    /** All that was logged, messages and thrown exceptions. */
    public String log() {
        StringBuilder text = new StringBuilder();
        records.forEach(entry -> text.append(entry.getLevel())
                .append(' ')
                .append(entry.getMessage())
                .append(entry.getThrown() == null ? "" : entry.getThrown())
                .append('\n'));
        return text.toString();
    }

    @Override
    public Logger getLogger() {
        return logger;
    }

    @Override
    public String getInvocationId() {
        return "c9f1f0d6-5a53-4c61-9c0f-3f6d3c1f0a11";
    }

    @Override
    public String getFunctionName() {
        return "Test";
    }
}
