package dev.lintel.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells with the failure of a test what happened in it. */
final class Failures {
    /** What the entry is called in reports. */
    static final String ENTRY = "lintel";

    private Failures() {}

    /** To JUnit's listeners, which some runners show, and in the failure itself, which all of them show. */
    static void report(ExtensionContext context, RequestJournal journal) {
        context.getExecutionException().filter(Failures::isFailure).ifPresent(failure -> {
            String happened = journal.render();
            context.publishReportEntry(ENTRY, happened);
            failure.addSuppressed(new WhatHappened(happened));
        });
    }

    /** An assumption that does not hold is no failure. */
    private static boolean isFailure(Throwable thrown) {
        return !thrown.getClass().getName().equals("org.opentest4j.TestAbortedException");
    }
}
