package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What routes of several APIs at one host mean, whoever wrote them: the most specific path first, whosever it is. */
class SharedRoutesTest {
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: NAME, namespace: shop, labels: {lintel.dev/api: NAME}}
            spec:
              parentRefs: [{name: edge, namespace: infra}]
              hostnames: [HOSTS]
              rules: [RULES]
            """;
    private static final String RULE =
            "{matches: [{path: {type: PathPrefix, value: PATH}}], backendRefs: [{name: NAME, port: 80}], MORE}";

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aNarrowPathBelongsToTheApiWhoseRouteNamesIt(Extension extension) {
        String orders = rule("/a", "orders", "") + ", " + rule("/a/b/c", "orders", "");
        Read read = read(extension, route("orders", "all", orders), route("stock", "all", rule("/a/b", "stock", "")));

        assertThat(read.problems()).isEmpty();
        assertThat(paths(read, "orders")).containsExactlyInAnyOrder("/a/**", "/a/b/c/**");
        assertThat(paths(read, "stock")).containsExactly("/a/b/**");
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void thatTheOlderOfTwoRoutesForOnePathWinsIsTold(Extension extension) {
        Read read = read(
                extension,
                route("orders", "all", rule("/a", "orders", "")),
                route("stock", "all", rule("/a", "stock", "")));

        assertThat(read.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("the older of the two routes wins"));
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aHostThatIsSharedBesideOthersIsTold(Extension extension) {
        Read read = read(
                extension,
                route("orders", "all", rule("/a", "orders", "")),
                route("stock", "all.shop.example.com, more", rule("/b", "stock", "")));

        assertThat(read.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("but not all of its hosts"));
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aTimeoutOfNothingIsNone(Extension extension) {
        assertThat(timeout(extension, "timeouts: {request: 0s}")).isNull();
        assertThat(timeout(extension, "timeouts: {request: 0s, backendRequest: 0ms}"))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Extension.class,
            names = {"ENVOY_GATEWAY", "NONE"})
    void aTimeoutOfSomethingIsOne(Extension extension) {
        assertThat(timeout(extension, "timeouts: {request: 2s}"))
                .isNotNull()
                .extracting(TimeoutRule::total)
                .isEqualTo(Duration.ofSeconds(2));
    }

    /** In a mesh a time-out is for every call, and nothing here is said of those from inside. */
    @Test
    void aTimeoutThatCallsFromInsideDoNotHaveIsTold() {
        Read read = read(Extension.ISTIO, route("orders", "all", rule("/", "orders", "timeouts: {request: 2s}")));

        assertThat(read.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("limits some calls otherwise in time than others"));
    }

    private static @Nullable TimeoutRule timeout(Extension extension, String more) {
        Read read = read(extension, route("orders", "all", rule("/", "orders", more)));
        assertThat(read.problems()).isEmpty();
        return read.model().api("orders.shop").orElseThrow().service().timeout();
    }

    private static List<String> paths(Read read, String name) {
        ApiModel api = read.model().api(name + ".shop").orElseThrow();
        return api.entry().paths().stream().map(PathPattern::toString).toList();
    }

    private static String rule(String path, String name, String more) {
        return RULE.replace("PATH", path).replace("NAME", name).replace("MORE", more);
    }

    private static String route(String name, String hosts, String rules) {
        return ROUTE.replace("NAME", name)
                .replace("HOSTS", hosts + ".shop.example.com")
                .replace("RULES", rules);
    }

    private static Read read(Extension extension, String... routes) {
        return GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .extension(extension)
                .gatewayClass("istio")
                .read(ManifestYaml.read(EdgeGateway.yaml("*.shop.example.com") + String.join("---\n", routes)));
    }
}
