package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** APIRules of anybody are read as the controller would make them, mistakes included. */
class ForeignApiRuleTest {
    private static final KymaDialect DIALECT = KymaDialect.kyma().domain("example.com");
    private static final String JWT =
            "jwt: {authentications: [{issuer: 'https://id.example', jwksUri: 'https://id.example/keys'}]}";
    private static final String OPEN = "noAuth: true";

    @Test
    void aProtectedPathBetweenTwoRulesWithOnePathIsOpen() {
        String secret = rule("/x/secret", "GET", JWT) + rule("/x/secret/", "GET", JWT);
        Read read = read(rule("/x/{**}", "PUT", OPEN), secret, rule("/x/{**}", "GET", OPEN));
        assertThat(status(read, "GET", "/x/secret")).as("D1").isEqualTo(200);
        assertThat(status(read, "GET", "/x/other")).isEqualTo(200);
        assertThat(status(read, "GET", "/")).isEqualTo(404);
    }

    @Test
    void aTokenIsTakenFromTheQueryUnlessItsPlaceIsSaid() {
        String said = JWT.replace("}]}", ", fromHeaders: [{name: Authorization, prefix: 'Bearer '}]}]}");
        assertThat(read(rule("/*", "GET", JWT)).problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("as from the query"));
        assertThat(read(rule("/*", "GET", said)).problems())
                .extracting(Problem::message)
                .noneMatch(message -> message.contains("takes tokens from"));
    }

    @Test
    void theSamePathIsClosedWhereItComesFirst() {
        String secret = rule("/x/secret", "GET", JWT) + rule("/x/secret/", "GET", JWT);
        Read read = read(secret, rule("/x/{**}", "PUT", OPEN), rule("/x/{**}", "GET", OPEN));
        assertThat(status(read, "GET", "/x/secret")).isEqualTo(403);
        assertThat(status(read, "GET", "/x/other")).isEqualTo(200);
    }

    @Test
    void aProtectedPathIsOpenWithASlashWhereTheSlashWasForgotten() {
        Read read = read(rule("/x/secret", "GET", JWT), rule("/x/{**}", "GET", OPEN));
        assertThat(codes(read)).contains("kyma.trailing-slash");
        assertThat(status(read, "GET", "/x/secret/")).isEqualTo(200);
    }

    @Test
    void aProtectedRootBesideARuleForEverythingIsOpen() {
        Read read = read(rule("/", "GET", JWT), rule("/*", "GET", OPEN));
        assertThat(status(read, "GET", "/")).as("D2").isEqualTo(200);
        assertThat(status(read, "GET", "/x")).isEqualTo(200);
        assertThat(status(read, "POST", "/")).isEqualTo(404);
    }

    @Test
    void aHostWithAWildcardOpensOthersOnTheSameWorkloads() {
        String closed = apiRule("closed", "closed.example.com", "orders", rule("/*", "GET", JWT));
        String wide = apiRule("wide", "'*.example.com'", "orders", rule("/*", "GET", OPEN));
        assertThat(status(read(closed), "closed.example.com", "GET", "/x")).isEqualTo(403);
        Read both = read(closed + "---\n" + wide);
        assertThat(status(both, "closed.example.com", "GET", "/x")).as("D3").isEqualTo(200);
        assertThat(codes(both)).contains("kyma.wildcard-host");
    }

    @Test
    void aHostWithAWildcardDoesNotOpenOtherWorkloads() {
        String closed = apiRule("closed", "closed.example.com", "orders", rule("/*", "GET", JWT));
        String wide = apiRule("wide", "'*.example.com'", "carts", rule("/*", "GET", OPEN));
        assertThat(status(read(closed + "---\n" + wide), "closed.example.com", "GET", "/x"))
                .isEqualTo(403);
    }

    @Test
    void aHostWithAWildcardOpensWorkloadsThatTwoServicesSelect() {
        String closed = apiRule("closed", "closed.example.com", "orders", rule("/*", "GET", JWT));
        String wide = apiRule("wide", "'*.example.com'", "carts", rule("/*", "GET", OPEN));
        String services = service("orders") + "---\n" + service("carts");
        assertThat(status(read(closed + "---\n" + wide + "---\n" + services), "closed.example.com", "GET", "/x"))
                .isEqualTo(200);
    }

