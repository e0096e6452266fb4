package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of features that Gateway API 1.2 to 1.6 has, by which implementations publish what they support.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-2162/">GEP-2162, Supported features</a>
 */
final class FeatureNames {
    static final Set<String> ALL = Collections.unmodifiableSet(new TreeSet<>(
            Arrays.asList(("BackendTLSPolicy BackendTLSPolicySANValidation GRPCRoute GRPCRouteNamedRouteRule Gateway"
                            + " GatewayAddressEmpty GatewayFrontendClientCertificateValidation"
                            + " GatewayFrontendClientCertificateValidationInsecureFallback GatewayHTTPListenerIsolation"
                            + " GatewayInfrastructurePropagation GatewayPort8080 GatewayStaticAddresses HTTPRoute"
                            + " HTTPRoute303RedirectStatusCode HTTPRoute307RedirectStatusCode HTTPRoute308RedirectStatusCode"
                            + " HTTPRouteBackendProtocolH2C HTTPRouteBackendProtocolWebSocket"
                            + " HTTPRouteBackendRequestHeaderModification HTTPRouteBackendTimeout HTTPRouteCORS"
                            + " HTTPRouteDestinationPortMatching HTTPRouteHostRewrite HTTPRouteMethodMatching"
                            + " HTTPRouteNamedRouteRule HTTPRouteParentRefPort HTTPRoutePathRedirect HTTPRoutePathRewrite"
                            + " HTTPRoutePortRedirect HTTPRouteQueryParamMatching HTTPRouteRequestMirror"
                            + " HTTPRouteRequestMultipleMirrors HTTPRouteRequestPercentageMirror HTTPRouteRequestTimeout"
                            + " HTTPRouteResponseHeaderModification HTTPRouteRetry HTTPRouteRetryBackendTimeout"
                            + " HTTPRouteRetryConnectionError HTTPRouteSchemeRedirect ListenerSet Mesh MeshClusterIPMatching"
                            + " MeshConsumerRoute MeshHTTPRouteBackendRequestHeaderModification MeshHTTPRouteNamedRouteRule"
                            + " MeshHTTPRouteQueryParamMatching MeshHTTPRouteRedirectPath MeshHTTPRouteRedirectPort"
                            + " MeshHTTPRouteRewritePath MeshHTTPRouteSchemeRedirect ReferenceGrant TCPRoute TLSRoute"
                            + " TLSRouteModeMixed TLSRouteModeTerminate UDPRoute")
                    .split(" ", -1))));

    private FeatureNames() {}

    /** A warning for each name that is none, which counts for nothing. */
    static List<Problem> warnings(GatewayApiDialect dialect, Origin origin) {
        return new TreeSet<>(dialect.features())
                .stream()
                        .filter(name -> !ALL.contains(name))
                        .map(name -> new Problem(
                                "gateway-api.unknown-feature",
                                "supportedFeatures(…)",
                                "'" + name + "' is no feature of Gateway API up to 1.6: it is taken to mean nothing",
                                Spelling.near(name, ALL)
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("copy the names from GatewayClass, status.supportedFeatures"),
                                origin))
                        .toList();
    }
}
