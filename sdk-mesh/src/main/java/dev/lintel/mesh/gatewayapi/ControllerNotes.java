package dev.lintel.mesh.gatewayapi;

import java.util.List;
import java.util.Locale;

/** Annotations by which controllers are told what to ask of requests. */
final class ControllerNotes {
    /** The prefixes of well-known controllers. */
    private static final List<String> CONTROLLERS = List.of(
            "konghq.com/",
            "nginx.ingress.kubernetes.io/",
            "nginx.org/",
            "nginx.com/",
            "traefik.ingress.kubernetes.io/",
            "traefik.io/",
            "haproxy.org/",
            "haproxy-ingress.github.io/",
            "projectcontour.io/",
            "alb.ingress.kubernetes.io/",
            "appgw.ingress.kubernetes.io/",
            "k8s.apisix.apache.org/",
            "higress.io/",
            "getambassador.io/",
            "ingress.kubernetes.io/",
            "networking.gke.io/",
            "cloud.google.com/",
            "gateway.envoyproxy.io/",
            "kuadrant.io/",
            "tyk.io/");

    /** What the name of an annotation says that lets requests through or refuses them. */
    private static final List<String> WORDS = List.of(
            "plugin",
            "auth",
            "allow",
            "deny",
            "white",
            "black",
            "block",
            "limit",
            "waf",
            "armor",
            "security",
            "policy",
            "policies",
            "middleware",
            "snippet",
            "filter",
            "source-range",
            "inbound",
            "guard",
            "wasm",
            "jwt",
            "oidc",
            "backend-config");

    private ControllerNotes() {}

    /** Whether an annotation of this name asks something of requests. */
    static boolean decides(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return CONTROLLERS.stream()
                .anyMatch(controller -> lower.startsWith(controller)
                        && WORDS.stream().anyMatch(word -> lower.indexOf(word, controller.length()) >= 0));
    }
}
