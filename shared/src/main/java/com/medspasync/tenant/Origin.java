package com.medspasync.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as the audit records it.
 *
 * @param address the client's IP address as the trusted front end saw it, without a port; null for work the platform does itself
 * @param userAgent the client's User-Agent, cut to 512 characters; null when it sent none
 * @param requestId names this request in the audit, the logs and the answer
 */
public record Origin(@Nullable String address, @Nullable String userAgent, UUID requestId) {}
