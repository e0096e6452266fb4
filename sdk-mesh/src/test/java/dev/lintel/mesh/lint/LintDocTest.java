package dev.lintel.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.gatewayapi.GatewayApiVersion;
import dev.lintel.mesh.istio.IstioVersion;
import dev.lintel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the linter says what it looks for; {@code -Dgolden=write} writes it anew. */
class LintDocTest {
    private static final Path PAGE = Path.of("..", "docs", "lint.md");
    /** What the tools that others have look for, and their codes for it. */
    private static final List<Known> CATALOGUE = List.of(
            new Known(
                    "a route names a host, a subset or a gateway that is not there", "IST0101 KIA1101 KIA1107 KIA1102"),
            new Known("two VirtualServices for one host inside the mesh", "IST0109 KIA1106"),
            new Known("a service with several ports, and none named", "IST0112"),
            new Known(
                    "a rule that is never reached, a match or destination that is there twice",
                    "IST0130 IST0131 KIA1105"),
            new Known("a host that is not at the gateway", "IST0132"),
            new Known("gateways with one selector, port and host", "IST0145 KIA0301"),
            new Known("one certificate on several gateways", "IST0138"),
            new Known("a rule about subsets that requests from outside do not meet", "IST0140"),
            new Known("a route by a claim without a RequestAuthentication", "IST0149"),
            new Known("a subset without workloads or labels", "IST0173 KIA0203 KIA0209"),
            new Known("a DestinationRule for a host that is not there, or that has another", "IST0174 KIA0202 KIA0201"),
            new Known("TLS to a server of any authority", "IST0128 IST0129"),
            new Known("a TCP port of a ServiceEntry without an address", "IST0134"),
            new Known("two ServiceEntries for one host and port", "IST0177 KIA1212 KIA1211"),
            new Known("two Sidecars for a workload, or for a namespace", "IST0110 IST0111 KIA0003 KIA0002"),
            new Known("an outbound mode that is not written out", "KIA1007"),
            new Known("an identity without mutual TLS, or that nobody has", "KIA0105 KIA0106"),
            new Known("an object that selects no workload", "IST0127 KIA0004"),
            new Known("a policy by labels for a waypoint or a Kubernetes Gateway", "IST0166 IST0167 KIA0110 KIA1115"),
            new Known("a policy about HTTP in an ambient namespace without a waypoint", "IST0167 KIA0109 KIA1109"),
            new Known("a workload that no policy speaks about", "KIA1301"),
            new Known("keys that are fetched from anywhere", "IST0175"),
            new Known(
                    "resource definitions of Gateway API that are too old, a class that is not there",
                    "IST0172 IST0176 KIA1504"),
            new Known("a port that does not declare its protocol, or one that is not known", "IST0118 KIA0601 KIA0602"),
            new Known("a gateway that ends TLS without a certificate, and what else the webhook refuses", "IST0106"),
            new Known("calls without mutual TLS to workloads that take nothing else", "KIA0207 KIA0208"));

    private record Known(String what, String codes) {
        List<String> each() {
            return List.of(codes.split(" ", -1));
        }

        List<LintCode> ours() {
            return Arrays.stream(LintCode.values())
                    .filter(code -> others(code).anyMatch(each()::contains))
                    .toList();
        }
    }

    private static Stream<String> others(LintCode code) {
        return Stream.of(code.istio().split(", ", -1), code.kiali().split(", ", -1))
                .flatMap(Arrays::stream)
                .filter(one -> !one.isEmpty());
    }

    @Test
    void nothingThatOthersLookForIsMissing() {
        Set<String> ours = Arrays.stream(LintCode.values())
                .flatMap(LintDocTest::others)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(CATALOGUE)
                .allSatisfy(known -> assertThat(ours).as(known.what()).containsAll(known.each()));
    }

