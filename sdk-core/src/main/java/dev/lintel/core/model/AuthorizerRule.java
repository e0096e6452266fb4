package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An external authorizer that is asked about every request that enters, after hygiene and before the token is judged.
 *
 * @param protocol how it is asked
 * @param address {@code http://host:port} or {@code https://host:port} without path, with {@code grpc} and {@code grpcs} for
 *     gRPC
 * @param decision which decision of OPA is asked for, for example {@code envoy/authz/allow}; empty for gRPC
 * @param timeout how long an answer may take
 * @param failOpen whether requests go on where it gives none
 * @param statusOnError the status where it gives none and {@code failOpen} is false
 * @param body how much of the body it is shown; null for none of it
 * @param origin the line that said it
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-EnvoyExternalAuthorizationGrpcProvider">Istio,
 *     EnvoyExternalAuthorizationGrpcProvider</a>
 */
public record AuthorizerRule(
        Protocol protocol,
        URI address,
        String decision,
        Duration timeout,
        boolean failOpen,
        int statusOnError,
        @Nullable Body body,
        Origin origin) {
    /** Checks that nothing is missing. */
    public AuthorizerRule {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(timeout, "timeout");
        origin = Origin.orUnknown(origin);
    }

    /** How an authorizer is asked. */
    public enum Protocol {
        /** OPA's REST data API: {@code POST /v1/data/{decision}}. */
        OPA_REST,
        /** Envoy's {@code envoy.service.auth.v3.Authorization/Check}. */
        EXT_AUTHZ_GRPC
    }

    /**
     * How much of a body an authorizer is shown.
     *
     * @param maxBytes the most; a longer body is refused with 413 unless {@code allowPartial}
     * @param allowPartial whether the beginning of a longer body will do
     * @param packAsBytes whether it is shown as bytes in place of text
     */
    public record Body(int maxBytes, boolean allowPartial, boolean packAsBytes) {
        /** Checks the limit. */
        public Body {
            if (maxBytes < 1) {
                throw new IllegalArgumentException("a body's limit must be at least 1 byte, but was " + maxBytes);
            }
        }
    }

    /**
     * What is asked, in a few words for {@code explain} and plans.
     *
     * @return for example {@code OPA envoy/authz/allow at http://127.0.0.1:8181}
     */
    public String describe() {
        String opa = decision.isEmpty() ? "OPA" : "OPA " + decision;
        return (protocol == Protocol.OPA_REST ? opa : "ext_authz") + " at " + address;
    }
}
