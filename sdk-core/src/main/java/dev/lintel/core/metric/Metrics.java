package dev.lintel.core.metric;

import java.util.concurrent.CompletionStage;

/** Somebody who can be asked what was measured: an embedded gateway, a Prometheus, or a function in a test. */
@FunctionalInterface
public interface Metrics {
    /**
     * Asks for one number.
     *
     * @param question what is asked
     * @return completes with the answer; exceptionally if nobody could be asked
     */
    CompletionStage<Reading> read(Question question);
}
