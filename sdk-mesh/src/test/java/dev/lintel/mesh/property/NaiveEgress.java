package dev.lintel.mesh.property;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Follows a call that leaves from object to object, without any of the readers: what the Sidecar of the caller takes in, the
 * most specific host with the port, routes to a gateway, what the gateway asks, and the fence around the namespace.
 *
 * @param objects all that are in force
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/">Istio, Sidecar</a>
 */
record NaiveEgress(Collection<Manifest> objects) {
    static final String REFUSED = "refused";

    /** {@code direct}, {@code through} with a gateway, or {@link #REFUSED}. */
    String answer(EgressQuestions.Call call) {
        Optional<Manifest> sidecar = sidecar(call);
        if (sidecar.isEmpty()) {
            return of("NetworkPolicy", call.namespace()).anyMatch(NaiveEgress::isFence) ? REFUSED : "direct";
        }
        List<String> taken = NaiveRules.maps(sidecar.get().spec(), "egress").stream()
                .flatMap(listener -> NaiveRules.texts(listener, "hosts").stream())
                .toList();
        return objects.stream()
                .filter(object -> object.kind().equals("ServiceEntry") && isSeen(object, call.namespace()))
                .filter(object -> hosts(object).stream()
                        .anyMatch(host -> fits(host, call.host()) && takes(taken, call, object.namespace(), host)))
                .filter(object -> hasPort(object, call.port()))
                .max(Comparator.comparingInt(object -> specific(object, call.host())))
                .map(entry -> led(call, taken, entry))
                .orElse(REFUSED);
    }

    private Optional<Manifest> sidecar(EgressQuestions.Call call) {
        List<Manifest> here = of("Sidecar", call.namespace()).toList();
        return here.stream()
                .filter(one -> Map.of("app", call.application())
                        .equals(NaiveRules.map(NaiveRules.map(one.spec(), "workloadSelector"), "labels")))
                .findFirst()
                .or(() -> here.stream()
                        .filter(one -> !one.spec().containsKey("workloadSelector"))
                        .findFirst());
    }

    private String led(EgressQuestions.Call call, List<String> taken, Manifest entry) {
        boolean http = call.port() == 80;
        List<Manifest> fences = of("NetworkPolicy", call.namespace())
                .filter(NaiveEgress::isFence)
                .toList();
        for (Manifest route : objects) {
            boolean meant = route.kind().equals("VirtualService")
                    && hosts(route).stream().anyMatch(hosts(entry)::contains)
                    && isSeen(route, call.namespace())
                    && takes(taken, call, route.namespace(), hosts(route).get(0));
            List<Map<String, Object>> rules =
                    meant ? inside(route, http ? "http" : "tls", "mesh", call.port()) : List.of();
            if (!rules.isEmpty()) {
                return through(call, taken, destination(rules.get(0)), entry, fences);
            }
            if (meant && http && !inside(route, "http", "mesh", 0).isEmpty()) {
                return REFUSED;
            }
        }
        return fences.isEmpty() ? "direct" : REFUSED;
    }

    private String through(
            EgressQuestions.Call call,
            List<String> taken,
            Map<String, Object> to,
            Manifest entry,
            List<Manifest> fences) {
        String service = String.valueOf(to.get("host"));
        String namespace = service.split("\\.")[1];
        Optional<Map<String, Object>> subset = of("DestinationRule", namespace)
                .filter(rule -> service.equals(rule.spec().get("host")) && isSeen(rule, call.namespace()))
                .flatMap(rule -> NaiveRules.maps(rule.spec(), "subsets").stream())
                .filter(one -> one.get("name").equals(to.get("subset")))
                .findFirst();
        if (subset.isEmpty() || !takes(taken, call, namespace, service)) {
            return REFUSED;
        }
        Map<String, Object> pods = NaiveRules.map(subset.get(), "labels");
        Object sni = NaiveRules.map(NaiveRules.map(subset.get(), "trafficPolicy"), "tls")
                .get("sni");
        Object port = NaiveRules.map(to, "port").get("number");
        boolean passes = fences.stream()
                        .allMatch(fence -> String.valueOf(fence.spec()).contains(String.valueOf(pods))
                                && String.valueOf(fence.spec()).contains("name=" + namespace))
                && of("AuthorizationPolicy", namespace)
                        .filter(policy ->
                                pods.equals(NaiveRules.map(NaiveRules.map(policy.spec(), "selector"), "matchLabels")))
                        .flatMap(policy -> NaiveRules.maps(policy.spec(), "rules").stream())
                        .noneMatch(rule -> refuses(rule, call.namespace(), sni));
        boolean serves = passes
                && of("Gateway", namespace)
                        .filter(gateway -> pods.equals(NaiveRules.map(gateway.spec(), "selector")))
                        .filter(gateway -> NaiveRules.maps(gateway.spec(), "servers").stream()
                                .anyMatch(server -> port.equals(
                                                NaiveRules.map(server, "port").get("number"))
                                        && NaiveRules.texts(server, "hosts").contains("./" + sni)))
                        .anyMatch(gateway -> isOut(namespace + "/" + gateway.name(), namespace, entry, port));
        return serves ? "through " + service : REFUSED;
    }

