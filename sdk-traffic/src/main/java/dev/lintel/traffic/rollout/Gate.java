package dev.lintel.traffic.rollout;

import dev.lintel.core.metric.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A condition on what is measured about the new version. A value at the limit breaches it: <em>below</em> and
 * <em>above</em> are strict.
 *
 * @param metric {@link Question#ERROR_RATE}, {@link Question#LATENCY}, or a metric that only some can answer
 * @param quantile for latencies, more than 0 and less than 1; 0 where it has no meaning
 * @param side on which side of the limit it is good
 * @param limit a share from 0 to 1 for error rates, seconds for latencies
 * @param samples how many calls a value must be made of, at least; of fewer, nothing is concluded. With more than 1, a
 *     value whose calls were not counted concludes nothing either
 */
public record Gate(String metric, double quantile, Side side, double limit, long samples) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:.-]{0,127}");

    /** On which side of its limit a value is good. */
    public enum Side {
        /** Below. */
        BELOW,
        /** Above. */
        ABOVE
    }

    /** Checks the name, the limit, and the number of samples. */
    public Gate {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(side, "side");
        if (!NAME.matcher(metric).matches()) {
            throw new IllegalArgumentException("the name of a metric must be letters, digits, '_', ':', '.' and '-', at"
                    + " most 128, not beginning with a digit, but was '" + metric + "'");
        }
        boolean latency = metric.equals(Question.LATENCY);
        if (latency ? !(quantile > 0 && quantile < 1) : quantile != 0) {
            throw new IllegalArgumentException(
                    latency
                            ? "the quantile of a latency must be more than 0 and less than 1, but was " + quantile
                            : "'" + metric + "' has no quantile, but was given " + quantile);
        }
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("the limit of '" + metric + "' must be a number, but was " + limit);
        }
        if (metric.equals(Question.ERROR_RATE) && (limit < 0 || limit > 1)) {
            throw new IllegalArgumentException(
                    "an error rate is a share, 0 to 1, but was compared with " + limit + "; 5 % is written 0.05");
        }
        if (latency && limit < 0) {
            throw new IllegalArgumentException("a latency is not negative, but was compared with " + limit + " s");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("a gate needs at least 1 sample, but was given " + samples);
        }
    }

    /** A metric that is compared with a number, before the limit is said. */
    public static final class Amount {
        private final String metric;

        private Amount(String metric) {
            this.metric = metric;
        }

        /**
         * Good below a limit.
         *
         * @param limit a share from 0 to 1 for an error rate
         * @return the gate
         */
        public Gate below(double limit) {
            return new Gate(metric, 0, Side.BELOW, limit, 1);
        }

        /**
         * Good above a limit.
         *
         * @param limit a share from 0 to 1 for an error rate
         * @return the gate
         */
        public Gate above(double limit) {
            return new Gate(metric, 0, Side.ABOVE, limit, 1);
        }
    }

    /** A latency, before the limit is said. */
    public static final class Latency {
        private final double quantile;

        private Latency(double quantile) {
            this.quantile = quantile;
        }

        /**
         * Good below a limit.
         *
         * @param limit not negative
         * @return the gate
         */
        public Gate below(Duration limit) {
            return new Gate(Question.LATENCY, quantile, Side.BELOW, seconds(limit), 1);
        }

        /**
         * Good above a limit.
         *
         * @param limit not negative
         * @return the gate
         */
        public Gate above(Duration limit) {
            return new Gate(Question.LATENCY, quantile, Side.ABOVE, seconds(limit), 1);
        }

        private static double seconds(Duration limit) {
            return BigDecimal.valueOf(limit.getSeconds())
                    .add(BigDecimal.valueOf(limit.getNano(), 9))
                    .doubleValue();
        }
    }

    /**
     * The share of calls that were answered 500 to 599 or not at all.
     *
     * @return say {@code below(0.01)} for less than 1 %
     */
    public static Amount errorRate() {
        return new Amount(Question.ERROR_RATE);
    }

    /**
     * The time within which 99 of 100 calls were answered.
     *
     * @return say {@code below(Duration.ofMillis(200))}
     */
    public static Latency latencyP99() {
        return latency(0.99);
    }

    /**
     * The time within which a share of calls was answered.
     *
     * @param quantile more than 0 and less than 1, for example 0.95
     * @return say {@code below(Duration.ofMillis(200))}
     */
    public static Latency latency(double quantile) {
        return new Latency(quantile);
    }

    /**
     * A metric that not everybody can answer.
     *
     * @param name as the {@link dev.lintel.core.metric.Metrics} in use know it
     * @return say {@code below(3)} or {@code above(3)}
     */
    public static Amount metric(String name) {
        return new Amount(name);
    }

    /**
     * The same gate, concluding nothing from few calls.
     *
     * @param samples how many calls a value must be made of, at least 1
     * @return a new gate
     */
    public Gate atLeast(long samples) {
        return new Gate(metric, quantile, side, limit, samples);
    }

    /**
     * What is measured, in words.
     *
     * @return for example {@code error rate} or {@code latency p99}
     */
    public String subject() {
        return switch (metric) {
            case Question.ERROR_RATE -> "error rate";
            case Question.LATENCY -> "latency p" + Words.number(quantile * 100);
            default -> metric;
        };
    }

    /**
     * A value of this metric with its unit.
     *
     * @param value as it was measured
     * @return for example {@code 1.2 %} or {@code 230ms}
     */
    public String write(double value) {
        return switch (metric) {
            case Question.ERROR_RATE -> Words.percent(value);
            case Question.LATENCY -> Words.seconds(value);
            default -> Words.number(value);
        };
    }

    /** Whether it is one that everybody who measures can answer. */
    boolean isStandard() {
        return metric.equals(Question.ERROR_RATE) || metric.equals(Question.LATENCY);
    }

    /** The condition in words: {@code error rate below 1 %}. */
    @Override
    public String toString() {
        return subject() + (side == Side.BELOW ? " below " : " above ") + write(limit);
    }
}
