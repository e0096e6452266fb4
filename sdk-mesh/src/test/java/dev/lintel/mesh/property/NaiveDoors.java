package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.NaiveRules.Asked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who passes Istio's policies at a workload, by going through the objects one by one, without any of the readers: it can be
 * asked about objects that no reader understands as a whole. A field that is not known here ends the test.
 *
 * @param objects all that are in force
 * @param waypoints whether there is a waypoint, at which policies for services are asked, and which is who comes to the workloads
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">Istio, Authorization Policy</a>
 */
record NaiveDoors(Collection<Manifest> objects, boolean waypoints) {
    private static final String ROOT = "istio-system";
    private static final String SPIFFE = "spiffe://";
    private static final String GATEWAY = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

    /** Where requests enter. */
    private static final Place ENTRY = new Place(ROOT, "istio-ingressgateway", Map.of("istio", "ingressgateway"));

    /** What has policies of its own: a service with the labels of its workloads. */
    record Place(String namespace, String name, Map<String, String> labels) {
        private boolean isMeant(Manifest policy, boolean targeted) {
            boolean here = policy.namespace().equals(namespace);
            if (policy.spec().containsKey("targetRefs")) {
                return here
                        && targeted
                        && NaiveRules.maps(policy.spec(), "targetRefs").stream()
                                .anyMatch(target -> name.equals(target.get("name")));
            }
            Map<String, Object> meant = NaiveRules.map(NaiveRules.map(policy.spec(), "selector"), "matchLabels");
            return (here || policy.namespace().equals(ROOT))
                    && labels.entrySet().containsAll(meant.entrySet());
        }
    }

    /** Whether a request is let through to a workload: at the gateway if it enters, at the waypoint, and at the workload. */
    boolean lets(Place place, RequestValue request) {
        return lets(place, request, request);
    }

    /** The same of a request whose path may be rewritten at the gateway: as it comes there, and as it goes on. */
    boolean lets(Place place, RequestValue coming, RequestValue request) {
        boolean enters = request.via() == Via.ENTRY;
        String caller = enters ? GATEWAY : caller(request);
        if (enters && !passesEntry(coming)) {
            return false;
        }
        List<Manifest> aimed = waypoints
                ? at(place, true).stream()
                        .filter(object -> object.spec().containsKey("targetRefs"))
                        .toList()
                : List.of();
        return (!caller.isEmpty() || !isStrict(place))
                && passes(aimed, request, caller)
                && passes(
                        at(place, false),
                        request,
                        waypoints ? "cluster.local/ns/" + place.namespace() + "/sa/waypoint" : caller);
    }

    /** Whether the gateway lets a request pass that enters. */
    boolean passesEntry(RequestValue request) {
        return passes(at(ENTRY, false), request, "");
    }

    /** Whether a call by the address of a workload is let through, which leads around waypoints. */
    boolean letsAround(Place place, RequestValue request) {
        String caller = caller(request);
        return (!caller.isEmpty() || !isStrict(place)) && passes(at(place, false), request, caller);
    }

    private static String caller(RequestValue request) {
        return request.caller() instanceof Caller.Workload workload
                ? workload.spiffeId().substring(SPIFFE.length())
                : "";
    }

    private List<Manifest> at(Place place, boolean targeted) {
        return objects.stream()
                .filter(object -> object.apiVersion().startsWith("security.istio.io/"))
                .filter(object -> place.isMeant(object, targeted))
                .toList();
    }

    private boolean isStrict(Place place) {
        return at(place, false).stream()
                .filter(object -> object.kind().equals("PeerAuthentication"))
                .anyMatch(object -> {
                    NaiveRules.only(object.spec(), "selector", "mtls");
                    return "STRICT".equals(NaiveRules.map(object.spec(), "mtls").get("mode"));
                });
    }

    /** All who refuse must not, and of those who allow, one must, if there is one. */
    private static boolean passes(List<Manifest> here, RequestValue request, String caller) {
        List<Map<String, Object>> trusted = here.stream()
                .filter(object -> object.kind().equals("RequestAuthentication"))
                .flatMap(object -> NaiveRules.maps(object.spec(), "jwtRules").stream())
                .toList();
        String subject = "";
        if (!trusted.isEmpty() && !(request.token() instanceof Token.None)) {
            if (!(request.token() instanceof Token.Verified token)
                    || trusted.stream().noneMatch(rule -> trusts(rule, token))) {
                return false;
            }
            subject = token.issuer() + "/" + token.subject();
        }
        Asked asked = new Asked(request, caller, subject);
        boolean asks = false;
        boolean allowed = false;
        for (Manifest one : here) {
            if (one.kind().equals("AuthorizationPolicy")) {
                NaiveRules.only(one.spec(), "selector", "targetRefs", "action", "rules", "provider");
                boolean met = NaiveRules.maps(one.spec(), "rules").stream().anyMatch(asked::meets);
                switch (String.valueOf(one.spec().getOrDefault("action", "ALLOW"))) {
                    case "ALLOW" -> {
                        asks = true;
                        allowed |= met;
                    }
                    case "CUSTOM" -> {
                        if (met && !says(NaiveRules.map(one.spec(), "provider").get("name"), request)) {
                            return false;
                        }
                    }
                    default -> {
                        if (met) {
                            return false;
                        }
                    }
                }
            }
        }
        return !asks || allowed;
    }

    /**
     * What an authorizer says about a request: whatever one of them says, another one may say something else. The verdict
     * is that of half of them.
     */
    private static boolean says(Object provider, RequestValue request) {
        boolean allowed = request.verdict() instanceof Verdict.Allowed;
        int luck = Objects.hash(provider, request.method(), request.host(), request.path());
        return allowed == (Math.floorMod(luck * 0x9E3779B1, 5) < 3);
    }

    private static boolean trusts(Map<String, Object> rule, Token.Verified token) {
        List<String> audiences = NaiveRules.texts(rule, "audiences");
        return token.issuer().equals(rule.get("issuer"))
                && (audiences.isEmpty() || token.audiences().stream().anyMatch(audiences::contains));
    }
}
