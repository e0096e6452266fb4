package dev.lintel.mesh.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who sees an object of anybody: every namespace where nothing is said, its own by {@code .}, all by {@code *}, nobody by
 * {@code ~} alone. An ingress gateway is one of its own namespace, wherever the routes live.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService">Istio,
 *     VirtualService, exportTo</a>
 */
final class ForeignExports {
    private ForeignExports() {}

    static boolean isForAll(List<String> exportTo) {
        return exportTo.isEmpty() || exportTo.contains("*");
    }

    static boolean isSeen(List<String> exportTo, String owner, String by) {
        return isForAll(exportTo) || exportTo.contains(by) || exportTo.contains(".") && owner.equals(by);
    }

    /** What a field says, without a look at mistakes. */
    static List<String> look(Map<String, Object> spec) {
        List<String> said = new ArrayList<>();
        if (spec.get("exportTo") instanceof List<?> list) {
            list.forEach(one -> said.add(String.valueOf(one)));
        }
        return said;
    }

    /**
     * How near a rule about calls is to the gateway: one of its own namespace comes before one of the service's, and that
     * before one of the root namespace; no other is for it.
     *
     * @param root the root namespace of the mesh
     * @return 0 is the nearest; -1 for a rule that the gateway does not look at
     */
    static int rank(String rule, List<String> exportTo, String gateway, String service, String root) {
        if (!isSeen(exportTo, rule, gateway)) {
            return -1;
        }
        // In the root namespace rules for everybody are the last that are looked at, also for what lives there.
        boolean own = rule.equals(gateway) && (!gateway.equals(root) || !isForAll(exportTo));
        if (own) {
            return 0;
        }
        return rule.equals(service) ? 1 : rule.equals(root) ? 2 : -1;
    }
}
