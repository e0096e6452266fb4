package dev.lintel.auth.caller;

import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.auth.caller.Callers.callersIn;
import static dev.lintel.auth.caller.Callers.everyCaller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.form.DefinitionFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersPolicyTest {
    /** The smallest chain with the verbs of identities. */
    private static final class Said extends Chain<Said> implements CallerVerbs<Said> {
        private Said(ApiDefinition said) {
            super(said);
        }

        private Said(ServiceRef service, String namespace) {
            super(service, namespace);
        }

        @Override
        protected Said chain(ApiDefinition said) {
            return new Said(said);
        }
    }

    private static Said orders() {
        return new Said(ServiceRef.service("orders"), "shop");
    }

    private static List<String> rules(Said said) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(said.define()), new World("localhost"));
        assertThat(compiled.problems()).isEmpty();
        return compiled.model().apis().get(0).service().callers().stream()
                .map(rule -> rule.endpoint() + ": " + rule.describe())
                .toList();
    }

    private static String problems(Said said) {
        return catchThrowableOfType(ProblemsException.class, said::define)
                .getMessage()
                .replaceAll(":\\d+", ":0");
    }

    @Test
    void aNameAloneIsAServiceAccountOfTheApisOwnNamespace() {
        assertThat(rules(orders().onlyFrom("frontend"))).containsExactly("/**: only frontend.shop");
        assertThat(rules(orders().onlyFrom("frontend.web", "jobs")))
                .containsExactly("/**: only jobs.shop, frontend.web");
        assertThat(rules(orders().onlyFromNamespace("monitoring"))).containsExactly("/**: only *.monitoring");
    }

    @Test
    void itMayBeSaidForEveryEndpointInAnyOrder() {
        assertThat(rules(orders().onlyFrom("frontend")
                        .onlyFrom(everyCaller().at("GET /health"))
                        .onlyFrom(callers("frontend")
                                .namespace("monitoring")
                                .at("GET /internal/**", "/metrics")
                                .orEntering())))
                .containsExactly(
                        "GET /health: every caller",
                        "/metrics: only *.monitoring, frontend.shop and who enters by the host",
                        "GET /internal/**: only *.monitoring, frontend.shop and who enters by the host",
                        "/**: only frontend.shop");
    }

    @Test
    void readsAsAPersonWouldWriteIt() {
        ApiDefinition definition = orders().onlyFrom("frontend.web", "jobs")
                .onlyFrom(callersIn("monitoring")
                        .at("GET /metrics", "/internal/**")
                        .orEntering())
                .onlyFrom(everyCaller().at("/metrics"))
                .define();
        String yaml = """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.callers/v1
                    workloads:
                      - frontend.web
                      - jobs
                  - kind: auth.callers/v1
                    namespaces:
                      - monitoring
                    endpoints:
                      - GET /metrics
                      - /internal/**
                    entering: true
                  - kind: auth.callers/v1
                    everybody: true
                    endpoints:
                      - /metrics
                """;
        assertThat(DefinitionFormat.yaml().write(definition)).isEqualTo(yaml);
        assertThat(DefinitionFormat.yaml().read(yaml, "d.yaml")).containsExactly(definition);
    }

    @Test
    void whatIsNoCallerFailsAtTheCall() {
        assertThatThrownBy(() -> callers())
                .hasMessage("at least one workload or namespace must be named; for everybody say everyCaller()");
        assertThatThrownBy(() -> callers("*.shop"))
                .hasMessage("a workload is named 'name' or 'name.namespace', but was '*.shop'");
        assertThatThrownBy(() -> callers("spiffe://cluster.local/ns/shop/sa/web"))
                .hasMessage("a namespace must be a DNS label (lower-case letters, digits, '-', at most 63), but was"
                        + " 'local/ns/shop/sa/web'");
        assertThatThrownBy(() -> callers("web.shop.svc"))
                .hasMessage("a namespace must be a DNS label (lower-case letters, digits, '-', at most 63), but was"
                        + " 'shop.svc'");
        assertThatThrownBy(() -> callers("web", "web")).hasMessage("workload 'web' is said twice");
        assertThatThrownBy(() -> callers("web").at()).hasMessage("at(…) must name at least one");
        assertThatThrownBy(() -> callers("web").at("/a").at("/a")).hasMessage("endpoint '/a' is said twice");
        assertThatThrownBy(() -> everyCaller().orEntering())
                .hasMessage("everyCaller() includes those who enter by the host: leave orEntering() out");
        assertThatThrownBy(() -> everyCaller().namespace("shop"))
                .hasMessage("everyCaller() must not name workloads or namespaces, but was given [][shop]");
    }

    @Test
    void methodsThatFallToAnotherRuleReopenNothing() {
        assertThat(rules(orders().onlyFrom("frontend").onlyFrom(callers("jobs").at("POST /internal/**"))))
                .containsExactly("POST /internal/**: only jobs.shop", "/**: only frontend.shop");
        assertThat(problems(orders().onlyFrom(callers("jobs").at("POST /internal/**"))))
                .contains("""
                        orders.shop: 'POST /internal/**' (only jobs.shop) names only POST, so at '/internal/**' every other method would be open to every caller
                              say who may call '/internal/**' with other methods: onlyFrom(everyCaller().at("/internal/**")) leaves them open
                              at CallersPolicyTest.java:0""");
        assertThat(rules(orders().onlyFrom(callers("jobs").at("POST /internal/**"))
                        .onlyFrom(everyCaller().at("/internal/**"))))
                .containsExactly("POST /internal/**: only jobs.shop", "/internal/**: every caller");
        assertThat(problems(orders().onlyFrom(everyCaller().at("/internal/**"))
                        .onlyFrom(everyCaller().at("GET /internal/x"))
                        .onlyFrom(callers("jobs").at("POST /internal/x"))))
                .contains("'POST /internal/x' (only jobs.shop) names only POST, so at '/internal/x' every other method"
                        + " would fall to '/internal/**' (every caller)");
    }

    @Test
    void whereNoRuleIsTheNarrowerOneTheFirstMustNotLetInWhomTheSecondKeepsOut() {
        assertThat(problems(orders().onlyFrom(callers("jobs").at("/{kind}/internal"))
                        .onlyFrom(callers("frontend").at("/orders/{id}"))))
                .contains("'/orders/{id}' (only frontend.shop) and '/{kind}/internal' (only jobs.shop) at"
                        + " CallersPolicyTest.java:0 overlap at '/orders/internal', where the first would win and let in"
                        + " whom the second keeps out")
                .contains("say who may call '/orders/internal' itself");
        assertThat(rules(orders().onlyFrom(callers("jobs").namespace("web").at("/{kind}/internal"))
                        .onlyFrom(callers("frontend.web").at("/orders/{id}"))))
                .hasSize(2);
        assertThat(problems(orders().onlyFrom(callers("jobs").at("/{kind}/internal"))
                        .onlyFrom(callers("jobs").at("/orders/{id}").orEntering())))
                .contains("let in whom the second keeps out");
    }

    @Test
    void oneEndpointIsSaidOnce() {
        assertThat(problems(orders().onlyFrom(callers("jobs").at("GET,POST /a", "/b"))
                        .onlyFrom(callers("frontend").at("POST /a"))))
                .contains(
                        "'POST /a' and 'GET,POST /a' speak about the same requests, first at CallersPolicyTest.java:0");
        assertThat(problems(orders().onlyFrom("jobs").onlyFrom("frontend")))
                .contains("orders.shop auth.callers/v1: '/**' is said twice, first at CallersPolicyTest.java:0");
    }
}
