package dev.lintel.graphql.expose;

import java.util.Locale;
import java.util.Objects;

/**
 * How much one query may ask for; what is not said has the engine's own limit.
 *
 * @param what is limited
 * @param most how many there may be
 */
public record GraphLimit(What what, int most) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.limit/v1";

    /** What is limited. */
    public enum What {
        /** Levels of fields within each other, 1 to 100. */
        DEPTH(1, 100),
        /** Calls of services in the worst case, 1 to 100,000. */
        COST(1, 100_000),
        /** Aliases, 0 to 10,000. */
        ALIASES(0, 10_000);

        private final int least;
        private final int most;

        What(int least, int most) {
            this.least = least;
            this.most = most;
        }
    }

    /** Checks the bounds. */
    public GraphLimit {
        Objects.requireNonNull(what, "what");
        if (most < what.least || most > what.most) {
            throw new IllegalArgumentException("the limit of " + what.name().toLowerCase(Locale.ROOT) + " must be "
                    + what.least + " to " + what.most + ", but was " + most);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return what.name().toLowerCase(Locale.ROOT);
    }
}
