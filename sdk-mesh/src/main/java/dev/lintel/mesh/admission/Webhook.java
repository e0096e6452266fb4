package dev.lintel.mesh.admission;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Names;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the apiserver asks OPA, always by TLS.
 *
 * @param address beyond the cluster; null for a service in it
 * @param namespace of the service, which is never asked about itself; null beyond the cluster
 * @param service its name; null beyond the cluster
 * @param authority certificates in PEM by which OPA is known
 * @param timeout how long the apiserver waits, 1 to 30 s; then it refuses
 */
public record Webhook(
        @Nullable URI address,
        @Nullable String namespace,
        @Nullable String service,
        String authority,
        Duration timeout) {
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final int LONGEST = 64 * 1024;

    /** Checks names, address and limits. */
    public Webhook {
        Objects.requireNonNull(timeout, "timeout");
        if (!authority.contains("-----BEGIN CERTIFICATE-----") || authority.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a webhook needs the certificates of its authority in PEM, of at most " + LONGEST + " characters");
        }
        if (address != null && (!"https".equals(address.getScheme()) || address.getHost() == null)) {
            throw new IllegalArgumentException("a webhook's address must be https, but was '" + address + "'");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("a webhook's timeout must be 1 to 30 s, but was " + timeout);
        }
    }

    /**
     * A service of the cluster, at port 443.
     *
     * @param namespace its namespace, which holds nothing but OPA
     * @param name its name
     * @param authority certificates in PEM
     * @return the webhook, with a timeout of 5 s
     */
    public static Webhook service(String namespace, String name, String authority) {
        return new Webhook(
                null,
                Names.label("the webhook's namespace", namespace),
                Names.label("the webhook's service", name),
                authority,
                USUAL);
    }

    /**
     * A server beyond the cluster.
     *
     * @param address for example {@code https://opa.example:8443/}
     * @param authority certificates in PEM
     * @return the webhook, with a timeout of 5 s
     */
    public static Webhook at(String address, String authority) {
        return new Webhook(URI.create(address), null, null, authority, USUAL);
    }

    /**
     * The same webhook with another timeout.
     *
     * @param longest 1 to 30 s, in whole seconds
     * @return a new value
     */
    public Webhook timeout(Duration longest) {
        return new Webhook(address, namespace, service, authority, longest);
    }

    Map<String, Object> client() {
        String bundle = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8));
        return address == null
                ? map("service", map("namespace", namespace, "name", service, "path", "/"), "caBundle", bundle)
                : map("url", address.toString(), "caBundle", bundle);
    }
}
