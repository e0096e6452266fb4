package dev.lintel.mesh.steps;

import dev.lintel.mesh.DryRun;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what is there lets through whatever another form of it would: then the other one can only close, whatever else the
 * first one says. What is not understood is never taken to be wide.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">Istio, Authorization Policy</a>
 */
public final class Wider {
    private static final String ISTIO = "security.istio.io/";
    private static final String RULES = "rules";

    private Wider() {}

    /**
     * Compares two forms of one object of Istio's security.
     *
     * @param live what is there
     * @param wanted what is to be there
     * @return false also where it cannot be told
     */
    public static boolean covers(Manifest live, Manifest wanted) {
        if (!isOfSecurity(live, wanted.kind()) || !isOfSecurity(wanted, live.kind()) || !inForceAlike(live, wanted)) {
            return false;
        }
        return switch (live.kind()) {
            case "AuthorizationPolicy" -> coversRules(live.spec(), wanted.spec());
            case "PeerAuthentication" -> isStrict(wanted) && selects(live).equals(selects(wanted));
            default -> false;
        };
    }

    /**
     * Whether an object can only close, wherever there is none.
     *
     * @param wanted what is to be there
     * @return whether it is a policy that refuses, or that wants mutual TLS
     */
    public static boolean closes(Manifest wanted) {
        return isOfSecurity(wanted, wanted.kind())
                && switch (wanted.kind()) {
                    case "AuthorizationPolicy" -> "DENY".equals(wanted.spec().get("action"));
                    case "PeerAuthentication" -> isStrict(wanted);
                    default -> false;
                };
    }

    private static boolean isOfSecurity(Manifest object, String kind) {
        return object.apiVersion().startsWith(ISTIO) && object.kind().equals(kind);
    }

    /** By a label or an annotation a policy may be none, or one of another mesh. */
    private static boolean inForceAlike(Manifest live, Manifest wanted) {
        return !DryRun.is(live) && ofMesh(live).equals(ofMesh(wanted));
    }

    private static Map<String, String> ofMesh(Manifest object) {
        Map<String, String> said = new LinkedHashMap<>(object.annotations());
        said.putAll(object.labels());
        said.keySet().removeIf(key -> !key.contains("istio.io"));
        return said;
    }

    private static boolean coversRules(Map<String, Object> live, Map<String, Object> wanted) {
        if (!besides(live, RULES).equals(besides(wanted, RULES))) {
            return false;
        }
        List<Map<String, Object>> there = SpecTree.maps(live, RULES);
        List<Map<String, Object>> asked = SpecTree.maps(wanted, RULES);
        Object action = live.get("action");
        if ("DENY".equals(action)) {
            return isWhole(live) && asked.containsAll(there);
        }
        if (action != null && !"ALLOW".equals(action)) {
            return false;
        }
        List<Map<String, Object>> known =
                there.stream().filter(Wider::isUnderstood).toList();
        return asked.stream().allMatch(rule -> there.contains(rule) || AllowMeet.covers(known, List.of(rule)));
    }

    /** Whether nothing in the list was left out because it is no rule. */
    private static boolean isWhole(Map<String, Object> spec) {
        return spec.get(RULES) == null
                || spec.get(RULES) instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
    }

    /** A field that is not known may make a rule narrower. */
    private static boolean isUnderstood(Map<String, Object> rule) {
        return Set.of("from", "to", "when").containsAll(rule.keySet())
                && areParts(rule, "from", "source")
                && areParts(rule, "to", "operation")
                && isListOf(rule, "when")
                && SpecTree.maps(rule, "when").stream()
                        .allMatch(one -> Set.of("key", "values", "notValues").containsAll(one.keySet()));
    }

    private static boolean areParts(Map<String, Object> rule, String list, String part) {
        return isListOf(rule, list)
                && SpecTree.maps(rule, list).stream()
                        .allMatch(one -> one.keySet().equals(Set.of(part))
                                && one.get(part) instanceof Map<?, ?> fields
                                && !fields.isEmpty()
                                && fields.values().stream().allMatch(List.class::isInstance));
    }

    private static boolean isListOf(Map<String, Object> rule, String list) {
        return !rule.containsKey(list)
                || rule.get(list) instanceof List<?> all
                        && !all.isEmpty()
                        && all.stream().allMatch(Map.class::isInstance);
    }

    /** Nothing is tighter: whoever has no certificate of the mesh is refused at every port. */
    private static boolean isStrict(Manifest policy) {
        return Map.of("mode", "STRICT").equals(policy.spec().get("mtls"))
                && !policy.spec().containsKey("portLevelMtls");
    }

    private static Object selects(Manifest policy) {
        return SpecTree.map(policy.spec(), "selector");
    }

    private static Map<String, Object> besides(Map<String, Object> spec, String field) {
        Map<String, Object> rest = new LinkedHashMap<>(spec);
        rest.remove(field);
        return rest;
    }
}
