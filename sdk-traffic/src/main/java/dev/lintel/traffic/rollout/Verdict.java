package dev.lintel.traffic.rollout;

import dev.lintel.core.metric.Reading;

/** What one look at one gate says. */
sealed interface Verdict {
    Gate gate();

    record Passed(Gate gate, Reading.Value reading) implements Verdict {}

    record Breached(Gate gate, Reading.Value reading) implements Verdict {}

    record Inconclusive(Gate gate, String why) implements Verdict {}
}
