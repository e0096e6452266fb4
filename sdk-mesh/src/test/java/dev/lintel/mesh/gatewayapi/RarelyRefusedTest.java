package dev.lintel.mesh.gatewayapi;

import static dev.lintel.core.match.Match.match;
import static dev.lintel.mesh.gatewayapi.FarSketch.ENVOY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.gatewayapi.FarSketch.Said;
import dev.lintel.mesh.istio.Sketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is refused at the edges, with the whole of what is said about it. */
class RarelyRefusedTest {
    private static Sketch plain() {
        return new Sketch().ownService("orders-v2").withoutSplit();
    }

    private static void refused(MeshModel model, String code, String message, String hint, Origin origin) {
        refused(ENVOY, model, code, message, hint, origin);
    }

    private static void refused(
            GatewayApiDialect dialect, MeshModel model, String code, String message, String hint, Origin origin) {
        assertThat(dialect.write(model).problems()).contains(new Problem(code, "orders.shop", message, hint, origin));
    }

    private static MeshModel retried(RetryRule rule) {
        return new Said(null, null, rule, false, false).model();
    }

    @Test
    void timesAreWholeMilliseconds() {
        Duration odd = Duration.ofNanos(1_500_000);
        refused(
                retried(new RetryRule(2, odd, true, Sketch.LINE)),
                "gateway-api.duration",
                "Gateway API with Envoy Gateway counts in milliseconds, but a pause or a try is shorter",
                "say whole milliseconds",
                Sketch.LINE);
    }

    @Test
    void retriesOfTheStandardAreForAllMethodsAndWithoutALongestPause() {
        Set<String> features = new TreeSet<>(ENVOY.features());
        features.addAll(List.of(Features.RETRY, Features.RETRY_CONNECTION, Features.TRY_TIMEOUT));
        GatewayApiDialect none = ENVOY.extension(Extension.NONE).supportedFeatures(features);
        RetryRule rule = new RetryRule(
                2,
                null,
                false,
                RetryRule.DEFAULT_ON,
                Set.of(),
                new RetryRule.Backoff(Duration.ofMillis(10), Duration.ofMillis(30)),
                RetryRule.Budget.DEFAULT,
                Sketch.LINE);
        String who = Extension.NONE.words();
        refused(
                none,
                retried(rule),
                "gateway-api.retry-conditions",
                who
                        + " tries calls of all methods again whenever a connection fails or breaks, and after answers of 400 to"
                        + " 599 that are listed",
                "say nonIdempotent(), CONNECT_FAILURE and RESET, and the answers one by one; or name an extension",
                Sketch.LINE);
        refused(
                none,
                retried(rule),
                "gateway-api.retry-pause",
                who + " has no longest pause between two tries",
                "leave the longest pause out",
                Sketch.LINE);
    }

    @Test
    void aServiceElsewhereIsReachedByOneGoodName() {
        refused(
                new Said(FarSketch.at("https://API.psp.example:443", null, null), null, null, false, false).model(),
                "gateway-api.elsewhere-address",
                "Gateway API with Envoy Gateway cannot reach the service elsewhere at 'API.psp.example'",
                "say a host name in lower case, or an address of numbers",
                Origin.unknown());
        ApiModel one = new Said(FarSketch.at("https://api.psp.example:443", null, null), null, null, false, false)
                .model()
                .apis()
                .get(0);
        ApiModel other = at(one, "carts", "carts.shop.example.com");
        assertThat(ENVOY.write(new MeshModel(List.of(other, one))).problems())
                .contains(new Problem(
                        "gateway-api.elsewhere-twice",
                        "orders.shop",
                        "Gateway API with Envoy Gateway names the service elsewhere 'orders', as carts.shop does",
                        "give it another name: service(\"…\")",
                        Origin.unknown()));
    }

    private static ApiModel at(ApiModel api, String name, String host) {
        Entry entry = api.entry();
        Entry there = new Entry(
                List.of(host),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                null,
                null);
        return new ApiModel(name, api.namespace(), there, api.service(), List.of(), api.origin());
    }

    @Test
    void matchesHaveValuesAndAreNotTooMany() {
        Answer gone = new Answer.Direct(404, "", "");
        Match empty = match("/a").header("x-a", "");
        refused(
                plain().answer(empty, gone).model(),
                "gateway-api.empty-value",
                "asks for an empty value, as '" + empty + "' does",
                "ask for a value",
                Sketch.LINE);
        Match many = match("/a");
        for (int i = 0; i < 17; i++) {
            many = many.header("x-" + i, "1");
        }
        refused(
                plain().answer(many, gone).model(),
                "gateway-api.many-conditions",
                "asks for more than 16 headers or parameters in '" + many + "'",
                "ask for fewer",
                Sketch.LINE);
        refused(
                plain().answer("/" + "a".repeat(1023), gone).model(),
                "gateway-api.long-path",
                "has a path of more than 1024 characters",
                "use a shorter path",
                Sketch.LINE);
        refused(
                plain().answer("/same", new Answer.Redirect(302, null, null, null, null))
                        .model(),
                "gateway-api.redirect",
                "redirects '" + match("/same") + "' also where callers have already followed, in circles",
                "say a path or another host",
                Sketch.LINE);
    }

    @Test
    void sixteenHeadersAreSetAtMost() {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 17; i++) {
            many.put("x-" + i, "1");
        }
        refused(
                plain().headers(new MoreHeaders(many, Map.of(), List.of(), List.of()))
                        .model(),
                "gateway-api.headers",
                "sets more than 16 headers, or one to nothing",
                "set fewer, or remove those that are to be nothing",
                Sketch.LINE);
    }

    @Test
    void nearnessIsNotWritten() {
        refused(
                plain().balance(Algorithm.ROUND_ROBIN, null, true).model(),
                "gateway-api.locality",
                "prefers workloads nearby, which is not said to Envoy Gateway",
                "leave it out, or use Istio",
                Sketch.LINE);
    }

    @Test
    void aGatewayHasAMostOfListeners() {
        ApiModel one = plain().api();
        List<ApiModel> many = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            many.add(at(one, "orders-" + i, "orders-" + i + ".example.org"));
        }
        assertThat(ENVOY.write(new MeshModel(many)).problems())
                .contains(new Problem(
                        "gateway-api.many-listeners",
                        "gateways/lintel",
                        "needs 65 listeners, but a Gateway has at most 64",
                        "leave hosts below their namespaces, or share the namespaces among several gateways",
                        Sketch.LINE));
    }

    @Test
    void theSecretOfAGatewayIsNeeded() {
        GatewayApiDialect dialect = ENVOY.gateway(SharedGateway.standard().https(443, "shop-tls"));

        assertThat(dialect.write(plain().model()).prerequisites())
                .contains(new Problem(
                        "gateway-api.credential",
                        "gateways/lintel",
                        "the secrets 'shop-tls' must be there, in the namespace 'gateways', with tls.crt and tls.key",
                        "make one for each namespace",
                        Sketch.LINE));
    }

    @Test
    void whatIsNotReadIsTold() {
        String yaml = ManifestYaml.write(ENVOY.write(plain().model()).manifests())
                .replace("spec:\n  parentRefs:", "spec:\n  quota: 7\n  parentRefs:");

        assertThat(ENVOY.read(ManifestYaml.read(yaml)).problems())
                .contains(new Problem(
                        "gateway-api.unread",
                        "HTTPRoute shop/orders",
                        "spec: quota is not read",
                        "it was not written by this dialect; what it means for requests is not known",
                        Origin.unknown()));
    }
}
