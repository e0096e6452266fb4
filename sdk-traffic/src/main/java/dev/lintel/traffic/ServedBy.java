package dev.lintel.traffic;

import dev.lintel.core.Names;
import dev.lintel.core.Policy;
import dev.lintel.core.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says that the service runs elsewhere than in the API's own namespace. Access is asked in front of it as for any service.
 * What the gateway proves itself with is named by where the secret is kept; the caller's own credential does not go on then.
 *
 * @param place what sort of place
 * @param name the name that it has there; null where the address says it all
 * @param address {@code https} or {@code http}, host and perhaps port; null where a workload is bound
 * @param authority what the service gets as {@code Host}; null is made of the address, or of the name
 * @param tls what is sent and asked for when TLS begins here; null is the usual
 * @param connectTimeout how long making a connection may take; null is the world's own limit
 * @param token a token that the gateway gets for itself; null for none
 * @param header a header with a secret; null for none
 */
public record ServedBy(
        Place place,
        @Nullable String name,
        @Nullable URI address,
        @Nullable String authority,
        @Nullable TlsOrigination tls,
        @Nullable Duration connectTimeout,
        @Nullable ClientToken token,
        @Nullable SecretHeader header)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.served-by/v1";

    /** What sort of place. */
    public enum Place {
        /** Any HTTP service. */
        EXTERNAL,
        /** An application on Cloud Foundry. */
        CLOUD_FOUNDRY,
        /** A Knative service. */
        KNATIVE,
        /** A service of another cluster. */
        REMOTE_CLUSTER
    }

    /** Checks every part, and that the place can be found. */
    public ServedBy {
        Objects.requireNonNull(place, "place");
        if (address != null) {
            address = ServiceAddress.checked(address);
        }
        if (authority != null) {
            ServiceAddress.authority(authority);
        }
        if (connectTimeout != null) {
            Timeout.check("the time-out of a connection", connectTimeout);
        }
        if (place == Place.KNATIVE && name == null) {
            throw new IllegalArgumentException("a Knative service needs a name");
        }
        if (name != null) {
            Names.label("the name of a service elsewhere", name);
        }
        if (place != Place.KNATIVE && address == null) {
            throw new IllegalArgumentException("a service elsewhere needs an address, unless it is a Knative service");
        }
        if (tls != null && address != null && !ServiceAddress.isTls(address)) {
            throw new IllegalArgumentException("TLS is said for " + address + ", which is not https");
        }
        if (token != null && header != null) {
            throw new IllegalArgumentException("the gateway proves itself to a service elsewhere by a token or by the"
                    + " header '" + header.name() + "', one of them");
        }
    }

    /**
     * Any HTTP service.
     *
     * @param address for example {@code https://api.psp.example}, without path
     * @return the policy
     */
    public static ServedBy external(String address) {
        return at(Place.EXTERNAL, null, ServiceAddress.parse(address), null);
    }

    /**
     * An application on Cloud Foundry, by TLS.
     *
     * @param app the application's name there
     * @param route its route's host, for example {@code billing.cfapps.example}
     * @return the policy
     */
    public static ServedBy cloudFoundry(String app, String route) {
        return at(Place.CLOUD_FOUNDRY, app, ServiceAddress.parse("https://" + route), null);
    }

    /**
     * A Knative service of the API's namespace, called as inside its cluster; {@link #through} says where its ingress is.
     *
     * @param name its name, a DNS label
     * @return the policy
     */
    public static ServedBy knative(String name) {
        return at(Place.KNATIVE, name, null, null);
    }

    /**
     * A service of another cluster, behind that cluster's gateway.
     *
     * @param gateway the gateway's address, for example {@code https://gateway.eu.example}
     * @param service the host by which that gateway knows the service
     * @return the policy
     */
    public static ServedBy remoteCluster(String gateway, String service) {
        return at(Place.REMOTE_CLUSTER, null, ServiceAddress.parse(gateway), service);
    }

    private static ServedBy at(Place place, @Nullable String name, @Nullable URI address, @Nullable String authority) {
        return new ServedBy(place, name, address, authority, null, null, null, null);
    }

    /**
     * The same, reached through an address, which stays out of {@code Host}.
     *
     * @param other for example {@code http://kourier-internal.kourier-system.svc.cluster.local}
     * @return a new policy
     */
    public ServedBy through(String other) {
        URI url = ServiceAddress.parse(other);
        String host = authority == null && address != null ? ServiceAddress.authorityOf(address) : authority;
        return new ServedBy(place, name, url, host, tls, connectTimeout, token, header);
    }

    /**
     * The same, getting another {@code Host}.
     *
     * @param host with port if there is one
     * @return a new policy
     */
    public ServedBy authority(String host) {
        return new ServedBy(place, name, address, host, tls, connectTimeout, token, header);
    }

    /**
     * The same, with another server name in TLS, which the certificate must have unless names are said for it.
     *
     * @param serverName a host name
     * @return a new policy
     */
    public ServedBy sni(String serverName) {
        return tls(TlsOrigination.orUsual(tls).sni(serverName));
    }

    /**
     * The same, asking for one of these names in the certificate.
     *
     * @param names at least one host name
     * @return a new policy
     */
    public ServedBy subjectAltNames(String... names) {
        return tls(TlsOrigination.orUsual(tls).names(List.of(names)));
    }

    /**
     * The same, trusting only these authorities.
     *
     * @param certificates where their certificates are kept, as PEM
     * @return a new policy
     */
    public ServedBy ca(SecretRef certificates) {
        return tls(TlsOrigination.orUsual(tls).authorities(certificates));
    }

    /**
     * The same, showing a certificate of ours.
     *
     * @param certificate where it is kept, as PEM
     * @param key where its key is kept, PKCS#8 as PEM
     * @return a new policy
     */
    public ServedBy mtls(SecretRef certificate, SecretRef key) {
        return tls(TlsOrigination.orUsual(tls).ours(certificate, key));
    }

    private ServedBy tls(TlsOrigination other) {
        return new ServedBy(place, name, address, authority, other, connectTimeout, token, header);
    }

    /**
     * The same, with a limit for making a connection.
     *
     * @param limit a millisecond to a day
     * @return a new policy
     */
    public ServedBy connectTimeout(Duration limit) {
        return new ServedBy(place, name, address, authority, tls, limit, token, header);
    }

    /**
     * The same, sending a token that the gateway gets by client credentials (RFC 6749, 4.4).
     *
     * @param issuer an {@code https} URL; {@code http} on loopback only
     * @param clientId the gateway's client id there
     * @param secret where the client's secret is kept
     * @param scopes what is asked for
     * @return a new policy
     */
    public ServedBy token(String issuer, String clientId, SecretRef secret, String... scopes) {
        ClientToken given = new ClientToken(issuer, clientId, secret, List.of(scopes));
        return new ServedBy(place, name, address, authority, tls, connectTimeout, given, header);
    }

    /**
     * The same, sending a secret in a header.
     *
     * @param header the header's name, in any case
     * @param value where the secret is kept
     * @return a new policy
     */
    public ServedBy secretHeader(String header, SecretRef value) {
        return secretHeader(header, "", value);
    }

    /**
     * The same, sending a secret in a header.
     *
     * @param header the header's name, in any case
     * @param prefix what stands before the secret, for example {@code "Bearer "}
     * @param value where the secret is kept
     * @return a new policy
     */
    public ServedBy secretHeader(String header, String prefix, SecretRef value) {
        SecretHeader given = new SecretHeader(header, prefix, value);
        return new ServedBy(place, name, address, authority, tls, connectTimeout, token, given);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
