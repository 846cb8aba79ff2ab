package com.medspasync.functions;

import java.util.List;

/** The names of the app settings. */
public final class SettingNames {

    /** {@code jdbc:postgresql://host:port/name?...}, without credentials. Required. */
    public static final String DATABASE_URL = "DATABASE_URL";

    /** The role of the HTTP functions. Required. */
    public static final String DATABASE_USER = "DATABASE_USER";

    /** Its password; without one the app logs in with its managed identity. */
    public static final String DATABASE_PASSWORD = "DATABASE_PASSWORD";

    /** Connections per instance, 1 to 200; 10 when absent. */
    public static final String DATABASE_POOL_SIZE = "DATABASE_POOL_SIZE";

    /** The role of queues and timers. */
    public static final String MAINTENANCE_DATABASE_USER = "MAINTENANCE_DATABASE_USER";

    /** Its password; without one, the managed identity. */
    public static final String MAINTENANCE_DATABASE_PASSWORD = "MAINTENANCE_DATABASE_PASSWORD";

    /** {@code redis://} or {@code rediss://}. Required. */
    public static final String REDIS_URL = "REDIS_URL";

    /** The storage account's connection string. Required, unless the three endpoints are given. */
    public static final String STORAGE = "AzureWebJobsStorage";

    /** The account's blob endpoint, for the managed identity: the name that the Functions host reads too. */
    public static final String STORAGE_BLOB = "AzureWebJobsStorage__blobServiceUri";

    /** The account's queue endpoint. */
    public static final String STORAGE_QUEUE = "AzureWebJobsStorage__queueServiceUri";

    /** The account's table endpoint. */
    public static final String STORAGE_TABLE = "AzureWebJobsStorage__tableServiceUri";

    /** The Key Vault that holds the root key. Either this or the key file is required. */
    public static final String KEY_VAULT_URL = "KEY_VAULT_URL";

    /** A file that holds the root key, on a developer's machine. */
    public static final String LOCAL_KEY_FILE = "LOCAL_KEY_FILE";

    /** The client id of the app's managed identity. Required on Azure. */
    public static final String IDENTITY = "AZURE_CLIENT_ID";

    /** Days between asking for the destruction of a practice's keys and confirming it, 1 to 90 (0 off Azure); 7 when absent. */
    public static final String SHREDDING_WAIT_DAYS = "SHREDDING_WAIT_DAYS";

    /** Days that a backup which holds wrapped keys may live, the database server's own included, 7 to 3650 (0 off Azure); 35 when absent. */
    public static final String KEY_BACKUP_DAYS = "KEY_BACKUP_DAYS";

    /** Where messages go of practices that have no channel of their own: an {@code https} URL, or {@code http://127.0.0.1} off Azure; nowhere when absent. */
    public static final String MESSAGE_WEBHOOK_URL = "MESSAGE_WEBHOOK_URL";

    /** What they are signed with: {@code whsec_} and the base64 of 24 to 64 bytes. Required with the URL. */
    public static final String MESSAGE_WEBHOOK_SECRET = "MESSAGE_WEBHOOK_SECRET";

    /** Comma-separated origins; none when absent. */
    public static final String CORS_ORIGINS = "CORS_ORIGINS";

    /** Front ends that append to X-Forwarded-For, 1 to 5; 1 when absent. */
    public static final String TRUSTED_PROXY_HOPS = "TRUSTED_PROXY_HOPS";

    /** Every name, in the order in which a person would set them. */
    public static final List<String> ALL = List.of(
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            DATABASE_POOL_SIZE,
            MAINTENANCE_DATABASE_USER,
            MAINTENANCE_DATABASE_PASSWORD,
            REDIS_URL,
            STORAGE,
            STORAGE_BLOB,
            STORAGE_QUEUE,
            STORAGE_TABLE,
            KEY_VAULT_URL,
            LOCAL_KEY_FILE,
            IDENTITY,
            SHREDDING_WAIT_DAYS,
            KEY_BACKUP_DAYS,
            MESSAGE_WEBHOOK_URL,
            MESSAGE_WEBHOOK_SECRET,
            CORS_ORIGINS,
            TRUSTED_PROXY_HOPS);

    private SettingNames() {}
}
