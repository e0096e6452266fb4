package dev.lintel.mesh.verify;

import org.jspecify.annotations.Nullable;

/**
 * A probe that might be sent.
 *
 * @param probe which; without its token where it is not sent
 * @param withheld why it is not sent; null if it may be
 */
record Candidate(Probe probe, @Nullable Withheld withheld) {
    boolean isSent() {
        return withheld == null;
    }

    /** Whether it lets a service do something only to see that an API is there. */
    boolean isOnlyToSee() {
        return probe.kind() == ProbeKind.ANYBODY;
    }
}
