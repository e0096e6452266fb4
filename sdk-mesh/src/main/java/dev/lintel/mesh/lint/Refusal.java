package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Istio's webhook refuses of an object although the definition of its kind takes it.
 *
 * @param object the object that is looked at
 * @param report where what is found goes
 * @see <a href="https://istio.io/latest/docs/ops/common-problems/validation/">Istio, Configuration Validation Problems</a>
 */
record Refusal(Manifest object, Report report) {
    private static final String REFUSED = ": the webhook of Istio refuses the object";
    private static final String EVERYBODY = "*";
    private static final String NOBODY = "~";

    void tell(LintCode code, Part at, String message, String hint) {
        report.add(code, object, at.path(), message + REFUSED, hint);
    }

    void needed(Part at, String message, String hint) {
        tell(LintCode.FIELD_NEEDED, at, message, hint);
    }

    void apart(Part at, String message, String hint) {
        tell(LintCode.FIELDS_EXCLUDE, at, message, hint);
    }

    /** Two fields of a part of which one may be said. */
    void either(Part part, String one, String other) {
        if (part.get(one).isThere() && part.get(other).isThere()) {
            apart(part.get(other), "there are both '" + one + "' and '" + other + "'", "say one of the two");
        }
    }

    void malformed(Part at, String what, String hint) {
        tell(LintCode.MALFORMED, at, "'" + Values.shown(at.text()) + "' is no " + what, hint);
    }

    void value(Part at, String what, String hint) {
        tell(LintCode.UNKNOWN_VALUE, at, "'" + Values.shown(at.text()) + "' is no " + what, hint);
    }

    void range(Part at, String message, String hint) {
        tell(LintCode.OUT_OF_RANGE, at, message, hint);
    }

    /** A number outside of what it may be; nothing where none is said. */
    void range(Part at, int least, int most, String what) {
        if (at.value() instanceof Number number && (number.doubleValue() < least || number.doubleValue() > most)) {
            range(at, "the " + what + " " + at.text() + " is not from " + least + " to " + most, "say one that is");
        }
    }

    /** Each text may be there once. */
    void once(List<Part> parts, String what) {
        Set<String> seen = new HashSet<>();
        for (Part part : parts) {
            if (!part.text().isEmpty() && !seen.add(part.text())) {
                tell(
                        LintCode.SAID_TWICE,
                        part,
                        "the " + what + " '" + Values.shown(part.text()) + "' is there twice",
                        "keep one of the two");
            }
        }
    }

    /** To which namespaces an object is told. */
    void exported() {
        Part exportTo = Part.of(object).get("exportTo");
        once(exportTo.items(), "namespace");
        List<String> all = exportTo.texts();
        if (all.contains(".") && all.contains(object.namespace())) {
            tell(
                    LintCode.SAID_TWICE,
                    exportTo,
                    "'.' and the current namespace '" + object.namespace() + "' are duplicates",
                    "keep one of the two");
        }
        for (String alone : List.of(EVERYBODY, NOBODY)) {
            if (all.contains(alone) && all.stream().anyMatch(other -> !other.equals(alone))) {
                apart(
                        exportTo,
                        "'" + alone + "' is " + (alone.equals(EVERYBODY) ? "everybody" : "nobody")
                                + ", and others are said beside it",
                        "say '" + alone + "' alone, or the others");
            }
        }
    }
}
