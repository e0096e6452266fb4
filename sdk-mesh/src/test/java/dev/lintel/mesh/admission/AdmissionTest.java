package dev.lintel.mesh.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of guard rails, and what they say. */
class AdmissionTest {
    private static final Admission NONE = Admission.of(Guards.ORDERS);
    private static final Admission WIDENED =
            NONE.appliedBy("system:serviceaccount:ci:lintel").nothingWidensOurs();

    private static Map<String, Object> create(String kind, Map<String, Object> spec) {
        return Map.of(
                "operation",
                "CREATE",
                "namespace",
                "evil",
                "kind",
                Map.of("group", "gateway.networking.k8s.io", "kind", kind),
                "userInfo",
                Map.of("username", "mallory"),
                "object",
                Map.of("metadata", Map.of("name", "a"), "spec", spec));
    }

    @Test
    void aRefusalNamesTheObjectTheValueAndTheWayOut() {
        List<Refusal> refusals =
                Guards.all().judge(create("HTTPRoute", Map.of("hostnames", List.of("orders.shop.example.com"))));

        assertThat(refusals)
                .containsExactly(new Refusal(
                        "admission.host",
                        "admission.host: HTTPRoute evil/a binds the host 'orders.shop.example.com';"
                                + " bind {name}.{namespace}.example.com, or have the host listed for the namespace"));
    }

    @Test
    void whatIsNotSaidIsNotGuarded() {
        assertThat(NONE.images("ghcr.io/acme/*").judge(create("HTTPRoute", Map.of())))
                .isEmpty();
        assertThatThrownBy(NONE::rego).hasMessage("no guard rail is said: begin with hostsBelongToNamespaces(…)");
    }

    /** The key is the one of RFC 7517, A.1. */
    @Test
    void keysThatADefinitionSaysMayBeWrittenOutAndNoOthers() {
        String keys = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
                + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";
        Admission guard = Admission.of(DefinitionFormat.yaml().readAll("""
                        kind: Api/v1
                        service: orders
                        namespace: shop
                        policies:
                          - kind: auth.oauth2/v1
                            issuers:
                              - issuer: https://id.example
                                jwks: '%s'
                            rules:
                              - endpoint: /**
                                allow: any-token
                        """.formatted(keys), "orders.yaml"))
                .appliedBy("lintel")
                .nothingWidensOurs();

        assertThat(guard.judge(tokens("jwks", keys))).isEmpty();
        assertThat(guard.judge(tokens("jwks", keys.replace("MKBC", "NKBC"))))
                .extracting(Refusal::code)
                .containsExactly("admission.keys");
        assertThat(guard.judge(tokens("jwksUri", "https://id.example/keys")))
                .extracting(Refusal::code)
                .containsExactly("admission.keys");
        assertThat(guard.judge(tokens("fromHeaders", List.of())))
                .as("without keys and without an address they are what the issuer publishes now")
                .extracting(Refusal::message)
                .containsExactly("admission.keys: RequestAuthentication evil/a brings other keys for the issuer"
                        + " 'https://id.example'; say the keys as the definitions do: jwks where they say it, jwksUri where"
                        + " that; a definition is applied by an account of appliedBy(…)");
    }

    @Test
    void keysThatAreFetchedMayBeLookedUp() {
        assertThat(WIDENED.judge(tokens("fromHeaders", List.of()))).isEmpty();
        assertThat(WIDENED.judge(tokens("jwks_uri", "https://id.example/keys"))).isEmpty();
        assertThat(WIDENED.judge(tokens("jwks_uri", "https://evil.example/keys")))
                .extracting(Refusal::code)
                .containsExactly("admission.keys");
    }

    @Test
    void anAudienceIsAskedForByAllObjectsOfAWorkload() {
        Map<String, Object> elsewhere = tokens("fromHeaders", List.of());
        Map<String, Object> anybody = new HashMap<>(elsewhere);
        anybody.put("namespace", "shop");

        assertThat(WIDENED.judge(elsewhere)).isEmpty();
        assertThat(WIDENED.judge(anybody))
                .extracting(Refusal::message)
                .containsExactly(
                        "admission.audience: RequestAuthentication shop/a takes tokens for others at a workload of a"
                                + " definition, which asks for an audience: 'a'; say the audiences of the definition, or select"
                                + " another workload by its labels; a definition is applied by an account of appliedBy(…)");
    }