    @Test
    void aPathThatIsAnExpressionIsNotRoutedAndAProblem() {
        Read read = read(rule("/a+b", "GET", OPEN));
        assertThat(status(read, "GET", "/a+b")).as("D4").isEqualTo(403);
        assertThat(codes(read)).contains("kyma.path-expression");
    }

    @Test
    void aRuleThatAnEarlierOneShadowsIsAProblem() {
        assertThat(codes(read(rule("/{**}", "GET", OPEN), rule("/x", "GET", JWT))))
                .contains("kyma.conflict");
        assertThat(codes(read(rule("/a/{*}", "GET", JWT), rule("/a/{**}", "GET", OPEN))))
                .contains("kyma.conflict");
        assertThat(codes(read(rule("/x", "GET", JWT), rule("/{**}", "GET", OPEN))))
                .doesNotContain("kyma.conflict");
    }

    @Test
    void whatTheControllerAsksMeansWhatIsWrittenHereWhenItIsWrittenAgain() {
        Read read = read(rule("/x/{**}", "PUT", OPEN), rule("/x/secret", "GET", JWT), rule("/x/{**}", "GET", OPEN));
        Written again = DIALECT.write(read.model());
        assertThat(again.problems()).isEmpty();
        assertThat(status(DIALECT.read(again.manifests()), "GET", "/x/secret")).isEqualTo(200);
    }

    @Test
    void callersInsideAreShutOutUnlessAPolicyLetsThemIn() {
        assertThat(codes(read(rule("/*", "GET", OPEN)))).contains("kyma.inside");
    }

    @Test
    void pathsThatDifferByASlashAreAProblem() {
        assertThat(codes(read(rule("/x", "GET", OPEN)))).contains("kyma.trailing-slash");
        assertThat(codes(read(rule("/x", "GET", OPEN), rule("/x/", "GET", OPEN))))
                .doesNotContain("kyma.trailing-slash");
    }

    @Test
    void aMethodThatIsNotNamedIsNotRouted() {
        Read read = read(rule("/*", "GET", OPEN));
        assertThat(status(read, "GET", "/x")).isEqualTo(200);
        assertThat(status(read, "HEAD", "/x")).isEqualTo(403);
        assertThat(status(read, "POST", "/x")).isEqualTo(404);
    }

    @Test
    void aShortHostIsCompletedByTheGateway() {
        String gateway = "apiVersion: networking.istio.io/v1\nkind: Gateway\n"
                + "metadata: {name: kyma-gateway, namespace: kyma-system}\n"
                + "spec: {servers: [{hosts: ['*.kyma.example']}]}\n";
        String rule = apiRule("orders", "orders", "orders", rule("/*", "GET", OPEN));
        assertThat(read(gateway + "---\n" + rule).model().apis().get(0).entry().hosts())
                .containsExactly("orders.kyma.example");
        assertThat(read(rule).model().apis().get(0).entry().hosts()).containsExactly("orders.example.com");
    }

