package com.medspasync.clients;

/** Where the blind indexes under odd and under even versions of a practice's key lie. */
enum IndexSlot {
    ODD("odd"),
    EVEN("even");

    private final String suffix;

    IndexSlot(String suffix) {
        this.suffix = suffix;
    }

    static IndexSlot of(int version) {
        return version % 2 == 1 ? ODD : EVEN;
    }

    /** The column of an index. */
    String of(IndexedColumn index) {
        return index.column() + "_" + suffix;
    }
}
