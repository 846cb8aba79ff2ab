package com.medspasync.maskedcopy;

import java.util.UUID;

/**
 * A file of a complete copy.
 *
 * @param tag tells its content from any other
 */
public record StoredFile(UUID copy, String name, long bytes, String tag) {}