    @Test
    void aTimeoutThatIsNotSaidIsThreeMinutes() {
        Read read = read(rule("/*", "GET", OPEN));
        assertThat(read.model().apis().get(0).service().timeout().total()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void ruleOfAnotherServiceIsAVersion() {
        Read read = read(
                rule("/old/{**}", "GET", OPEN + "\n    service: {name: legacy, port: 80}"), rule("/*", "GET", OPEN));
        Decision old = decide(read, "orders.example.com", "GET", "/old/x");
        assertThat(((Decision.Forward) old).version())
                .isEqualTo(read.model().apis().get(0).service().name().equals("legacy") ? null : "legacy");
    }

    @Test
    void anEarlierApiRuleIsReadWhereItConverts() {
        Read read = read(earlier("/*", "handler: no_auth"));
        assertThat(codes(read)).contains("kyma.v1beta1").doesNotContain("kyma.unconvertible");
        assertThat(status(read, "GET", "/x")).isEqualTo(200);
        Read jwt = read(earlier(
                "/*",
                "handler: jwt\n          config: {trusted_issuers: ['https://id.example'],"
                        + " jwks_urls: ['https://id.example/keys']}"));
        assertThat(status(jwt, "GET", "/x")).isEqualTo(403);
    }

    @Test
    void anEarlierApiRuleWithExpressionsOrOtherHandlersIsAProblem() {
        assertThat(codes(read(earlier("/.*", "handler: no_auth")))).contains("kyma.unconvertible");
        assertThat(codes(read(earlier("/*", "handler: oauth2_introspection")))).contains("kyma.unconvertible");
        assertThat(read(earlier("/.*", "handler: no_auth")).model().apis()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsAProblem() {
        assertThat(codes(read(rule("/*", "GET", OPEN + "\n    surprise: 1")))).contains("kyma.unread");
        assertThat(codes(read(rule("/*", "GET", "extAuth: {authorizers: [opa]}"))))
                .contains("kyma.ext-auth");
        assertThat(codes(read(rule("/x/{**}/y", "GET", OPEN), rule("/*", "GET", OPEN))))
                .contains("kyma.path");
        assertThat(codes(read(rule("/*", "FETCH", OPEN)))).contains("kyma.unread");
    }

    @Test
    void whatAnAuthorizerDecidesThatIsNotKnownIsDenied() {
        Read read = read(rule("/*", "GET", "extAuth: {authorizers: [opa]}"));
        assertThat(status(read, "GET", "/x")).isEqualTo(403);
        assertThat(read.problems())
                .anySatisfy(problem -> assertThat(problem.message())
                        .contains("asks [opa]", "closed until withAuthorizer(...) is said"));
        Read open = read(rule("/*", "GET", OPEN));
        assertThat(status(open, "GET", "/x")).isEqualTo(200);
    }

    private static List<String> codes(Read read) {
        return read.problems().stream().map(Problem::code).toList();
    }

    private static int status(Read read, String method, String path) {
        return status(read, "orders.example.com", method, path);
    }

    private static int status(Read read, String host, String method, String path) {
        Decision decision = decide(read, host, method, path);
        return decision instanceof Decision.Refuse refuse ? refuse.status() : 200;
    }

    private static Decision decide(Read read, String host, String method, String path) {
        MeshModel model = read.model();
        return Evaluator.of(model, KymaDialect.STATUSES, InstantSource.system())
                .decide(RequestValue.of(method, host, path, null), bound -> 0);
    }

    /** Rules of one APIRule, or whole objects. */
    private static Read read(String yaml) {
        String all = yaml.startsWith("apiVersion") ? yaml : apiRule("orders", "orders.example.com", "orders", yaml);
        return DIALECT.read(ManifestYaml.read(all));
    }

    private static Read read(String first, String second) {
        return read(first + second);
    }

    private static Read read(String first, String second, String third) {
        return read(first, second + third);
    }

    private static String rule(String path, String method, String how) {
        return "  - path: '" + path + "'\n    methods: [" + method + "]\n    " + how + "\n";
    }

    private static String service(String name) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name
                + ", namespace: shop}\nspec: {selector: {app: shop}}\n";
    }

    private static String earlier(String path, String strategy) {
        return "apiVersion: gateway.kyma-project.io/v1beta1\nkind: APIRule\n"
                + "metadata: {name: orders, namespace: shop}\nspec:\n  host: orders.example.com\n"
                + "  gateway: kyma-gateway.kyma-system.svc.cluster.local\n  service: {name: orders, port: 80}\n"
                + "  rules:\n  - path: '" + path + "'\n    methods: [GET]\n    accessStrategies:\n        - "
                + strategy + "\n";
    }

    private static String apiRule(String name, String host, String service, String rules) {
        return "apiVersion: gateway.kyma-project.io/v2\nkind: APIRule\nmetadata: {name: " + name
                + ", namespace: shop}\nspec:\n  hosts: [" + host + "]\n  gateway: kyma-system/kyma-gateway\n"
                + "  service: {name: " + service + ", port: 80}\n  rules:\n" + rules;
    }
}
