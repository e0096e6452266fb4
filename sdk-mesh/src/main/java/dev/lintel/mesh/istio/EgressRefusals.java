package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import java.util.ArrayList;
import java.util.List;

/** What of the rules about what may leave a mesh cannot keep, each with the nearest thing that it can. */
final class EgressRefusals {
    private EgressRefusals() {}

    /**
     * A narrower host governs alone, but to a mesh whatever any entry lets out is out: the wider one must not let out more
     * than the narrower one.
     */
    static List<Problem> of(List<EgressRule> rules) {
        List<Problem> problems = new ArrayList<>();
        for (EgressRule narrow : rules) {
            for (EgressRule wide : rules) {
                if (isNarrower(narrow, wide) && opens(wide, narrow)) {
                    problems.add(new Problem(
                            "istio.egress-narrower",
                            narrow.id(),
                            "ports " + narrow.ports() + (narrow.onlyFor().isEmpty() ? "" : " for " + narrow.onlyFor())
                                    + " would not hold: a mesh also lets out what '" + wide.host() + "'"
                                    + wide.origin().after(" at ")
                                    + " lets out, ports " + wide.ports()
                                    + (wide.onlyFor().isEmpty() ? "" : " for " + wide.onlyFor()),
                            "say no more for the wider host than for the narrower one",
                            narrow.origin()));
                }
            }
        }
        return problems;
    }

    static boolean isNarrower(EgressRule narrow, EgressRule wide) {
        return narrow.namespace().equals(wide.namespace())
                && !narrow.host().equals(wide.host())
                && wide.host().startsWith("*.")
                && narrow.host().endsWith(wide.host().substring(1));
    }

    /** Whether one lets out a port or an application that the other does not. */
    static boolean opens(EgressRule wide, EgressRule narrow) {
        boolean applications = narrow.onlyFor().isEmpty()
                || !wide.onlyFor().isEmpty() && narrow.onlyFor().containsAll(wide.onlyFor());
        return !narrow.ports().containsAll(wide.ports()) || !applications;
    }
}
