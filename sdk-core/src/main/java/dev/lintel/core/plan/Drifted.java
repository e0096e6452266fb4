package dev.lintel.core.plan;

import java.util.List;
import java.util.Objects;

/**
 * An object that is not as the definitions mean it.
 *
 * @param object kind and name, for example {@code VirtualService shop/orders}
 * @param way in which it differs
 * @param diff a unified diff, from what it should say to what it says
 * @param hands who has said what differs; empty where nobody can be named, as for what was taken away
 * @param note what else is known of it; empty if nothing is
 */
public record Drifted(String object, Way way, String diff, List<Hand> hands, String note) {
    /** How an object differs. */
    public enum Way {
        /** It says something else. */
        CHANGED,
        /** It is not there, or is ours no longer. */
        MISSING,
        /** It is there with our label, and no definition asks for it. */
        UNDEFINED
    }

    /** Checks that nothing is missing. */
    public Drifted {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(way, "way");
        Objects.requireNonNull(diff, "diff");
        Objects.requireNonNull(note, "note");
        hands = List.copyOf(hands);
    }
}
