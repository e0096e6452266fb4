package dev.lintel.core.policy;

import dev.lintel.core.Policy;

/**
 * Lets {@code ;} through in paths, which is refused otherwise because back ends disagree about what it means: some drop
 * what follows, and then see another path than the one that was decided.
 */
public record PathParameters() implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "entry.path-parameters/v1";

    @Override
    public String kind() {
        return KIND;
    }
}
