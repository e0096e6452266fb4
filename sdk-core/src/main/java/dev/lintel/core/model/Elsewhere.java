package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is that does not run in the API's own namespace.
 *
 * @param kind what sort of place
 * @param address {@code https://host:port} or {@code http://host:port} that is connected to; null where a workload is bound
 * @param authority what the service gets as {@code Host}
 * @param tls what is sent and asked for when TLS begins here; null without TLS
 * @param connectTimeout how long making a connection may take; null is the world's own limit
 * @param credential what the gateway proves itself with; null with nothing
 * @param origin the line that said it
 */
public record Elsewhere(
        Kind kind,
        @Nullable URI address,
        String authority,
        @Nullable Tls tls,
        @Nullable Duration connectTimeout,
        @Nullable Credential credential,
        Origin origin) {
    /** Fills a missing origin. */
    public Elsewhere {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(authority, "authority");
        origin = Origin.orUnknown(origin);
    }

    /** What sort of place. */
    public enum Kind {
        /** Any HTTP service. */
        EXTERNAL,
        /** An application on Cloud Foundry, by its route; route-service headers are understood. */
        CLOUD_FOUNDRY,
        /** A Knative service, by its name, behind Knative's ingress. */
        KNATIVE,
        /** A service of another cluster, behind that cluster's gateway. */
        REMOTE_CLUSTER
    }

    /**
     * TLS to the far side.
     *
     * @param sni the server name that is sent (RFC 6066, 3)
     * @param subjectAltNames DNS names of which the certificate must have one; never empty
     * @param ca the certificates that are trusted, as PEM; null is what the machine trusts
     * @param certificate our certificate, as PEM; null for none
     * @param key its key, PKCS#8 as PEM; null for none
     */
    public record Tls(
            String sni,
            List<String> subjectAltNames,
            @Nullable SecretRef ca,
            @Nullable SecretRef certificate,
            @Nullable SecretRef key) {
        /** Keeps the names unchangeable. */
        public Tls {
            subjectAltNames = List.copyOf(subjectAltNames);
        }
    }

    /** What the gateway proves itself with to the far side. The caller's own credential does not go on then. */
    public sealed interface Credential {}

    /**
     * A token that the gateway gets for itself (RFC 6749, 4.4).
     *
     * @param issuer where the token comes from: its metadata name the token endpoint (RFC 8414)
     * @param clientId the gateway's client id there
     * @param secret the client's secret
     * @param scopes what is asked for
     */
    public record ClientToken(String issuer, String clientId, SecretRef secret, List<String> scopes)
            implements Credential {
        /** Keeps the scopes unchangeable. */
        public ClientToken {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * A header with a secret in it.
     *
     * @param name the header's name in lower case
     * @param prefix what stands before the secret, for example {@code Bearer }; may be empty
     * @param value the secret
     */
    public record SecretHeader(String name, String prefix, SecretRef value) implements Credential {}
}