    /** Whether a gateway sends on to the host, which it knows. */
    private boolean isOut(String gateway, String namespace, Manifest entry, Object port) {
        boolean known = isSeen(entry, namespace) && hasPort(entry, (Integer) port);
        return known
                && of("VirtualService", namespace)
                        .filter(route -> hosts(route).stream().anyMatch(hosts(entry)::contains))
                        .flatMap(route -> Stream.of("http", "tcp")
                                .flatMap(kind -> inside(route, kind, gateway, (Integer) port).stream()))
                        .anyMatch(rule -> hosts(entry)
                                .contains(String.valueOf(destination(rule).get("host"))));
    }

    private static boolean refuses(Map<String, Object> rule, String namespace, Object sni) {
        return NaiveRules.maps(rule, "when").stream()
                        .anyMatch(when -> NaiveRules.texts(when, "values").contains(String.valueOf(sni)))
                && NaiveRules.maps(rule, "from").stream()
                        .noneMatch(from -> NaiveRules.texts(NaiveRules.map(from, "source"), "notNamespaces")
                                .contains(namespace));
    }

    /** The rules for one gateway and port; 0 for any. */
    private static List<Map<String, Object>> inside(Manifest route, String kind, String gateway, int port) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> rule : NaiveRules.maps(route.spec(), kind)) {
            boolean here = NaiveRules.maps(rule, "match").stream()
                    .anyMatch(match -> NaiveRules.texts(match, "gateways").contains(gateway)
                            && (port == 0 || match.get("port").equals(port)));
            if (here) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static Map<String, Object> destination(Map<String, Object> rule) {
        return NaiveRules.map(NaiveRules.maps(rule, "route").get(0), "destination");
    }

    private Stream<Manifest> of(String kind, String namespace) {
        return objects.stream()
                .filter(object ->
                        object.kind().equals(kind) && object.namespace().equals(namespace));
    }

    private static boolean isFence(Manifest policy) {
        return NaiveRules.texts(policy.spec(), "policyTypes").contains("Egress");
    }

    private static List<String> hosts(Manifest object) {
        return NaiveRules.texts(object.spec(), "hosts");
    }

    private static boolean isSeen(Manifest object, String namespace) {
        List<String> to = NaiveRules.texts(object.spec(), "exportTo");
        return to.isEmpty()
                || to.contains("*")
                || to.contains(namespace)
                || to.contains(".") && object.namespace().equals(namespace);
    }

    private static boolean takes(List<String> taken, EgressQuestions.Call call, String namespace, String host) {
        return taken.stream().anyMatch(each -> {
            String where = each.substring(0, each.indexOf('/'));
            String what = each.substring(each.indexOf('/') + 1);
            boolean here = where.equals(namespace) || where.equals(".") && namespace.equals(call.namespace());
            return here && (what.equals(host) || what.startsWith("*.") && host.endsWith(what.substring(1)));
        });
    }

    private static boolean fits(String pattern, String host) {
        return pattern.equals(host) || pattern.startsWith("*.") && host.endsWith(pattern.substring(1));
    }

    private static boolean hasPort(Manifest entry, int port) {
        return NaiveRules.maps(entry.spec(), "ports").stream()
                .anyMatch(one -> one.get("number").equals(port));
    }

    private static int specific(Manifest entry, String host) {
        return hosts(entry).stream()
                .filter(one -> fits(one, host))
                .mapToInt(one -> one.startsWith("*.") ? one.length() : Integer.MAX_VALUE)
                .max()
                .orElse(0);
    }
}