    @Test
    void thePageSaysWhatIsLookedFor() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .as("%s (rewrite with -Dgolden=write)", PAGE)
                .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    }

    private static String head() {
        IstioVersion[] istio = IstioVersion.values();
        GatewayApiVersion[] gateways = GatewayApiVersion.values();
        return """
            # What the linter finds

            `Lint.yaml(text, namespace)` looks at objects of anybody, [ours too](meshes.md#objects-of-somebody-else). *Error*: requests
            fail, or get through that must not. *Warning*: something is probably not meant so. *Info*: something to know. Each code is
            tested by objects that have it and by objects that nearly do, in `LintTest`. This page is made from the same data.

            A document that is no object is a finding (`lint.unreadable`), and the others are looked at. A text that is no YAML at all
            is none: `Lint.yaml` throws an `IllegalArgumentException` that says the line and why.

            Looked at, in each object alone:

            - the kind and its version, where the group is one of Istio's, Gateway API's, Kyma's APIRule or of Kubernetes' core;
            - names of fields, their types, the values of those that have a list of them, ranges of numbers, and durations: of Istio %s
              to %s and Gateway API %s to %s in both channels, as their resource definitions say, and of APIRule v2 as its documentation
              does. What one of these releases takes is taken: a field that an older one lacks is not told;
            - the same of Service, Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, NetworkPolicy and Namespace, as far as it is about
              ports, labels, selectors and accounts;
            - names, namespaces, labels, and which fields `metadata` has. `Lint.of` is given objects without what they have beside that,
              so that misspelled fields of `metadata` and beside `spec` are found by `Lint.yaml` only;
            - what the webhook of Istio refuses although the definitions take it: fields that exclude each other, parts that say nothing,
              names that are there twice, texts that are no hosts, addresses, headers or patterns. `WebhookOnlyTest` asks istiod about
              more than a hundred of them, and the linter says it before.

            And in all of them together, what the codes below say; more is found the more is given.

            Not looked at: rules in CEL of the definitions, but for those about durations and ports; fields that a definition requires;
            how many items a list has; WorkloadGroups, Telemetry and plugins beyond their fields; the fields of Envoy in an EnvoyFilter;
            APIRules of v1beta1 and v2alpha1; defaults that a cluster fills in, and what other controllers and webhooks ask for. An API server with the
            definitions says more: a clean answer of the linter is no promise that it takes an object.

            """.formatted(istio[0], istio[istio.length - 1], gateways[0], gateways[gateways.length - 1]);
    }

    private static String page() {
        Map<String, String> inputs = Golden.in("lint", ".lint.txt").inputs(".in.yaml");
        StringBuilder page = new StringBuilder(head());
        page.append(
                "| code | severity | `istioctl analyze` | Kiali | found where | not found where |\n|---|---|---|---|---|---|\n");
        for (LintCode code : LintCode.values()) {
            page.append("| `").append(code.code()).append("` | ");
            page.append(code.severity().name().toLowerCase(Locale.ROOT)).append(" | ");
            page.append(code.istio()).append(" | ").append(code.kiali()).append(" | ");
            page.append(cases(inputs, "# has " + code.code())).append(" | ");
            page.append(cases(inputs, "# nearly has " + code.code())).append(" |\n");
        }
        page.append("\n## What others look for\n\n| what | `istioctl analyze`, Kiali | ours |\n|---|---|---|\n");
        for (Known known : CATALOGUE) {
            page.append("| ").append(known.what()).append(" | ").append(String.join(", ", known.each()));
            page.append(" | ")
                    .append(known.ours().stream()
                            .map(code -> "`" + code.code() + "`")
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return page.toString().replace("|  |", "| |");
    }

    private static String cases(Map<String, String> inputs, String head) {
        return inputs.entrySet().stream()
                .filter(input -> input.getValue().lines().findFirst().orElse("").equals(head))
                .map(input -> input.getKey().replace(".in.yaml", ""))
                .collect(Collectors.joining("; "));
    }
}
