package dev.lintel.core.metric;

/** The answer to a {@link Question}. */
public sealed interface Reading {
    /**
     * A number.
     *
     * @param value finite
     * @param samples how many calls it was made of; -1 if that is not known
     */
    record Value(double value, long samples) implements Reading {
        /** Checks that it is a number. */
        public Value {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value must be finite, but was " + value);
            }
        }
    }

    /**
     * Nothing can be said: no calls, or no such metric.
     *
     * @param why for people
     */
    record Nothing(String why) implements Reading {}
}
