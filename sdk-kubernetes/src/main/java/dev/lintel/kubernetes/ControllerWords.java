package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;
import static dev.lintel.kubernetes.Readiness.pending;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the status of an object how far its controller has come.
 *
 * <p>Kyma tells by {@code state} and the time at which it has last looked, which is compared with what it was when we wrote
 * and never with a clock; Gateway API by conditions, for a route by one set of them for each parent.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-1364/">GEP-1364: status and conditions</a>
 */
final class ControllerWords {
    private static final String LOOKED = "lastProcessedTime";
    /** Reasons of a condition that is false for now. */
    private static final Set<String> FOR_NOW = Set.of("Pending", "AddressNotAssigned", "NoResources", "Reconciling");

    private ControllerWords() {}

    /**
     * How far a controller has come.
     *
     * @param written the object as the apiserver has answered our write
     * @param now the object as it is now
     * @param parents those who answer for a route, as {@code namespace/name}
     */
    static Readiness of(LiveObject written, LiveObject now, Set<String> parents) {
        Map<?, ?> status = map(now.whole().get("status"));
        long generation = number(map(now.whole().get("metadata")).get("generation"));
        Object seen = status.get("observedGeneration");
        if (seen != null && number(seen) < generation) {
            return pending("generation " + number(seen) + " is seen, " + generation + " is written");
        }
        return switch (now.kind().kind()) {
            case "APIRule" -> state(map(written.whole().get("status")), status);
            case "HTTPRoute", "GRPCRoute" -> parents(now, list(status.get("parents")), generation, parents);
            case "SecurityPolicy", "BackendTrafficPolicy", "BackendTLSPolicy" ->
                all(list(status.get("ancestors")), generation);
            case "Gateway" -> gateway(now, list(status.get("conditions")), generation);
            default -> conditions(list(status.get("conditions")), generation, "Reconciled");
        };
    }

    private static Readiness state(Map<?, ?> before, Map<?, ?> now) {
        String looked = text(now.get(LOOKED));
        if (looked.isEmpty() || looked.equals(text(before.get(LOOKED)))) {
            return pending(looked.isEmpty() ? "no state yet" : "last looked at " + looked + ", before it was written");
        }
        String state = text(now.get("state"));
        String seen = "state " + state + (text(now.get("description")).isEmpty() ? "" : ": " + now.get("description"));
        return switch (state) {
            case "Ready" -> Readiness.READY;
            case "Error", "Warning" -> Readiness.failed(seen);
            default -> pending(seen);
        };
    }

    private static Readiness gateway(LiveObject now, List<?> conditions, long generation) {
        return now.kind().apiVersion().startsWith("gateway.networking.k8s.io/")
                ? conditions(conditions, generation, "Accepted", "Programmed")
                : conditions(conditions, generation, "Reconciled");
    }

    private static Readiness parents(LiveObject now, List<?> told, long generation, Set<String> wanted) {
        Readiness readiness = Readiness.READY;
        List<String> missing = new ArrayList<>(wanted);
        for (Object each : told) {
            Map<?, ?> ref = map(map(each).get("parentRef"));
            String namespace = text(ref.get("namespace"));
            String parent = (namespace.isEmpty() ? now.namespace() : namespace) + "/" + text(ref.get("name"));
            if (wanted.contains(parent)) {
                missing.remove(parent);
                readiness = readiness.and(
                        conditions(list(map(each).get("conditions")), generation, "Accepted", "ResolvedRefs"));
            }
        }
        return missing.isEmpty() ? readiness : readiness.and(pending("no word of " + String.join(", ", missing)));
    }

    private static Readiness all(List<?> ancestors, long generation) {
        Readiness readiness = ancestors.isEmpty() ? pending("no status yet") : Readiness.READY;
        for (Object each : ancestors) {
            readiness = readiness.and(conditions(list(map(each).get("conditions")), generation, "Accepted"));
        }
        return readiness;
    }

    private static Readiness conditions(List<?> conditions, long generation, String... wanted) {
        Readiness readiness = Readiness.READY;
        for (String type : wanted) {
            readiness = readiness.and(conditions.stream()
                    .map(Nodes::map)
                    .filter(each -> type.equals(each.get("type")))
                    .findFirst()
                    .map(each -> condition(each, generation))
                    .orElseGet(() -> pending("no condition " + type + " yet")));
        }
        return readiness;
    }

    private static Readiness condition(Map<?, ?> condition, long generation) {
        Object seen = condition.get("observedGeneration");
        String type = text(condition.get("type"));
        if (seen != null && number(seen) < generation) {
            return pending(type + " is of generation " + number(seen) + ", " + generation + " is written");
        }
        if ("True".equals(condition.get("status"))) {
            return Readiness.READY;
        }
        String said = type + " is " + text(condition.get("status")) + ", " + text(condition.get("reason")) + ": "
                + text(condition.get("message"));
        return "False".equals(condition.get("status")) && !FOR_NOW.contains(text(condition.get("reason")))
                ? Readiness.failed(said)
                : pending(said);
    }

    /** Istio writes its numbers as texts. */
    private static long number(@Nullable Object value) {
        String text = text(value);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
