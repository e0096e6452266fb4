package dev.lintel.kubernetes.preflight;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the checks find, each thing once. */
final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Set<String> judged = new LinkedHashSet<>();

    void problem(String code, String path, String message, String hint) {
        problems.add(made(code, path, message, hint));
    }

    void warning(String code, String path, String message, String hint) {
        warnings.add(made(code, path, message, hint));
    }

    /** Something was not looked at. */
    void unchecked(String path, String why, String hint) {
        warnings.add(made("unchecked", path, "was not looked at: " + why, hint));
    }

    /** A prerequisite of dialects was looked at. */
    void judge(String prerequisite) {
        judged.add(prerequisite);
    }

    private static Problem made(String code, String path, String message, String hint) {
        return new Problem("preflight." + code, path, message, hint, Origin.unknown());
    }

    PreflightReport report() {
        return new PreflightReport(List.copyOf(problems), List.copyOf(warnings), judged);
    }
}
