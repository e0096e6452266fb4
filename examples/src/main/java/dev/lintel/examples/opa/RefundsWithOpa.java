package dev.lintel.examples.opa;

import static dev.lintel.auth.opa.Opa.opa;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.auth.opa.bundle.Bundle;
import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.bundle.BundleServer;
import dev.lintel.embedded.bundle.BundleSettings;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Refunds behind a gateway that asks a real OPA. The policy is a file beside this one; the limit is data, and a new one is in use
 * a moment after it was published. OPA takes no bundle that is not signed by our key.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.opa.RefundsWithOpa -Dexec.args=/path/to/opa}
 */
public final class RefundsWithOpa {
    private static final long PAUSE = 20_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final PrintStream out;

    private RefundsWithOpa(PrintStream out) {
        this.out = out;
    }

    /** Starts an OPA. */
    interface Program {
        /** Starts one with a configuration, and answers where it listens. */
        URI start(Path config) throws IOException;
    }

    /**
     * Runs the example.
     *
     * @param args where the program {@code opa} is
     * @throws Exception if something cannot be started
     */
    public static void main(String[] args) throws Exception {
        List<OpaProcess> started = new ArrayList<>();
        try {
            run(new PrintStream(System.out, true, StandardCharsets.UTF_8), config -> {
                started.add(OpaProcess.start(args[0], "--config-file=" + config));
                return started.get(0).uri();
            });
        } finally {
            started.forEach(OpaProcess::close);
        }
    }

    static void run(PrintStream out, Program program)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        BundleSigner signer = BundleSigner.of("refunds-2026", keys.generateKeyPair());
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            byte[] body = ("refunded, checked by "
                            + exchange.getRequestHeaders().getFirst("x-checked-by") + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        Path config = Files.createTempFile("lintel-opa", ".yaml");
        try (BundleServer bundles = BundleServer.start(BundleSettings.DEFAULT.signedBy(signer));
                Gateway gateway = Gateway.start()) {
            bundles.publish(limit(100));
            Files.writeString(config, bundles.opaConfig());
            URI opa = program.start(config);
            gateway.workload(
                    "refunds.shop",
                    URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
            gateway.apply(gateway.plan(Api.expose("refunds")
                    .inNamespace("shop")
                    .withOpa(opa(opa.toString()).decision("refunds/authz/allow"))
                    .define()));
            new RefundsWithOpa(out).tell(gateway, bundles, opa);
        } finally {
            service.stop(0);
            Files.delete(config);
        }
    }

    private static Bundle limit(int most) throws IOException {
        try (InputStream in = RefundsWithOpa.class.getResourceAsStream("refunds.rego")) {
            if (in == null) {
                throw new IllegalStateException("refunds.rego is missing");
            }
            String policy = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Bundle.of(
                    "refunds",
                    Map.of("refunds/authz.rego", policy, "refunds/limits/data.json", "{\"most\": " + most + "}"));
        }
    }

    private void tell(Gateway gateway, BundleServer bundles, URI opa) throws IOException, InterruptedException {
        out.println("== The limit is 100");
        await(opa, limit(100));
        refund(gateway, 40);
        refund(gateway, 400);

        out.println("== The limit is 500");
        bundles.publish(limit(500));
        await(opa, limit(500));
        refund(gateway, 400);
        refund(gateway, 4000);
    }

    /** Waits until OPA uses a bundle: it tells the revision. */
    private void await(URI opa, Bundle bundle) throws InterruptedException {
        URI revision = opa.resolve("/v1/data/system/bundles/refunds/manifest/revision");
        while (!get(revision).contains(bundle.revision())) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private String get(URI uri) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "it does not listen yet: " + e.getMessage();
        }
    }

    private void refund(Gateway gateway, int amount) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        HttpRequest request = HttpRequest.newBuilder(gateway.uri("refunds.shop").resolve("/refunds?amount=" + amount))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        out.println("  a refund of " + amount + ": " + answer.statusCode() + " "
                + answer.body().strip());
    }
}