    /** The names of entries are those that the dialect of Istio gives them. */
    @Test
    void whatHangsOnAnEntryOfADefinitionIsRefused() {
        String long253 = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + ".example";
        List<? extends Definition> definitions = DefinitionFormat.yaml().readAll("""
                        kind: Egress/v1
                        host: "*.eu.example"
                        namespace: shop
                        ---
                        kind: Egress/v1
                        host: %s
                        namespace: vault
                        gateway: istio-egressgateway.istio-system
                        ---
                        kind: Api/v1
                        service: cards
                        namespace: shop
                        policies:
                          - kind: traffic.served-by/v1
                            place: external
                            address: https://api.cards.example
                        """.formatted(long253), "shop.yaml");
        Admission guard = Admission.of(definitions).appliedBy("lintel").nothingWidensOurs();
        List<Manifest> entries = IstioDialect.istio()
                .write(new ModelCompiler(Kinds.installed())
                        .compile(definitions, new World("example.com"))
                        .model())
                .manifests()
                .stream()
                .filter(one -> one.kind().equals("ServiceEntry"))
                .toList();

        assertThat(entries)
                .hasSize(3)
                .allSatisfy(one -> assertThat(guard.judge(hanging(one.namespace(), one.name())))
                        .extracting(Refusal::message)
                        .containsExactly(
                                "admission.redirect: TCPRoute evil/a leads elsewhere calls to '" + one.namespace() + "/"
                                        + one.name()
                                        + "'; say by the definition where calls go; a definition is applied by an account of"
                                        + " appliedBy(…)"));
        assertThat(guard.judge(hanging("shop", "egress-eu.example"))).isEmpty();
        assertThat(guard.judge(hanging("evil", "cards"))).isEmpty();
    }

    private static Map<String, Object> hanging(String namespace, String entry) {
        return create(
                "TCPRoute",
                Map.of("parentRefs", List.of(Map.of("kind", "ServiceEntry", "namespace", namespace, "name", entry))));
    }

    private static Map<String, Object> tokens(String field, Object value) {
        Map<String, Object> request = new HashMap<>(create(
                "RequestAuthentication",
                Map.of("jwtRules", List.of(Map.of("issuer", "https://id.example", field, value)))));
        request.put("kind", Map.of("group", "security.istio.io", "kind", "RequestAuthentication"));
        return request;
    }

    @Test
    void hostsAreListedForTheirNamespaceOnly() {
        Admission guard = NONE.hostsBelongToNamespaces("example.com").hosts("evil", "*.partner.example");

        assertThat(guard.judge(create("HTTPRoute", Map.of("hostnames", List.of("a.partner.example")))))
                .isEmpty();
        assertThat(guard.judge(create("HTTPRoute", Map.of("hostnames", List.of("partner.example")))))
                .hasSize(1);
        assertThat(guard.judge(create("HTTPRoute", Map.of("hostnames", List.of("a.partner.example\n")))))
                .hasSize(1);
    }

    @Test
    void whoAppliesTheDefinitionsMustBeKnown() {
        Admission guard = NONE.nothingWidensOurs();

        assertThatThrownBy(guard::validatingAdmissionPolicies)
                .hasMessage("nothingWidensOurs() must know who applies the definitions, which it passes over: say"
                        + " appliedBy(…)");
    }

    @Test
    void longTextsAreJudgedAndTooLongOnesRefused() {
        Admission guard = NONE.noPublicRoutesExcept("/.well-known/**");
        String longest = "/.well-known/" + "a".repeat(8_192 - 13);

        assertThat(guard.judge(open(longest))).isEmpty();
        assertThat(guard.judge(open("/.well-known" + "/{*}".repeat(20)))).isEmpty();
        assertThat(guard.judge(open("/.well-known" + "/{*}".repeat(2_000)))).hasSize(1);
        assertThat(guard.judge(open(longest.substring(1)))).hasSize(1);
        assertThatThrownBy(() -> guard.judge(open(longest + "a")))
                .hasMessage("a text of an object that is judged must have at most 8192 characters, but one begins with"
                        + " '/.well-known/" + "a".repeat(27) + "'");
    }

    private static Map<String, Object> open(String path) {
        return Map.of(
                "operation",
                "CREATE",
                "namespace",
                "evil",
                "kind",
                Map.of("group", "gateway.kyma-project.io", "kind", "APIRule"),
                "object",
                Map.of("spec", Map.of("rules", List.of(Map.of("path", path, "noAuth", true)))));
    }

    /** The definition of this version is not in the test cluster. */
    @Test
    void anOlderApiRuleIsUnderstood() {
        Admission guard = NONE.noPublicRoutesExcept("/health").hostsBelongToNamespaces("example.com");
        Map<String, Object> rule = Map.of(
                "operation",
                "CREATE",
                "namespace",
                "evil",
                "kind",
                Map.of("group", "gateway.kyma-project.io", "kind", "APIRule"),
                "object",
                Map.of(
                        "spec",
                        Map.of(
                                "host",
                                "orders.shop.example.com",
                                "rules",
                                List.of(
                                        Map.of("path", "/health", "accessStrategies", strategies("allow")),
                                        Map.of("path", "/a", "accessStrategies", strategies("jwt")),
                                        Map.of("path", "/.*", "accessStrategies", strategies("no_auth"))))));

        assertThat(guard.judge(rule))
                .extracting(Refusal::message)
                .containsExactly(
                        "admission.host: APIRule evil/ binds the host 'orders.shop.example.com';"
                                + " bind {name}.{namespace}.example.com, or have the host listed for the namespace",
                        "admission.public: APIRule evil/ opens to the public '/.*'; ask for a token or name who may call,"
                                + " or have the path, the host or the namespace listed as public");
    }

