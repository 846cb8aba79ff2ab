package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.TraceContext;
import java.util.Map;
import java.util.logging.Logger;

/** What a function can ask about its own invocation. */
record WorkerContext(String functionName, String invocationId, TraceContext traceContext) implements ExecutionContext {

    record Trace(String traceparent, String tracestate) implements TraceContext {

        @Override
        public String getTraceparent() {
            return traceparent;
        }

        @Override
        public String getTracestate() {
            return tracestate;
        }

        @Override
        public Map<String, String> getAttributes() {
            return Map.of();
        }
    }

    @Override
    public Logger getLogger() {
        return Logger.getLogger("function." + functionName);
    }

    @Override
    public String getInvocationId() {
        return invocationId;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }

    @Override
    public TraceContext getTraceContext() {
        return traceContext;
    }
}
