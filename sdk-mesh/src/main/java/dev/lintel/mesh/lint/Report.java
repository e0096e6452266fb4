package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Collects what the rules find, each finding once. */
final class Report {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::object)
            .thenComparing(Finding::field)
            .thenComparing(Finding::code)
            .thenComparing(Finding::message);

    private final TreeSet<Finding> findings = new TreeSet<>(ORDER);

    void add(LintCode code, Manifest object, String field, String message, String hint) {
        add(code.finding(object.id(), field.isEmpty() ? "spec" : field, message, hint));
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Sorted by object, field, code and message. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
