package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** TLS to servers whose certificate is not said to come from anybody in particular, and breakers that do not break. */
final class OutboundTls implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            for (Part policy : policies(rule)) {
                tls(rule, policy.get("tls"), LintCode.TLS_WITHOUT_CA, report);
                for (Part port : policy.get("portLevelSettings").items()) {
                    tls(rule, port.get("tls"), LintCode.TLS_PORT_WITHOUT_CA, report);
                }
            }
        }
    }

    /** The policy for the host, and those for its subsets. */
    static List<Part> policies(Manifest rule) {
        List<Part> policies = new ArrayList<>(List.of(Part.of(rule).get("trafficPolicy")));
        Part.of(rule).get("subsets").items().forEach(subset -> policies.add(subset.get("trafficPolicy")));
        return policies;
    }

    private static void tls(Manifest rule, Part tls, LintCode code, Report report) {
        String mode = tls.get("mode").text();
        boolean known =
                tls.get("caCertificates").isThere() || tls.get("credentialName").isThere();
        if (!known && (mode.equals("SIMPLE") || mode.equals("MUTUAL"))) {
            report.add(
                    code,
                    rule,
                    tls.path(),
                    "TLS " + mode + " to '" + DestinationRules.host(rule)
                            + "' names no authority: older meshes take any"
                            + " certificate, newer ones that of every public authority",
                    "say caCertificates or credentialName, and subjectAltNames");
        }
    }
}
