package dev.lintel.mesh.admission;

import dev.lintel.testkit.Golden;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What guard rails become: policies of the apiserver, templates of Gatekeeper, Rego and the webhook that asks it. */
class AdmissionGoldenTest {
    private static final String AUTHORITY = """
            -----BEGIN CERTIFICATE-----
            bm90IGEgY2VydGlmaWNhdGU=
            -----END CERTIFICATE-----
            """;

    @TestFactory
    Stream<DynamicTest> guardRailsBecomeObjects() {
        Admission all = Guards.all();
        Map<String, Supplier<String>> cases = new TreeMap<>(Map.of(
                "all as policies of the apiserver",
                () -> AdmissionObject.toYaml(all.validatingAdmissionPolicies()),
                "all as templates of Gatekeeper",
                () -> AdmissionObject.toYaml(all.gatekeeper()),
                "a webhook that is a service",
                () -> all.webhook(Webhook.service("opa", "opa", AUTHORITY)).toYaml(),
                "images alone, as a warning, in two namespaces",
                () -> AdmissionObject.toYaml(Admission.of(Guards.ORDERS)
                        .images("ghcr.io/acme/*")
                        .action(Action.WARN)
                        .onlyIn("shop", "website")
                        .named("trial")
                        .validatingAdmissionPolicies())));
        return Golden.in("admission", ".yaml").tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> guardRailsBecomeRego() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        Guards.all()
                .rego()
                .forEach((file, text) -> cases.put(file.replace('/', ' ').replace(".rego", ""), () -> text));
        Admission warning = Guards.all().action(Action.WARN);
        cases.put("system main that warns", () -> warning.rego().get("system/main.rego"));
        Admission audit = Guards.all().action(Action.AUDIT);
        cases.put("system main for the audit log", () -> audit.rego().get("system/main.rego"));
        return Golden.in("admission", ".rego").tests(cases);
    }
}
