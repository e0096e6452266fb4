package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;

/** What must be so for a service elsewhere to be reached through Envoy Gateway. */
final class BackendPrerequisites {
    private BackendPrerequisites() {}

    static List<Problem> of(GatewayApiDialect dialect, MeshModel model) {
        List<Problem> found = new ArrayList<>();
        if (dialect.extension() != Extension.ENVOY_GATEWAY) {
            return found;
        }
        for (ApiModel api : model.apis()) {
            Elsewhere elsewhere = api.service().traffic().elsewhere();
            if (elsewhere == null) {
                continue;
            }
            found.add(new Problem(
                    "gateway-api.backend",
                    api.id(),
                    "Envoy Gateway must take Backends, which it does not unless it is told to; until then the service"
                            + " elsewhere is answered 500",
                    "set extensionApis.enableBackend: true in the configuration of Envoy Gateway, and let only those who"
                            + " may open the network make Backends",
                    elsewhere.origin()));
            Elsewhere.Tls tls = elsewhere.tls();
            if (tls != null && !dialect.version().isAtLeast(GatewayApiVersion.V1_4)) {
                found.add(new Problem(
                        "gateway-api.backend-tls",
                        api.id(),
                        "BackendTLSPolicy is in the experimental channel of Gateway API " + dialect.version()
                                + "; without it nothing is encrypted on the way to the service elsewhere",
                        "install the resources of the experimental channel before the routes",
                        elsewhere.origin()));
            }
            SecretRef ca = tls == null ? null : tls.ca();
            if (ca != null) {
                found.add(new Problem(
                        "gateway-api.backend-ca",
                        api.id(),
                        "the ConfigMap '" + api.namespace() + "/" + ca.name() + "' must have in ca.crt what the secret "
                                + ca + " holds: the certificates that are trusted, as PEM",
                        "kubectl create configmap " + ca.name() + " -n " + api.namespace()
                                + " --from-file=ca.crt=…; it holds no secret",
                        elsewhere.origin()));
            }
        }
        return found;
    }
}
