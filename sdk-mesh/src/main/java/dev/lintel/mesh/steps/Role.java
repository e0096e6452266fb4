package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Set;

/** What an object does to requests, which says when it is written. */
enum Role {
    /** Routes lead to it: it is there before them, and goes after them. */
    LED_TO,
    /** Keeps requests out: it closes before routes change, and opens after that. */
    KEEPS_OUT,
    /** Leads requests. */
    LEADS,
    /** Keeps whole networks out beside the proxies: comes when everything leads around it, and goes before that. */
    FENCES;

    private static final Set<String> LED = Set.of(
            "Backend",
            "BackendTLSPolicy",
            "BackendTrafficPolicy",
            "DestinationRule",
            "HTTPRouteFilter",
            "ReferenceGrant",
            "Service",
            "ServiceEntry");
    private static final Set<String> KEEPING =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "SecurityPolicy");

    static Role of(Manifest manifest) {
        if (manifest.kind().equals("NetworkPolicy")) {
            return FENCES;
        }
        return LED.contains(manifest.kind()) ? LED_TO : KEEPING.contains(manifest.kind()) ? KEEPS_OUT : LEADS;
    }
}
