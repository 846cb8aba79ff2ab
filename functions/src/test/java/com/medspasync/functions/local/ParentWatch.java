package com.medspasync.functions.local;

/** Ends this process when the one that started it is gone, also if that was killed and could tell nobody. */
final class ParentWatch {

    private ParentWatch() {}

    /** Only when the build asks for it by {@code -Dlocal.parent}: a development environment may start us by way of a short-lived process. */
    static void endWithParent() {
        if (Boolean.getBoolean("local.parent")) {
            ProcessHandle.current().parent().ifPresent(parent -> {
                var unused = parent.onExit().thenRun(() -> System.exit(143));
            });
        }
    }
}
