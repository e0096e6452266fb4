package dev.lintel.mesh.capability;

import dev.lintel.core.plan.Strength;
import java.util.Objects;

/**
 * What one world does with one feature.
 *
 * @param feature what is said
 * @param support whether it is enforced, refused, or enforced with something that must be known
 * @param strength what it takes to get around it; {@link Strength#NONE} where it is refused
 * @param how what keeps it, or the nearest alternative where it is refused; for the table of worlds
 * @param since the first version of the world in which it is so, for example {@code 1.27}; empty for all that are known
 */
public record Capability(Feature feature, Support support, Strength strength, String how, String since) {
    /** Whether something is enforced. */
    public enum Support {
        /** It means what it means everywhere. */
        ENFORCED,
        /** It is enforced, with a prerequisite or a deviation that the plan names. */
        NOTED,
        /** It is a problem at {@code plan}. */
        REFUSED
    }

    /** Checks that nothing is missing, and that what is refused has no strength. */
    public Capability {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(since, "since");
        if ((support == Support.REFUSED) != (strength == Strength.NONE)) {
            throw new IllegalArgumentException("what is refused, and nothing else, has no strength, but " + feature
                    + " is " + support + " and " + strength);
        }
    }
}
