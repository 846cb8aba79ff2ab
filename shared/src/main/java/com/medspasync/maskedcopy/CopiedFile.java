package com.medspasync.maskedcopy;

/**
 * A file of a copy that is complete.
 *
 * @param name of the file, such as {@code clients.ndjson}
 * @param rows how many lines it has, each an object
 * @param bytes its size
 * @param sha256 of its content, in hexadecimal
 */
public record CopiedFile(String name, long rows, long bytes, String sha256) {}
