package dev.lintel.junit;

/**
 * The journal of a test that failed, in the form that every runner shows: suppressed in the failure. It is never thrown.
 */
final class WhatHappened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WhatHappened(String journal) {
        super(journal, null, false, false);
    }
}
