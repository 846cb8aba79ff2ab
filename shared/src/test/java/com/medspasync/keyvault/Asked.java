package com.medspasync.keyvault;

/**
 * A request that came to the vault.
 *
 * @param path without the query
 */
public record Asked(String method, String path, boolean withToken) {

    /** Whether it asked for a page of a secret's versions. */
    public boolean isList() {
        return method.equals("GET") && path.endsWith("/versions");
    }
}
