package dev.lintel.embedded;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.embedded.identity.Holder;
import dev.lintel.embedded.identity.Pem;
import dev.lintel.embedded.serve.Inside;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A workload's identity, with which it calls services inside: a key, and a certificate of the gateway's own authority that
 * says {@code spiffe://{trust domain}/ns/{namespace}/sa/{name}}. The certificate is good for 24 hours and is made anew, for
 * the same key, when half of that is over, so that what is made of an identity goes on for as long as the gateway does.
 *
 * <p>Services are called at {@code https://orders.shop.svc.cluster.local}, {@code https://orders.shop.svc} or {@code
 * https://orders.shop}, and exposed hosts at their names; no name server knows them, so that a client goes through the
 * gateway's {@linkplain #address() listener for workloads} as its proxy, or connects there and asks for the name by SNI.
 *
 * <p>Who shows no certificate, or one that is expired, not good yet, of another authority, vouched for by itself, or not for
 * TLS clients, gets a TLS alert and no answer. Who shows one of this authority that has no or more than one URI, says its
 * identity in the common name or as a DNS name only, is of another trust domain, not of the form above, or one of an authority,
 * is answered 403, whatever it asks for. Headers never count.
 *
 * <p>Safe for use by many threads. It prints its name, and never its key.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">SPIFFE, X509-SVID</a>
 */
public final class GatewayIdentity {
    private static final String INSIDE = ".svc.cluster.local";

    private final Holder holder;
    private final Inside inside;
    private final Predicate<String> ours;

    private GatewayIdentity(Holder holder, Inside inside, String domain) {
        this.holder = holder;
        this.inside = inside;
        String below = "." + domain;
        // Names of this world that nobody has now do not go to a name server all the same.
        this.ours =
                host -> host.endsWith(INSIDE) || host.endsWith(".svc") || host.endsWith(below) || inside.isCalled(host);
    }

    static GatewayIdentity of(String name, Inside inside, String domain) {
        Caller.Workload named = Caller.Workload.of(name);
        Caller.Workload workload =
                new Caller.Workload(inside.authority().trustDomain(), named.namespace(), named.serviceAccount());
        return new GatewayIdentity(new Holder(inside.authority(), workload), inside, domain);
    }

    /**
     * Who it is.
     *
     * @return for example {@code frontend.shop}
     */
    public String name() {
        return holder.workload().toString();
    }

    /**
     * Who it is, as the certificate says it.
     *
     * @return for example {@code spiffe://cluster.local/ns/shop/sa/frontend}
     */
    public String spiffeId() {
        return holder.workload().spiffeId();
    }

    /**
     * Where a service is called from inside.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}; it need not be there yet
     * @return for example {@code https://orders.shop.svc.cluster.local}
     * @throws IllegalArgumentException if it is not {@code name.namespace}
     */
    public URI uri(String service) {
        Caller.Workload named = Caller.Workload.of(service);
        return URI.create("https://" + named + INSIDE);
    }

    /**
     * A client that shows this identity, and reaches services inside and exposed hosts, all at {@code https}.
     *
     * @return a new one each time, HTTP/1.1; it trusts nobody but the gateway
     */
    public HttpClient httpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(sslContext())
                .proxy(proxySelector())
                .build();
    }

    /**
     * Shows this identity and trusts nobody but the gateway.
     *
     * @return a new context each time, with sessions of its own
     */
    public SSLContext sslContext() {
        return holder.context();
    }

    /**
     * Sends {@code https} calls of services inside and exposed hosts to the gateway, and all others directly.
     *
     * @return for example for {@code HttpClient.newBuilder().proxy(…)}
     */
    public ProxySelector proxySelector() {
        return new GatewayProxySelector("https", ours, inside.address());
    }

    /**
     * Where the gateway listens for workloads. It takes TLS at once, and {@code CONNECT} before it.
     *
     * @return the address with its port
     */
    public InetSocketAddress address() {
        return inside.address();
    }

    /**
     * The certificate, for clients in other processes.
     *
     * @return PEM; good for twelve hours at least
     */
    public String certificatePem() {
        return Pem.of(holder.certificate());
    }

    /**
     * The key, for clients in other processes. It stays the same for this identity.
     *
     * @return PEM in PKCS #8
     */
    public Secret privateKey() {
        return Pem.of(holder.key());
    }

    /**
     * What vouches for the gateway and for all workloads.
     *
     * @return PEM
     */
    public String trustPem() {
        return Pem.of(inside.authority().root());
    }

    /** For example {@code identity spiffe://cluster.local/ns/shop/sa/frontend}. */
    @Override
    public String toString() {
        return "identity " + spiffeId();
    }
}
