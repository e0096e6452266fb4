package dev.lintel.testbed.plane;

import dev.lintel.core.Definition;
import dev.lintel.core.evaluate.Caller.Workload;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls from inside in the two worlds that need no network: the evaluator's, and the embedded gateway's. */
record InJvm(Evaluator evaluator, Gateway gateway) implements AutoCloseable {
    /** No answer, as from {@link Caller}. */
    static final int CUT = 0;

    /** Serves definitions; services answer 200. */
    static InJvm serving(Definition... definitions) {
        Gateway gateway = Gateway.start(s -> s.domain(InMesh.DOMAIN));
        InJvm here = new InJvm(InMesh.evaluator(definitions), gateway);
        here.evaluator.model().apis().forEach(api -> gateway.workload(api.id(), functionOf(api.id())));
        gateway.apply(gateway.plan(definitions));
        return here;
    }

    private static dev.lintel.embedded.Workload functionOf(String api) {
        return dev.lintel.embedded.Workload.function(request -> dev.lintel.embedded.Reply.ok(api));
    }

    /** Whether the evaluator lets a call through. */
    boolean lets(String by, boolean certified, String service, String path) {
        RequestValue request = RequestValue.of("GET", "http://" + service + ".svc.cluster.local" + path)
                .inMesh();
        return evaluator.decide(certified ? request.caller(Workload.of(by)) : request, Draw.RANDOM)
                instanceof Decision.Forward;
    }

    /** What the embedded gateway answers to a workload, which shows its certificate or none. */
    int asks(String by, boolean certified, String service, String path) {
        GatewayIdentity identity = gateway.identity(by);
        HttpClient client = certified
                ? identity.httpClient()
                : HttpClient.newBuilder()
                        .proxy(identity.proxySelector())
                        .sslContext(trusting(identity.trustPem()))
                        .build();
        return status(client, identity.uri(service).resolve(path));
    }

    /** What it answers to who enters by a host. */
    int enters(String api, String path) {
        HttpClient client =
                HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        return status(client, gateway.uri(api).resolve(path));
    }

    private static int status(HttpClient client, URI uri) {
        try {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return CUT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "gateway",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
