package dev.lintel.benchmarks.gateway;

import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayIdentity;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.embedded.identity.CertificateAuthority;
import dev.lintel.embedded.identity.Content;
import dev.lintel.embedded.identity.Pem;
import dev.lintel.sdk.Api;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The gateway with both of its listeners: TLS for everybody, and mTLS for workloads, of the same kind of certificate. */
public final class IdentityProxy {
    static final String EVERYBODY = "orders.shop.localhost";
    static final String INSIDE = "orders.shop.svc.cluster.local";

    private static final int EVENT_LOOPS = 2;

    private IdentityProxy() {}

    /**
     * Starts the gateway, writes what clients need, and prints its port.
     *
     * @param arguments the upstream's port, and where to write
     * @throws Exception if something cannot be written
     */
    public static void main(String[] arguments) throws Exception {
        URI upstream = URI.create("http://127.0.0.1:" + arguments[0]);
        Path directory = Path.of(arguments[1]);
        CertificateAuthority authority = new CertificateAuthority("cluster.local", InstantSource.system());
        KeyPair keys = CertificateAuthority.keyPair();
        Instant now = Instant.now();
        X509Certificate shown = authority.issue(
                keys.getPublic(),
                new Content(
                        "O=benchmark",
                        List.of("spiffe://cluster.local/ns/shop/sa/orders"),
                        List.of(EVERYBODY),
                        List.of(Content.SERVER),
                        false,
                        now.minusSeconds(60),
                        now.plus(Duration.ofHours(12))));
        Gateway gateway = Gateway.start(
                GatewaySettings.defaults().threads(EVENT_LOOPS).tls(Pem.of(shown), Pem.of(keys.getPrivate())));
        gateway.workload("orders.shop", upstream);
        gateway.apply(gateway.plan(Api.expose("orders").inNamespace("shop").define()));
        GatewayIdentity frontend = gateway.identity("frontend.shop");
        Secret key = frontend.privateKey();
        Files.writeString(directory.resolve("everybody.pem"), Pem.of(authority.root()));
        Files.writeString(directory.resolve("inside.pem"), frontend.trustPem());
        Files.writeString(directory.resolve("certificate.pem"), frontend.certificatePem());
        Files.writeString(directory.resolve("key.pem"), key.reveal());
        Files.writeString(
                directory.resolve("inside.port"),
                Integer.toString(frontend.address().getPort()));
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }
}
