package dev.lintel.traffic.rollout;

import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;

/** Compares what was measured with what a gate asks. Only a number of enough calls concludes anything. */
final class Judge {
    private Judge() {}

    static Verdict judge(Gate gate, Reading reading) {
        if (reading instanceof Reading.Nothing nothing) {
            return new Verdict.Inconclusive(gate, Words.line(nothing.why()));
        }
        Reading.Value value = (Reading.Value) reading;
        if (value.samples() == 0) {
            return new Verdict.Inconclusive(gate, "no calls");
        }
        if (value.samples() < 0 && gate.samples() > 1) {
            return new Verdict.Inconclusive(
                    gate, "it is not known how many calls there were, and " + gate.samples() + " are needed");
        }
        if (value.samples() > 0 && value.samples() < gate.samples()) {
            return new Verdict.Inconclusive(
                    gate, "only " + value.samples() + " calls, and " + gate.samples() + " are needed");
        }
        if (isImpossible(gate, value.value())) {
            return new Verdict.Inconclusive(gate, gate.write(value.value()) + " is no " + gate.subject());
        }
        boolean good = gate.side() == Gate.Side.BELOW ? value.value() < gate.limit() : value.value() > gate.limit();
        return good ? new Verdict.Passed(gate, value) : new Verdict.Breached(gate, value);
    }

    /** A query that is wrong must neither pass nor breach. */
    private static boolean isImpossible(Gate gate, double value) {
        return gate.isStandard() && (value < 0 || gate.metric().equals(Question.ERROR_RATE) && value > 1);
    }

    static String text(Gate gate, Reading.Value reading) {
        return gate.write(reading.value()) + (reading.samples() < 0 ? "" : " of " + reading.samples() + " calls");
    }
}
