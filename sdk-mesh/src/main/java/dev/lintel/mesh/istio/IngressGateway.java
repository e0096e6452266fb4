package dev.lintel.mesh.istio;

import dev.lintel.core.Names;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ingress gateway of a mesh, as it was installed: what selects its pods, and the identity by which sidecars know it.
 *
 * @param namespace where its pods run; the {@code Gateway} objects and the credentials are kept there
 * @param serviceAccount the service account of its pods; access rules recognise it by this
 * @param labels what its pods carry
 * @param port the port of its service, 1 to 65535
 * @param credential the secret with key and certificate, {@code {namespace}} standing for the namespace of an API; null
 *     for plain HTTP
 */
public record IngressGateway(
        String namespace,
        String serviceAccount,
        Map<String, String> labels,
        int port,
        @Nullable String credential) {
    /** Checks names and port. */
    public IngressGateway {
        namespace = Names.label("the ingress gateway's namespace", namespace);
        if (serviceAccount.isBlank() || serviceAccount.indexOf('*') >= 0 || serviceAccount.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "the ingress gateway's service account must be a name, but was '" + serviceAccount + "'");
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("the ingress gateway needs a label that selects its pods");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port must be 1 to 65535, but was " + port);
        }
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * The gateway of {@code istioctl install}: plain HTTP on port 80.
     *
     * @return the gateway {@code istio-ingressgateway} in {@code istio-system}
     */
    public static IngressGateway standard() {
        return new IngressGateway(
                "istio-system", "istio-ingressgateway-service-account", Map.of("istio", "ingressgateway"), 80, null);
    }

    /**
     * The same gateway under another identity.
     *
     * @param where the namespace of its pods
     * @param account the service account of its pods
     * @return a new value
     */
    public IngressGateway at(String where, String account) {
        return new IngressGateway(where, account, labels, port, credential);
    }

    /**
     * The same gateway, its pods selected by a label.
     *
     * @param name the label's name
     * @param value its value
     * @return a new value
     */
    public IngressGateway selectedBy(String name, String value) {
        return new IngressGateway(namespace, serviceAccount, Map.of(name, value), port, credential);
    }

    /**
     * The same gateway, serving plain HTTP.
     *
     * @param number the port of its service
     * @return a new value
     */
    public IngressGateway http(int number) {
        return new IngressGateway(namespace, serviceAccount, labels, number, null);
    }

    /**
     * The same gateway, serving HTTPS.
     *
     * @param number the port of its service
     * @param secret the secret in the gateway's namespace, {@code {namespace}} standing for the namespace of an API
     * @return a new value
     */
    public IngressGateway https(int number, String secret) {
        return new IngressGateway(namespace, serviceAccount, labels, number, secret);
    }

    /** The identity in a workload's certificate, without the scheme. */
    String principal(String trustDomain) {
        return trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount;
    }
}
