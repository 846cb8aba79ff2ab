package com.medspasync.clients;

/** The repository's own SQL, for benches that run it without the repository. */
public final class Statements {

    private Statements() {}

    /** What reads one client and audits it, with named parameters. */
    public static String find() {
        return ClientReader.FIND.toString();
    }
}
