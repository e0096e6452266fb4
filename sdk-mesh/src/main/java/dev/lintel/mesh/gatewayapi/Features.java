package dev.lintel.mesh.gatewayapi;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names of features as implementations publish them (GEP-2162), and which of them are known to be there.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-2162/">GEP-2162, Supported features</a>
 */
final class Features {
    static final String GRPC = "GRPCRoute";
    static final String METHOD = "HTTPRouteMethodMatching";
    static final String QUERY = "HTTPRouteQueryParamMatching";
    static final String RESPONSE_HEADERS = "HTTPRouteResponseHeaderModification";
    static final String REWRITE = "HTTPRoutePathRewrite";
    static final String RETRY = "HTTPRouteRetry";
    static final String RETRY_CONNECTION = "HTTPRouteRetryConnectionError";
    static final String TRY_TIMEOUT = "HTTPRouteRetryBackendTimeout";
    static final String HOST_REWRITE = "HTTPRouteHostRewrite";
    static final String TLS_POLICY = "BackendTLSPolicy";
    static final String TLS_NAMES = "BackendTLSPolicySANValidation";
    static final String REDIRECT_PATH = "HTTPRoutePathRedirect";
    static final String REDIRECT_PORT = "HTTPRoutePortRedirect";
    static final String REDIRECT_SCHEME = "HTTPRouteSchemeRedirect";
    static final String MIRROR = "HTTPRouteRequestMirror";
    static final String MIRRORS = "HTTPRouteRequestMultipleMirrors";
    static final String MIRROR_PERCENT = "HTTPRouteRequestPercentageMirror";
    static final String TIMEOUT = "HTTPRouteRequestTimeout";

    private static final String REDIRECT_STATUS = "RedirectStatusCode";
    private static final List<String> CORE = List.of("Gateway", "HTTPRoute", "ReferenceGrant");
    private static final List<String> BOTH = List.of(
            GRPC,
            METHOD,
            QUERY,
            RESPONSE_HEADERS,
            REWRITE,
            HOST_REWRITE,
            REDIRECT_PATH,
            REDIRECT_PORT,
            REDIRECT_SCHEME,
            MIRROR,
            MIRRORS,
            TIMEOUT);

    private Features() {}

    /** What every implementation of a release has, and what the named one is known to have besides. */
    static Set<String> known(Extension extension, GatewayApiVersion version) {
        Set<String> known = new TreeSet<>(CORE);
        if (extension != Extension.NONE) {
            known.addAll(BOTH);
            if (version.isAtLeast(GatewayApiVersion.V1_3)) {
                known.add(MIRROR_PERCENT);
            }
            if (version.isAtLeast(GatewayApiVersion.V1_4)) {
                known.addAll(List.of(TLS_POLICY, TLS_NAMES));
            }
            if (version.isAtLeast(GatewayApiVersion.V1_5)) {
                known.addAll(List.of(redirectStatus(303), redirectStatus(307), redirectStatus(308)));
            }
        }
        return Collections.unmodifiableSet(known);
    }

    /** The release in which a feature came; null for one that is older than all that are known here. */
    static @Nullable GatewayApiVersion since(String feature) {
        if (feature.equals(MIRROR_PERCENT)) {
            return GatewayApiVersion.V1_3;
        }
        return feature.endsWith(REDIRECT_STATUS) ? GatewayApiVersion.V1_5 : null;
    }

    /** The feature of a redirect with a status beside 301 and 302. */
    static String redirectStatus(int status) {
        return "HTTPRoute" + status + REDIRECT_STATUS;
    }
}
