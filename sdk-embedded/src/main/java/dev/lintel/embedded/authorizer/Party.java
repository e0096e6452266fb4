package dev.lintel.embedded.authorizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One end of a connection, as an authorizer sees it.
 *
 * @param address an IPv4 or IPv6 address; empty if it is not known
 * @param port 0 if it is not known
 * @param principal who that is, as far as the connection proves it, for example {@code
 *     spiffe://cluster.local/ns/shop/sa/frontend}; empty if it does not
 * @param service the name of its service; empty if it is not known
 * @param labels of its workload
 * @param certificate the certificate that it showed, as Envoy writes it; empty for none
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/auth/v3/attribute_context.proto">Envoy,
 *     AttributeContext.Peer</a>
 */
public record Party(
        String address, int port, String principal, String service, Map<String, String> labels, String certificate) {
    /** Keeps the labels in their order. */
    public Party {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /**
     * An end of which no more is known.
     *
     * @param address an IPv4 or IPv6 address; empty if it is not known
     * @param port 0 if it is not known
     * @param principal empty if the connection does not prove one
     */
    public Party(String address, int port, String principal) {
        this(address, port, principal, "", Map.of(), "");
    }
}
