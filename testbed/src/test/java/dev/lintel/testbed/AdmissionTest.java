package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.TrustedIssuer.issuer;
import static dev.lintel.traffic.ServedBy.external;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.auth.opa.bundle.Bundle;
import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.mesh.admission.Admission;
import dev.lintel.mesh.admission.AdmissionObject;
import dev.lintel.mesh.admission.Refusal;
import dev.lintel.mesh.admission.Webhook;
import dev.lintel.sdk.Api;
import dev.lintel.testkit.Certificates;
import dev.lintel.testkit.GoTool;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same guard rails decide the same in the apiserver, in Gatekeeper, in OPA as a webhook, and here. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class AdmissionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
    private static final Map<String, Set<String>> CODES = Map.of(
            "LintelHosts", Set.of("admission.host"),
            "LintelPublicRoutes", Set.of("admission.public"),
            "LintelWidening",
                    Set.of(
                            "admission.widens",
                            "admission.plaintext",
                            "admission.keys",
                            "admission.audience",
                            "admission.tls",
                            "admission.filter",
                            "admission.network",
                            "admission.sidecar",
                            "admission.redirect"),
            "LintelOwnership", Set.of("admission.ours"),
            "LintelImages", Set.of("admission.image"),
            "LintelGateways", Set.of("admission.gateway"));

    /** The key is the one of RFC 7517, A.1. */
    private static final String PINNED = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    @TempDir
    Path folder;

    private final ApiClient api;
    private final Map<String, String> namespaces;
    private final Admission guard;
    private final List<AdmissionCase> cases;

    AdmissionTest(Cluster cluster, ApiClient api) {
        this.api = api;
        this.namespaces = Map.of(
                "ours", cluster.namespace(),
                "fenced", cluster.namespace(),
                "other", cluster.namespace(),
                "root", cluster.namespace(),
                "gw", cluster.namespace());
        this.guard = guard(namespaces);
        this.cases = AdmissionCase.all(namespaces);
    }

    private static Admission guard(Map<String, String> namespaces) {
        String ours = namespaces.getOrDefault("ours", "");
        String other = namespaces.getOrDefault("other", "");
        String fenced = namespaces.getOrDefault("fenced", "");
        String gateways = namespaces.getOrDefault("gw", "");
        return Admission.of(List.of(
                        Api.expose("orders")
                                .inNamespace(ours)
                                .withOAuth2(oauth2(issuer("https://id.example")
                                                .jwks(URI.create("https://id.example/keys")))
                                        .issuer(issuer("https://pinned.example").keys(PINNED))
                                        .audience("orders")
                                        .scope("/orders/**", "orders.read"))
                                .define(),
                        Api.expose("cards")
                                .inNamespace(ours)
                                .servedBy(external("https://api.cards.example"))
                                .define(),
                        Api.isolate(fenced).define(),
                        Api.egress("api.psp.example")
                                .inNamespace(fenced)
                                .throughGateway()
                                .define(),
                        Api.egress("api.bank.example").inNamespace(ours).define(),
                        Api.egress("*.eu.example").inNamespace(ours).define()))
                .appliedBy("system:serviceaccount:ci:lintel")
                .controllers("system:serviceaccount:kyma-system:api-gateway")
                .hostsBelongToNamespaces("example.com")
                .hosts(gateways, "*.example.com")
                .hosts(other, "partner.example.net")
                .hosts(ours, "*.bank.example")
                .noPublicRoutesExcept("/health", "/.well-known/**")
                .publicHosts("www." + other + ".example.com")
                .nothingWidensOurs()
                .rootNamespace(namespaces.getOrDefault("root", ""))
                .images("ghcr.io/acme/*", "docker.io/library/redis")
                .gateways(gateways + "/shared")
                .named(ours)
                .onlyIn(namespaces.values().toArray(String[]::new));
    }

    @Test
    void everyCaseIsJudgedAsItIsMeant() {
        SoftAssertions softly = new SoftAssertions();
        for (AdmissionCase one : cases) {
            softly.assertThat(guard.judge(one.request()).stream().map(Refusal::code))
                    .as(one.toString())
                    .isEqualTo(one.expect().isEmpty() ? List.of() : List.of(one.expect()));
        }
        softly.assertAll();
        assertThat(cases).hasSizeGreaterThan(90);
        assertThat(codes())
                .containsAll(CODES.values().stream().flatMap(Set::stream).toList());
    }

    @Test
    void theApiserverRefusesByItself() {
        cases.forEach(one -> one.prepare(api));

        guard.validatingAdmissionPolicies().forEach(this::apply);

        agree("ValidatingAdmissionPolicy '" + namespaces.get("ours") + "-");
    }

    /** CEL counts what it does; a policy that does too much refuses what is good as well. */
    @Test
    void theLongestListsCostTheApiserverNotTooMuch() {
        String other = namespaces.getOrDefault("other", "");
        Admission longest = guard.hosts(other, many("h%d.partner.example"))
                .images(many("ghcr.io/acme%d/orders"))
                .noPublicRoutesExcept(many("/open%d"));
        longest.validatingAdmissionPolicies().forEach(this::apply);
        Set.of("admission.host", "admission.image", "admission.public").forEach(this::awaitForce);
        List<String> hosts = IntStream.range(0, 50)
                .mapToObj("h%d.partner.example"::formatted)
                .toList();
        List<Object> rules = IntStream.range(0, 50)
                .<Object>mapToObj(i ->
                        Map.of("to", List.of(Map.of("operation", Map.of("paths", List.of("/open" + i))))))
                .toList();
        List<Object> containers = IntStream.range(0, 50)
                .<Object>mapToObj(i -> Map.of("name", "c" + i, "image", "ghcr.io/acme" + i + "/orders"))
                .toList();

        for (Map<String, Object> object : List.<Map<String, Object>>of(
                Map.of(
                        "apiVersion",
                        "gateway.networking.k8s.io/v1",
                        "kind",
                        "GRPCRoute",
                        "spec",
                        Map.of("hostnames", hosts.subList(0, 16))),
                Map.of(
                        "apiVersion",
                        "networking.istio.io/v1",
                        "kind",
                        "VirtualService",
                        "spec",
                        Map.of(
                                "hosts",
                                hosts,
                                "http",
                                List.of(Map.of("route", List.of(Map.of("destination", Map.of("host", "a"))))))),
                Map.of(
                        "apiVersion",
                        "security.istio.io/v1",
                        "kind",
                        "AuthorizationPolicy",
                        "spec",
                        Map.of("rules", rules)),
                Map.of("apiVersion", "v1", "kind", "Pod", "spec", Map.of("containers", containers)))) {
            Map<String, Object> named = new LinkedHashMap<>(object);
            named.put("metadata", Map.of("name", "long", "namespace", other));
            Answer answer = new AdmissionCase(Map.of("case", "long lists", "object", named)).send(api);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    private static String[] many(String form) {
        return IntStream.range(0, 190).mapToObj(form::formatted).toArray(String[]::new);
    }

    @Test
    void opaRefusesAsAWebhookAndIsNotGoneAround() throws Exception {
        Path opa = Opa.binary().orElse(null);
        Assumptions.assumeTrue(opa != null, "there is no Go of which OPA could be built");
        cases.forEach(one -> one.prepare(api));
        Certificates certificate = Certificates.named("opa", "ip:127.0.0.1");
        Ports ports = new Ports(new Random());
        int port = ports.next();
        List<String> arguments = new ArrayList<>(List.of(
                "--addr=https://127.0.0.1:" + port,
                "--tls-cert-file=" + Files.writeString(folder.resolve("opa.crt"), certificate.pem()),
                "--tls-private-key-file=" + Files.writeString(folder.resolve("opa.key"), certificate.key())));
        arguments.addAll(signedBundle(Keys.pair()));

        try (ports;
                OpaServer server = OpaServer.start(Objects.requireNonNull(opa), arguments)) {
            apply(guard.webhook(Webhook.at("https://127.0.0.1:" + port + "/", certificate.pem())));
            agree("admission webhook \"" + namespaces.get("ours") + ".lintel.dev\" denied the request: ");
            assertThat(server.log()).contains("\"req_method\":\"POST\",\"req_path\":\"/\"");
        }

        Answer unanswered = cases.get(0).send(api);
        assertThat(cases.get(0).expect()).isEmpty();
        assertThat(unanswered.status()).isEqualTo(500);
        assertThat(unanswered.body()).contains("failed calling webhook");
    }

    @Test
    void opaTakesNoBundleThatSomebodyElseSigned() throws Exception {
        Path opa = Opa.binary().orElse(null);
        Assumptions.assumeTrue(opa != null, "there is no Go of which OPA could be built");
        KeyPair ours = Keys.pair();
        List<String> good = signedBundle(ours);
        List<String> build = new ArrayList<>(List.of("build", "--output=" + folder.resolve("out.tar.gz")));
        build.addAll(good);

        GoTool.Ran verified = Opa.run(Objects.requireNonNull(opa), build);
        Files.writeString(
                folder.resolve("key.pem"),
                Objects.requireNonNull(BundleSigner.of("key1", Keys.pair()).publicKey()));
        GoTool.Ran refused = Opa.run(opa, build);

        assertThat(verified.text()).isEmpty();
        assertThat(verified.status()).isZero();
        assertThat(refused.status()).isNotZero();
        assertThat(refused.text()).contains("verif");
    }

    @Test
    void gatekeeperRefusesTheSame() throws IOException {
        Path gator = Gator.binary().orElse(null);
        Assumptions.assumeTrue(gator != null, "there is no Go of which gator could be built");
        List<Object> tests = new ArrayList<>();
        for (AdmissionObject object : guard.gatekeeper()) {
            Files.writeString(folder.resolve(object.kind() + "-" + object.name() + ".yaml"), object.toYaml());
        }
        for (String kind : new TreeSet<>(CODES.keySet())) {
            List<Object> asked = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                asked.add(gatorCase(kind, i));
            }
            Map<String, Object> test = new LinkedHashMap<>();
            test.put("name", kind);
            test.put("template", "ConstraintTemplate-" + kind.toLowerCase(Locale.ROOT) + ".yaml");
            test.put("constraint", kind + "-" + namespaces.get("ours") + ".yaml");
            test.put("cases", asked);
            tests.add(test);
        }
        Files.writeString(
                folder.resolve("suite.yaml"),
                AdmissionCase.json(
                        Map.of("apiVersion", "test.gatekeeper.sh/v1alpha1", "kind", "Suite", "tests", tests)));

        GoTool.Ran ran = GoTool.run(Objects.requireNonNull(gator), List.of("verify", "-v", folder.toString()), "");

        assertThat(ran.status()).as(ran.text()).isZero();
        assertThat(ran.text().lines().filter(line -> line.contains("--- PASS") && line.contains("case-")))
                .hasSize(CODES.size() * cases.size());
    }

    private Map<String, Object> gatorCase(String kind, int number) throws IOException {
        AdmissionCase one = cases.get(number);
        Files.writeString(
                folder.resolve("review-" + number + ".yaml"),
                AdmissionCase.json(Map.of(
                        "apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "request", one.request())));
        boolean refused = CODES.getOrDefault(kind, Set.of()).contains(one.expect());
        return Map.of(
                "name",
                "case-" + number,
                "object",
                "review-" + number + ".yaml",
                "assertions",
                List.of(
                        refused
                                ? Map.of("violations", "yes", "message", one.expect() + ": ")
                                : Map.of("violations", "no")));
    }

    /** In the apiserver's own words, with ours in them. */
    private void agree(String who) {
        codes().forEach(this::awaitForce);
        SoftAssertions softly = new SoftAssertions();
        for (AdmissionCase one : cases) {
            Answer answer = one.send(api);
            String told = one + ": " + answer.body();
            if (one.expect().isEmpty()) {
                softly.assertThat(answer.succeeded()).as(told).isTrue();
            } else {
                String message = guard.judge(one.request()).get(0).message();
                softly.assertThat(answer.status()).as(told).isEqualTo(403);
                softly.assertThat(text(answer))
                        .as(told)
                        .contains(who, one.expect() + ": ", one.isNamed() ? message : tail(message));
            }
        }
        softly.assertAll();
    }

    private Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        cases.forEach(one -> codes.add(one.expect()));
        codes.remove("");
        return codes;
    }

    /** Policies come into force a moment after they are written, and nobody says when. */
    private void awaitForce(String code) {
        AdmissionCase bad = cases.stream()
                .filter(one -> one.expect().equals(code))
                .findFirst()
                .orElseThrow();
        long end = System.nanoTime() + PATIENCE;
        Answer answer = bad.send(api);
        while (!answer.body().contains(code)) {
            assertThat(System.nanoTime() - end)
                    .as("%s is not in force: %s", code, answer.body())
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = bad.send(api);
        }
    }

    /** After the name, which the apiserver makes. */
    private static String tail(String message) {
        return message.substring(message.indexOf(' ', message.indexOf('/')));
    }

    private static String text(Answer answer) {
        try {
            return JSON.readTree(answer.body()).path("message").asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(AdmissionObject object) {
        api.apply("/apis/" + object.apiVersion() + "/" + plural(object.kind()) + "/" + object.name(), object.toYaml());
    }

    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }

    private List<String> signedBundle(KeyPair pair) throws IOException {
        BundleSigner signer = BundleSigner.of("key1", pair);
        Path key = Files.writeString(folder.resolve("key.pem"), Objects.requireNonNull(signer.publicKey()));
        Path bundle = Files.write(
                folder.resolve("admission.tar.gz"),
                Bundle.of("admission", guard.rego()).bytes(signer));
        return List.of(
                "--bundle",
                bundle.toString(),
                "--verification-key=" + key,
                "--verification-key-id=key1",
                "--signing-alg=" + signer.algorithm());
    }
}
