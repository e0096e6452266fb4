package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last rehearsal that found nothing, so that an apply right after its plan does not ask the same again: the
 * same objects, from the same state, a few minutes ago at most. What somebody else has put under one of the names meanwhile is
 * not in it, and is asked for each time.
 */
final class Rehearsal {
    /** Within it definitions, webhooks and rights may change unseen; the apiserver itself refuses then, at the write. */
    private static final Duration GOOD = Duration.ofMinutes(5);

    private final Pauses pauses;
    private volatile @Nullable Done done;

    Rehearsal(Pauses pauses) {
        this.pauses = pauses;
    }

    private record Done(String base, SoftReference<List<Manifest>> manifests, long nanos) {}

    /** All was asked, and nothing stands against it. */
    void passed(State state, List<Manifest> manifests) {
        done = new Done(state.base(), new SoftReference<>(List.copyOf(manifests)), pauses.nanos());
    }

    /** Whether that was asked a moment ago. */
    boolean covers(State state, List<Manifest> manifests) {
        Done last = done;
        return last != null
                && pauses.nanos() - last.nanos() <= GOOD.toNanos()
                && last.base().equals(state.base())
                && manifests.equals(last.manifests().get());
    }
}
