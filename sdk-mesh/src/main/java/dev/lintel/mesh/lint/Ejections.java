package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;

/** Breakers that leave nobody out of a small set. */
final class Ejections implements Rule {
    private static final int DEFAULT = 10;

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            for (Part policy : OutboundTls.policies(rule)) {
                Part outliers = policy.get("outlierDetection");
                String percent = outliers.get("maxEjectionPercent").text();
                if (outliers.isThere() && (percent.isEmpty() || percent.equals(String.valueOf(DEFAULT)))) {
                    report.add(
                            LintCode.EJECTION_PERCENT,
                            rule,
                            outliers.path(),
                            "at most " + DEFAULT
                                    + " % of the workloads are left out at once: of fewer than 10, none ever is",
                            "say maxEjectionPercent, 100 where there may be only one");
                }
            }
        }
    }
}
