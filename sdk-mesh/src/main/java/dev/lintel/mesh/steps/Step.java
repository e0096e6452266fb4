package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Objects that are written side by side: whichever of them comes first, no request is worse off.
 *
 * @param doing what is done to them
 * @param why what it is for, in a word or two: {@code close}
 * @param manifests the objects; of what is deleted only the names count
 */
public record Step(Doing doing, String why, List<Manifest> manifests) {
    /** So many objects are named in a label. */
    private static final int NAMED = 3;

    /** What happens to the objects of a step. */
    public enum Doing {
        /** They are made, or say from now on what is said here. */
        APPLY,
        /** They go. */
        DELETE
    }

    /** Checks that there is something to do. */
    public Step {
        Objects.requireNonNull(doing, "doing");
        Objects.requireNonNull(why, "why");
        manifests = List.copyOf(manifests);
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("a step needs an object");
        }
    }

    /**
     * The step in one line.
     *
     * @return for example {@code close: AuthorizationPolicy shop/orders}, with three names at the most
     */
    public String label() {
        String names = manifests.stream().limit(NAMED).map(Manifest::id).collect(Collectors.joining(", "));
        return why + ": " + (doing == Doing.DELETE ? doing.name().toLowerCase(Locale.ROOT) + " " : "") + names
                + (manifests.size() > NAMED ? " and " + (manifests.size() - NAMED) + " more" : "");
    }

    @Override
    public String toString() {
        return label();
    }
}
