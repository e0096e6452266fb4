package dev.lintel.mesh.front;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where proxies of fronts run.
 *
 * @param image what runs them; empty if it is not said
 * @param gatewayNamespace where the pods of the ingress gateway are
 * @param gatewayLabels what they carry
 * @param controlPlane the namespace that sidecars must reach
 */
public record FrontSite(
        String image, String gatewayNamespace, Map<String, String> gatewayLabels, String controlPlane) {
    /** Keeps a copy in its order. */
    public FrontSite {
        gatewayLabels = Collections.unmodifiableMap(new LinkedHashMap<>(gatewayLabels));
    }
}
