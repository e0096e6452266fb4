package dev.lintel.mesh.steps;

import dev.lintel.core.Problem;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests that are worse off for a moment than on both sides of a way.
 *
 * @param effect what happens to them
 * @param names what they ask for: hosts, and {@code service.namespace} for calls inside; all others are not worse off
 * @param problem what a plan tells, with the code {@code steps.gap}
 */
public record Gap(Effect effect, Set<String> names, Problem problem) {
    /** What happens to a request that both sides let through. */
    public enum Effect {
        /** It is refused. */
        REFUSED,
        /** It is led where neither side leads it, or in a way that neither does. */
        ELSEWHERE
    }

    /** Keeps the names unchangeable, in their order. */
    public Gap {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(problem, "problem");
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
