package dev.lintel.mesh.istio;

import static dev.lintel.mesh.istio.Mutant.at;
import static dev.lintel.mesh.istio.Mutant.list;
import static dev.lintel.mesh.istio.Mutant.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The reader is an honest judge: each mistake that a writer could make shows in a decision, or cannot be read. */
class MutantsTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final String ISSUER = "https://id.example";
    private static final MeshModel MODEL = model("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences:
                  - orders
                rules:
                  - endpoint: /orders/**
                    scopes:
                      - orders.read
                  - endpoint: /orders/{id}/invoice
                    scopes:
                      - orders.invoice
                  - endpoint: POST /orders/new
                    scopes:
                      - orders.write
                  - endpoint: /health
                    allow: anyone
              - kind: traffic.split/v1
                shares:
                  - version: v1
                    weight: 60
                  - version: v2
                    weight: 40
                sticky:
                  cookie: lintel
              - kind: traffic.route/v1
                match:
                  endpoint: /orders/reports/**
                version: v2
              - kind: traffic.rewrite-path/v1
                from: /orders/old/**
                to: /orders/older/**
              - kind: traffic.timeout/v1
                total: 2s
            """);

    private static MeshModel model(String yaml) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(yaml, "orders.yaml"), DIALECT.world())
                .model();
    }

    private static final Token NONE = Token.NONE;
    private static final Token READ = Token.Verified.of(ISSUER, "alice", "orders", "orders.read");
    private static final Token ALL =
            Token.Verified.of(ISSUER, "alice", "orders", "orders.read", "orders.invoice", "orders.write");

    private static RequestValue request(String method, String path, Token token) {
        return RequestValue.of(method, "orders.shop.example.com", path, null).token(token);
    }

    @Test
    void without_a_mistake_nothing_differs() {
        Read read = DIALECT.read(DIALECT.write(MODEL).manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(answers(read.model())).isEqualTo(answers(MODEL));
    }

    @Test
    void a_carve_out_is_forgotten() {
        different(
                policy(rules -> list(at(map(rules.get(0)), "to", 0, "operation", "notPaths"))
                        .removeIf(path -> path.toString().startsWith("/orders/{*}/invoice"))),
                request("GET", "/orders/7/invoice", READ),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void a_condition_is_forgotten() {
        different(
                policy(rules -> map(rules.get(0)).remove("when") != null),
                request("GET", "/orders/7", Token.Verified.of(ISSUER, "alice", "orders")),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void the_token_of_a_rule_is_forgotten() {
        different(
                policy(rules -> map(at(map(rules.get(0)), "from", 0, "source")).remove("requestPrincipals") != null
                        && map(rules.get(0)).remove("when") != null),
                request("GET", "/orders/7", NONE),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void a_rule_is_forgotten() {
        different(
                policy(rules -> rules.removeIf(rule -> rule.toString().contains("/health"))),
                request("GET", "/health", NONE),
                "to orders.shop",
                "refused 403");
    }

    @Test
    void a_prefix_is_widened() {
        different(
                policy(rules -> list(at(map(rules.get(0)), "to", 0, "operation", "paths"))
                        .add("/*")),
                request("GET", "/elsewhere", READ),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void a_method_is_forgotten() {
        different(
                policy(rules -> rules.removeIf(rule -> rule.toString().contains("orders.write"))),
                request("POST", "/orders/new", ALL),
                "to orders.shop",
                "refused 403");
    }

    @Test
    void the_token_check_is_forgotten() {
        different(
                Mutant.without(Meta.REQUEST_AUTHENTICATION),
                request("GET", "/orders/7", ALL),
                "to orders.shop",
                "refused 401");
    }

    @Test
    void the_access_rules_are_forgotten() {
        different(
                Mutant.without(Meta.AUTHORIZATION_POLICY),
                request("GET", "/orders/7", NONE),
                "refused 403",
                "to orders.shop");
    }

    @Test
    void the_wide_route_comes_first() {
        different(
                entry(http -> swap(http, http.size() - 1, 1)),
                request("GET", "/orders/reports/daily", ALL),
                "version=v2",
                "remembered");
    }

    @Test
    void a_route_is_forgotten() {
        different(
                entry(http -> http.removeIf(route -> route.toString().contains("/orders/reports"))),
                request("GET", "/orders/reports/daily", ALL),
                "version=v2",
                "remembered");
    }

    @Test
    void the_gateway_does_not_serve_the_host() {
        different(
                Mutant.of(
                        Meta.GATEWAY,
                        "",
                        spec -> list(at(spec, "servers", 0, "hosts")).set(0, "money/orders.shop.example.com")),
                request("GET", "/health", NONE),
                "to orders.shop",
                "refused 404");
    }

    @Test
    void the_gateway_does_not_refuse_path_parameters() {
        unread(entry(http -> http.remove(0) != null), "a path with '*' gets around the templates");
    }

    @Test
    void a_slash_at_the_end_of_a_path_is_forgotten() {
        unread(
                policy(rules -> rules.stream()
                        .anyMatch(rule -> rule.toString().contains("/health")
                                && list(at(map(rule), "to", 0, "operation", "paths"))
                                        .remove("/health/"))),
                "does otherwise with '/health/' than with '/health'");
    }

    @Test
    void a_slash_at_the_end_of_a_carve_out_is_forgotten() {
        unread(
                policy(rules -> list(at(map(rules.get(0)), "to", 0, "operation", "notPaths"))
                        .remove("/orders/{*}/invoice/")),
                "does otherwise with '/orders/any/invoice/' than with '/orders/any/invoice'");
    }

    @Test
    void a_prefix_is_not_by_whole_segments() {
        unread(
                policy(rules -> list(at(map(rules.get(0)), "to", 0, "operation", "paths"))
                        .add("/orders*")),
                "does not match by whole segments: /orders*");
        unread(
                entry(http ->
                        map(at(map(http.get(1)), "match", 0)).put("uri", Map.of("prefix", "/orders/rep")) != null),
                "does not match by whole segments: /orders/rep");
    }

    @Test
    void callers_inside_are_forgotten() {
        different(
                policy(rules -> rules.remove(rules.size() - 1) != null),
                RequestValue.of("GET", "orders.shop", "/orders/7", null).inMesh(),
                "to orders.shop",
                "refused 403");
    }

    @Test
    void identities_are_not_demanded() {
        unread(Mutant.without(Meta.PEER_AUTHENTICATION), "counts as inside");
    }

    @Test
    void the_token_is_taken_away() {
        unread(
                Mutant.of(
                        Meta.REQUEST_AUTHENTICATION,
                        "",
                        spec -> map(at(spec, "jwtRules", 0)).remove("forwardOriginalToken")),
                "takes the token away from the service");
    }

    @Test
    void tokensAreTakenFromTheQueryToo() {
        unread(
                Mutant.of(
                        Meta.REQUEST_AUTHENTICATION,
                        "",
                        spec -> map(at(spec, "jwtRules", 0)).remove("fromHeaders")),
                "takes tokens from elsewhere");
    }

    @Test
    void the_split_does_not_hold_inside() {
        unread(
                manifests -> manifests.stream()
                        .filter(m -> !m.name().endsWith("-mesh"))
                        .toList(),
                "shares requests otherwise than calls from inside");
        unread(
                Mutant.of(Meta.VIRTUAL_SERVICE, "-mesh", spec -> {
                    Map<String, Object> route = map(at(spec, "http", 0));
                    route.remove("delegate");
                    Object host = Map.of("host", "orders.shop.svc.cluster.local", "subset", "v1");
                    route.put("route", List.of(Map.of("destination", host)));
                }),
                "shares requests otherwise than calls from inside");
    }

    @Test
    void a_cookie_leads_to_another_version() {
        different(
                Mutant.of(
                        Meta.VIRTUAL_SERVICE,
                        "-split",
                        spec -> map(at(spec, "http", 0, "route", 0, "destination"))
                                .put("subset", "v2")),
                request("GET", "/orders/7", READ).header("cookie", "lintel=v1"),
                "name=v1",
                "name=v2");
    }

    @Test
    void theSplitIsNotThereOrNamesAnother() {
        unread(
                manifests -> manifests.stream()
                        .filter(m -> !m.name().endsWith("-split"))
                        .toList(),
                "names the delegate 'shop/orders-split', which is not there");
        unread(
                Mutant.of(Meta.VIRTUAL_SERVICE, "-split", spec -> spec.put("exportTo", List.of("payments"))),
                "is not exported to it");
        unread(
                Mutant.of(
                        Meta.VIRTUAL_SERVICE,
                        "-split",
                        spec -> map(at(spec, "http", 0)).put("delegate", Map.of("name", "other"))),
                "names a delegate that names another one");
    }

    @Test
    void aDelegateAsksForMoreThanTheRouteThatNamesIt() {
        unread(
                Mutant.of(
                        Meta.VIRTUAL_SERVICE,
                        "-split",
                        spec -> map(at(spec, "http", 2))
                                .put("match", List.of(Map.of("uri", Map.of("prefix", "/elsewhere/"))))),
                "leaves some requests for");
    }

    @Test
    void a_prefix_is_rewritten_without_its_slash() {
        unread(
                entry(http -> http.stream()
                        .anyMatch(route -> route.toString().contains("/orders/older/")
                                && map(at(map(route), "rewrite")).put("uri", "/orders/older") != null)),
                "forwards '/orders/old/any' as '/orders/olderany'");
    }

    @Test
    void a_subset_is_not_declared() {
        unread(
                Mutant.of(
                        Meta.DESTINATION_RULE,
                        "",
                        spec -> list(at(spec, "subsets")).remove(1)),
                "goes to subset 'v2', which no DestinationRule declares");
    }

    @Test
    void something_unknown_is_never_passed_over() {
        unread(
                entry(http -> map(http.get(1)).put("corsPolicy", Map.of("allowCredentials", true)) == null),
                "spec.http[1]: corsPolicy is not read");
    }

    private static boolean swap(List<Object> list, int one, int other) {
        Collections.swap(list, one, other);
        return true;
    }

    private interface Change {
        boolean in(List<Object> list);
    }

    private static UnaryOperator<List<Manifest>> policy(Change change) {
        return Mutant.of(Meta.AUTHORIZATION_POLICY, "", spec -> change.in(list(spec.get("rules"))));
    }

    private static UnaryOperator<List<Manifest>> entry(Change change) {
        return Mutant.of(Meta.VIRTUAL_SERVICE, "-entry", spec -> change.in(list(spec.get("http"))));
    }

    private static void different(
            UnaryOperator<List<Manifest>> mistake, RequestValue request, String meant, String shown) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        Comparison comparison = new Comparison(MODEL, read.model());
        assertThat(comparison.first(request, 1)).contains(meant).doesNotContain(shown);
        assertThat(comparison.second(request, 1)).contains(shown);
    }

    private static void unread(UnaryOperator<List<Manifest>> mistake, String why) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        assertThat(read.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(why));
    }

    private static List<String> answers(MeshModel model) {
        Comparison comparison = new Comparison(model, model);
        List<String> answers = new ArrayList<>();
        for (String path :
                List.of("/", "/health/", "/orders/7", "/orders/7/invoice/", "/orders/new", "/orders/old/7")) {
            for (Token token : List.of(NONE, READ, ALL)) {
                answers.add(comparison.first(request("POST", path, token), 1));
            }
        }
        return answers;
    }
}
