package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.cli.Lintel;
import dev.lintel.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a real apiserver, as a pipeline runs it. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class CommandLineOnClusterTest {
    private final Cluster cluster;
    private final Namespace namespace;

    @TempDir
    Path folder;

    CommandLineOnClusterTest(Cluster cluster, Namespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    private record Ran(int code, String printed) {}

    private Ran run(String command, String... more) {
        return runAs(cluster.kubeconfig(), command, more);
    }

    private Ran runAs(Path kubeconfig, String command, String... more) {
        List<String> line = new ArrayList<>(List.of(
                command,
                "--cluster",
                "--kubeconfig",
                kubeconfig.toString(),
                "--inventory",
                namespace.name(),
                "--domain",
                "example.com"));
        line.addAll(List.of(more));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(InputStream.nullInputStream(), stream, stream, false, folder, Map.of());
        int code = Lintel.run(around, line.toArray(String[]::new));
        return new Ran(code, printed.toString(StandardCharsets.UTF_8));
    }

    private void define(String rules) throws IOException {
        Files.writeString(folder.resolve("orders.yaml"), """
                kind: Api/v1
                service: orders
                namespace: %s
                policies:
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                    audiences: [orders]
                    rules:
                      - endpoint: /orders/**
                        scopes: [orders.read]
                """.formatted(namespace) + rules);
    }

    @Test
    void aPipelinePlansAppliesAndHasNothingMoreToDo() throws IOException {
        define("");

        Ran plan = run("plan", "-f", "orders.yaml", "--exit-code");
        assertThat(plan.code()).as(plan.printed()).isEqualTo(2);
        assertThat(plan.printed()).contains("+ AuthorizationPolicy " + namespace + "/orders", "5 to create");

        Ran apply = run("apply", "-f", "orders.yaml");
        assertThat(apply.code()).as(apply.printed()).isZero();
        assertThat(cluster.kubectl(List.of("get", "authorizationpolicies", "-n", namespace.name(), "-o", "name")))
                .isEqualTo("authorizationpolicy.security.istio.io/orders\n");

        Ran again = run("plan", "-f", "orders.yaml", "--exit-code");
        assertThat(again.code()).as(again.printed()).isZero();
        assertThat(again.printed()).endsWith("nothing to do, 5 unchanged\n");
        Ran diff = run("diff", "-f", "orders.yaml");
        assertThat(diff.code()).as(diff.printed()).isZero();
    }

    @Test
    void whatSomebodyChangesShowsInDiffAndInExplanations() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        assertThat(run("explain", "-f", "orders.yaml", "GET", "/debug").code()).isZero();

        cluster.kubectl(
                List.of(
                        "patch",
                        "authorizationpolicy",
                        "orders",
                        "-n",
                        namespace.name(),
                        "--type=json",
                        "-p=[{\"op\": \"add\", \"path\": \"/spec/rules/-\", \"value\": {\"to\": [{\"operation\": {\"paths\": [\"/debug\", \"/debug/\"]}}]}}]"));

        Ran explained = run("explain", "-f", "orders.yaml", "GET", "/debug");
        assertThat(explained.code()).as(explained.printed()).isEqualTo(2);
        assertThat(explained.printed()).contains("= refuse with", "= forward to orders." + namespace, "they differ");
        Ran diff = run("diff", "-f", "orders.yaml");
        assertThat(diff.code()).as(diff.printed()).isEqualTo(2);
        assertThat(diff.printed())
                .contains("~ AuthorizationPolicy " + namespace + "/orders", "newly public", "kubectl-patch");
        Ran back = run("plan", "-f", "orders.yaml", "--on-conflict", "take-over");
        assertThat(back.printed().lines().filter(line -> line.startsWith("    - ")))
                .as(back.printed())
                .anyMatch(line -> line.contains("/debug"));
        assertThat(back.printed().lines().filter(line -> line.startsWith("    +")))
                .as(back.printed())
                .isEmpty();
    }

    @Test
    void aRollbackGoesBackToWhatWasThereBefore() throws IOException {
        define("");
        Ran apply = run("apply", "-f", "orders.yaml", "--as", "pipeline 1", "--wait", "0");
        assertThat(apply.printed()).contains("AuthorizationPolicy " + namespace + "/orders: applied");
        define("      - endpoint: /help\n        allow: anyone\n");
        assertThat(run("apply", "-f", "orders.yaml", "--allow-widening", "help is for all")
                        .code())
                .isZero();

        Ran back = run("rollback");

        assertThat(back.code()).as(back.printed()).isZero();
        assertThat(back.printed()).contains("~ AuthorizationPolicy " + namespace + "/orders", "gone back");
        define("");
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isZero();
        Ran again = run("rollback");
        assertThat(again.code()).as(again.printed()).isZero();
        assertThat(again.printed()).doesNotContain("gone back");
    }

    @Test
    void aWayBackThatWidensNeedsAReasonAndIsNoFailureInTheMiddle() throws IOException {
        define("      - endpoint: /help\n        allow: anyone\n");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();

        Ran refused = run("rollback");

        assertThat(refused.code()).as(refused.printed()).isEqualTo(1);
        assertThat(refused.printed())
                .contains("rollback.widens", "if that is meant, say --allow-widening \"reason\"\n")
                .doesNotContain("FAILED", "rollback()", "gone back");
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isZero();
        Ran back = run("rollback", "--allow-widening", "help was not to go");
        assertThat(back.code()).as(back.printed()).isZero();
        assertThat(back.printed()).contains("writing 1 object\n", "gone back");
    }

    /** Nothing listens on port 1, and what answers 403 to everybody answers for hosts that are not exposed, too. */
    @Test
    void whatIsInForceIsAskedForBeforeAnApplyAndAfterAWayBack() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        define("      - endpoint: /help\n        allow: anyone\n");
        String[] change = {"-f", "orders.yaml", "--allow-widening", "help is for all"};

        Ran unreachable = run("apply", change[0], change[1], change[2], change[3], "--verify", "http://127.0.0.1:1");

        assertThat(unreachable.code()).as(unreachable.printed()).isEqualTo(1);
        assertThat(unreachable.printed())
                .contains("verify.unreachable the gateway: does not answer", "or apply without --verify\n")
                .doesNotContain("FAILED");
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isEqualTo(2);
        assertThat(run("apply", change).code()).isZero();
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        refusing.start();
        try {
            Ran back = run(
                    "rollback",
                    "--short",
                    "--verify",
                    "http://127.0.0.1:" + refusing.getAddress().getPort());

            assertThat(back.code()).as(back.printed()).isEqualTo(2);
            assertThat(back.printed())
                    .contains("verify.differs", "verify.kept", "gone back, and not in force\n")
                    .doesNotContain("    apiVersion:");
        } finally {
            refusing.stop(0);
        }
        define("");
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isZero();
    }

    /** As if the last apply had been killed between its last object and its last note. */
    @Test
    void anApplyThatWasCutOffAtItsEndIsFinished() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        cluster.kubectl(List.of(
                "patch",
                "configmap",
                "lintel." + namespace.name(),
                "-n",
                "lintel-system",
                "--type=merge",
                "-p={\"data\": {\"state\": \"applying\"}}"));
        assertThat(run("plan", "-f", "orders.yaml").printed()).contains("cluster.cut-off");

        Ran finished = run("apply", "-f", "orders.yaml");

        assertThat(finished.code()).as(finished.printed()).isZero();
        assertThat(finished.printed()).contains("finished the apply that was cut off");
        assertThat(run("plan", "-f", "orders.yaml").printed()).doesNotContain("cluster.cut-off");
    }

    @Test
    void aWideningIsRefusedWithoutAReasonAndAppliedWithOne() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        define("      - endpoint: /help\n        allow: anyone\n");

        Ran refused = run("apply", "-f", "orders.yaml");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.printed()).contains("plan.widens", "say --allow-widening \"reason\"");
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isEqualTo(2);

        assertThat(run("apply", "-f", "orders.yaml", "--allow-widening", "help is for all")
                        .code())
                .isZero();
        assertThat(run("plan", "-f", "orders.yaml", "--exit-code").code()).isZero();
    }

    /** One that is not understood, one of somebody else that opens something, and a kind that says nothing about this API. */
    @Test
    void anExplanationGoesOnAtWhatItCannotReadAndIsNotCertainThen() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        String labels = "app.kubernetes.io/managed-by: lintel, lintel.dev/inventory: " + namespace.name();
        Files.writeString(folder.resolve("stranger.yaml"), """
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: stranger, namespace: %s, labels: {%s}}
                spec: {action: AUDIT, selector: {matchLabels: {app: other}}, rules: [{}]}
                """.formatted(namespace, labels));
        cluster.kubectl(List.of("apply", "-f", folder.resolve("stranger.yaml").toString()));

        Ran explained = run("explain", "--to", "orders." + namespace, "--scope", "orders.read", "GET", "/orders/7");

        assertThat(explained.code()).as(explained.printed()).isEqualTo(1);
        assertThat(explained.printed())
                .contains(
                        "= forward to orders." + namespace,
                        "  not certain: this is as far as it can be read, and what follows may decide otherwise\n",
                        "AuthorizationPolicy " + namespace + "/stranger: spec: rules is not read");
        assertThat(run("explain", "--to", "orders." + namespace, "GET", "/debug", "-o", "json")
                        .printed())
                .contains("\"certain\": false", "\"outcome\": \"uncertain\"", namespace + "/stranger");
    }

    @Test
    void rolesOfAnUnchangedWorldAreEnoughForTheNextChangeAndWhoHasNoneIsToldByTheExitCode() throws IOException {
        define("");
        assertThat(run("apply", "-f", "orders.yaml").code()).isZero();
        String token = cluster.token(namespace, "pipeline");
        Path poor = folder.resolve("poor.yaml");
        Files.writeString(
                poor,
                Files.readString(cluster.kubeconfig())
                        .replaceAll("\"token\": \"[^\"]*\"", "\"token\": \"" + token + "\""));

        Ran refused = runAs(poor, "plan", "-f", "orders.yaml");
        assertThat(refused.code()).as(refused.printed()).isEqualTo(77);
        assertThat(refused.printed()).contains("cluster.forbidden");

        Ran roles = run("rights", "-f", "orders.yaml", "--account", namespace + "/pipeline");
        assertThat(roles.code()).as(roles.printed()).isZero();
        assertThat(roles.printed())
                .startsWith("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: lintel-system\n---\n");
        Files.writeString(folder.resolve("roles.yaml"), roles.printed());
        cluster.kubectl(List.of("apply", "-f", folder.resolve("roles.yaml").toString()));
        define("      - endpoint: /help\n        scopes: [help]\n");
        Ran applied = runAs(poor, "apply", "-f", "orders.yaml", "--wait", "0");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (applied.code() == 77 && System.nanoTime() < end) {
            // The apiserver takes note of Roles some time after they were written.
            applied = runAs(poor, "apply", "-f", "orders.yaml", "--wait", "0");
        }
        assertThat(applied.printed()).contains("plan.widens");
        assertThat(runAs(poor, "apply", "-f", "orders.yaml", "--allow-widening", "help")
                        .code())
                .isZero();
    }

    /** A dry run is let through, and the write is not. */
    @Test
    void theLastLineOfAnApplyThatFailedSaysSo() throws IOException {
        define("");
        String name = "late-" + namespace;
        Files.writeString(folder.resolve("late.yaml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s}
                spec:
                  matchConstraints:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
                    resourceRules:
                    - {apiGroups: [networking.istio.io], apiVersions: ["*"], operations: [CREATE], resources: [virtualservices]}
                  validations:
                  - {expression: request.dryRun, message: not now}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s}
                spec: {policyName: %1$s, validationActions: [Deny]}
                """.formatted(name, namespace));
        cluster.kubectl(List.of("apply", "-f", folder.resolve("late.yaml").toString()));
        try {
            Ran failed = run("apply", "-f", "orders.yaml", "--wait", "0");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (failed.code() == 0 && System.nanoTime() < end) {
                // Policies come into force a moment after they are written.
                Ran unusedBack = run("rollback");
                failed = run("apply", "-f", "orders.yaml", "--wait", "0");
            }

            assertThat(failed.code()).as(failed.printed()).isEqualTo(69);
            assertThat(failed.printed()
                            .strip()
                            .lines()
                            .reduce((first, last) -> last)
                            .orElseThrow())
                    .startsWith("FAILED: ")
                    .contains(
                            " writes are done (",
                            "; not written, or not known to be: VirtualService " + namespace + "/orders-entry. What is"
                                    + " written stays. Next: 'lintel plan' tells what is left");
        } finally {
            cluster.kubectl(List.of("delete", "validatingadmissionpolicybinding", name));
            cluster.kubectl(List.of("delete", "validatingadmissionpolicy", name));
        }
    }

    @Test
    void aPreflightIsACommandAndAnOptionOfPlans() throws IOException {
        define("");

        Ran looked = run("preflight", "-f", "orders.yaml");
        Ran plan = run("plan", "-f", "orders.yaml", "--preflight");

        assertThat(looked.code()).as(looked.printed()).isEqualTo(1);
        assertThat(looked.printed())
                .startsWith("preflight of cluster https://")
                .contains("preflight.no-service", "problem");
        assertThat(plan.code()).as(plan.printed()).isEqualTo(1);
        assertThat(plan.printed()).contains("preflight.no-service");
        assertThat(run("plan", "-f", "orders.yaml").code()).isZero();
    }
}