    /** What a pipeline meets whose account nobody has listed: its objects are right, and only who writes them is not. */
    @Test
    void anAccountOfOursThatIsNotListedIsToldWhoMay() {
        Map<String, Object> policy = Map.of(
                "operation",
                "CREATE",
                "namespace",
                "shop",
                "kind",
                Map.of("group", "security.istio.io", "kind", "AuthorizationPolicy"),
                "userInfo",
                Map.of("username", "system:serviceaccount:ci:other"),
                "object",
                Map.of(
                        "metadata",
                        Map.of("name", "orders", "labels", Map.of("app.kubernetes.io/managed-by", "lintel")),
                        "spec",
                        Map.of(
                                "selector",
                                Map.of("matchLabels", Map.of("app", "orders")),
                                "action",
                                "ALLOW",
                                "rules",
                                List.of(Map.of(
                                        "from",
                                        List.of(Map.of("source", Map.of("principals", List.of("a/ns/b/sa/c")))))))));

        assertThat(Guards.all().judge(policy))
                .extracting(Refusal::message)
                .containsExactly(
                        "admission.widens: AuthorizationPolicy shop/orders adds to a workload of a definition 'ALLOW'; say it"
                                + " in the definition, or select another workload by its labels; a definition is applied by"
                                + " an account of appliedBy(…)",
                        "admission.ours: AuthorizationPolicy shop/orders is of a definition, and not to be touched by"
                                + " 'system:serviceaccount:ci:other'; change the definition and apply it by an account of"
                                + " appliedBy(…), or take the label app.kubernetes.io/managed-by from your own object");
    }

    private static List<Map<String, String>> strategies(String handler) {
        return List.of(Map.of("handler", handler));
    }

    /** The names by which proxies call {@code shop/orders} and the egress gateway; all else stays whoever's it is. */
    @ParameterizedTest
    @CsvSource({
        "ServiceEntry, orders.shop, true",
        "ServiceEntry, ORDERS.Shop, true",
        "ServiceEntry, orders.shop., true",
        "ServiceEntry, orders.shop.svc, true",
        "ServiceEntry, orders.shop.svc.cluster.local, true",
        "ServiceEntry, orders.shop.svc.cluster.local., true",
        "ServiceEntry, orders.shop.svc.corp.internal, true",
        "ServiceEntry, orders.shop.svc.evil.svc.cluster.local, true",
        "ServiceEntry, istio-egressgateway.istio-system, true",
        "ServiceEntry, orders, true",
        "ServiceEntry, Orders., true",
        "ServiceEntry, order, false",
        "ServiceEntry, orders.shopping, false",
        "ServiceEntry, orders.shop.example, false",
        "ServiceEntry, my.orders.shop, false",
        "ServiceEntry, orders.evil, false",
        "ServiceEntry, ordersXshop, false",
        "ServiceEntry, '*.shop', false",
        "ServiceEntry, '*.svc.cluster.local', false",
        "VirtualService, orders.shop, true",
        "VirtualService, orders.shop.svc., true",
        "VirtualService, orders.shop.svc.corp.internal, true",
        "VirtualService, '*rders.shop.svc.cluster.local', true",
        "VirtualService, '*.istio-system.svc.cluster.local', true",
        "VirtualService, '*.evil.svc.cluster.local', false",
        "VirtualService, '*.shop', false",
        "VirtualService, orders, false",
        "VirtualService, orders.evil, false"
    })
    void aServiceIsKnownByAnyOfItsNames(String kind, String host, boolean isRefused) {
        assertThat(WIDENED.judge(istio(kind, Map.of("hosts", List.of("free.example", host)))).stream()
                        .map(Refusal::message))
                .isEqualTo(
                        isRefused
                                ? List.of("admission.redirect: " + kind + " evil/a leads elsewhere calls to '" + host
                                        + "'; say by the definition where calls go; a definition is applied by an"
                                        + " account of appliedBy(…)")
                                : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "orders, '*', true",
        "orders, shop, true",
        "orders, ., false",
        "orders, ~, false",
        "orders, evil, false",
        "orders, istio-system, false",
        "istio-egressgateway, istio-system, true",
        "orders.shop, ., true"
    })
    void aNameAloneIsOursWhereOurNamespaceSeesIt(String host, String seen, boolean isRefused) {
        Map<String, Object> spec = Map.of("hosts", List.of(host), "exportTo", List.of("evil", seen));

        assertThat(WIDENED.judge(istio("ServiceEntry", spec))).hasSize(isRefused ? 1 : 0);
    }

    private static Map<String, Object> istio(String kind, Map<String, Object> spec) {
        Map<String, Object> request = new HashMap<>(create(kind, spec));
        request.put("kind", Map.of("group", "networking.istio.io", "kind", kind));
        return request;
    }
}
