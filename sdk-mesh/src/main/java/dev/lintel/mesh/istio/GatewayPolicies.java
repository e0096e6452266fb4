package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Issuer;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is asked at the gateway of the requests for some hosts, and which tokens are good there. */
final class GatewayPolicies {

    private final Map<String, Issuer> issuers = new LinkedHashMap<>();
    private final List<GatewayDenial> denials = new ArrayList<>();
    private final List<Problem> problems;

    GatewayPolicies(List<Problem> problems) {
        this.problems = problems;
    }

    /** Whether an object was read; there is nothing else like it that this can read. */
    boolean takes(Manifest manifest) {
        Fields spec = new Fields(manifest.id(), "spec", manifest.spec(), problems);
        if (manifest.kind().equals(Meta.REQUEST_AUTHENTICATION)) {
            selector(spec);
            tokens(spec);
            return true;
        }
        if (manifest.kind().equals(Meta.AUTHORIZATION_POLICY)
                && "DENY".equals(manifest.spec().get("action"))) {
            selector(spec);
            spec.skip("action");
            spec.maps("rules").forEach(rule -> denials.addAll(GatewayDenial.read(rule)));
            spec.end();
            return true;
        }
        return false;
    }

    /** Its labels are known to be the gateway's. */
    private static void selector(Fields spec) {
        Fields selector = spec.map("selector");
        selector.skip("matchLabels");
        selector.end();
    }

    private void tokens(Fields spec) {
        for (Fields rule : spec.maps("jwtRules")) {
            Issuer issuer = PolicyReader.issuer(rule, rule.text("issuer"));
            String name = issuer.issuer();
            Issuer before = issuers.putIfAbsent(name, issuer);
            if (before != null && !before.equals(issuer)) {
                rule.problem("takes tokens of '" + name + "' that are signed by other keys as well");
            }
            if (!rule.texts("audiences").isEmpty()) {
                rule.problem("asks for an audience at every host of the gateway");
            }
            if (!PolicyReader.bearer(rule)) {
                rule.problem("takes tokens from elsewhere than 'Authorization: Bearer', as from the query");
            }
            if (!rule.flag("forwardOriginalToken")) {
                rule.problem("takes the token away from the services at every host of the gateway");
            }
            if (!PolicyReader.APART.containsAll(rule.texts("spaceDelimitedClaims"))) {
                rule.problem("takes claims apart at spaces");
            }
            rule.end();
        }
        spec.end();
    }

    /** The issuers whose tokens are good at the gateway. */
    List<Issuer> issuers() {
        return List.copyOf(issuers.values());
    }

    /**
     * What is asked of the requests for all of some hosts.
     *
     * @param own which of their paths are meant; empty for all of them
     * @param others which belong to others
     */
    GatewayAccess of(List<String> hosts, List<PathPattern> own, List<PathPattern> others, Fields place) {
        GatewayDenial.check(denials, hosts, place);
        List<GatewayDenial> about = new ArrayList<>();
        for (GatewayDenial denial : denials) {
            long meant = hosts.stream().filter(denial::isAbout).count();
            if (meant != 0 && meant != hosts.size()) {
                place.problem("is asked for other things at some of its hosts than at others");
            }
            if (meant > 0) {
                about.add(denial);
            }
        }
        return new GatewayAccess(about, own, others, issuers(), place);
    }
}
