package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What random models found: hosts whose paths are all somebody else's, and HEAD beside GET with more asked. */
class CoveredGuestTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");

    private static ApiModel api(String name, List<Route> routes, @Nullable AuthorizerRule authorizer, String... paths) {
        Entry entry = new Entry(
                List.of("all.shop.example.com"),
                Access.OPEN,
                routes,
                List.of(),
                HeaderChanges.NONE,
                true,
                Stream.of(paths).map(PathPattern::parse).toList(),
                authorizer,
                null);
        Service service = new Service(
                name,
                80,
                Map.of("app", name),
                List.of(Version.labelled("v1"), Version.labelled("v2")),
                new SplitRule(List.of(new SplitRule.Share("v1", 100), new SplitRule.Share("v2", 0)), null, null),
                null,
                null,
                Traffic.NONE);
        return new ApiModel(name, "shop", entry, service, List.of(), Sketch.LINE);
    }

    private static List<Route> any() {
        return List.of(new Route(Match.any(), null, null));
    }

    private static void same(MeshModel model, RequestValue request) {
        Comparison both = new Comparison(
                model, DIALECT.read(DIALECT.write(model).manifests()).model());
        assertThat(both.second(request, 1)).isEqualTo(both.first(request, 1));
    }

    @Test
    void anApiWhosePathsAreAllOthersGetsNoneOfThem() {
        MeshModel model = new MeshModel(List.of(
                api("carts", any(), null, "/{x}/**"),
                api("orders", any(), null, "/**"),
                api("stock", any(), null, "/")));

        same(model, RequestValue.of("GET", "all.shop.example.com", "/", null));
        same(model, RequestValue.of("GET", "all.shop.example.com", "/a", null));
    }

    @Test
    void headIsNotTakenByARouteOfGetThatAsksForMore() {
        List<Route> routes = List.of(
                new Route(Match.of(Endpoint.parse("HEAD /foo/b/**")), "v2", null),
                new Route(Match.of(Endpoint.parse("GET /{x}/**")).header("x-beta", "1"), "v1", null),
                new Route(Match.any(), null, null));

        same(
                new MeshModel(List.of(api("orders", routes, null))),
                RequestValue.of("HEAD", "all.shop.example.com", "/foo/b", null).header("x-beta", "1"));
    }

    private static AuthorizerRule opa() {
        return new AuthorizerRule(
                AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                URI.create("grpc://opa.shop:9191"),
                "",
                Duration.ofMillis(250),
                false,
                403,
                null,
                Sketch.LINE);
    }

    @Test
    void anAuthorizerIsNotAskedAboutPathsOfOthersThatMeetItsOwn() {
        MeshModel model =
                new MeshModel(List.of(api("carts", any(), opa(), "/foobar/**"), api("stock", any(), null, "/{x}/b")));
        MeshModel within =
                new MeshModel(List.of(api("carts", any(), opa(), "/foobar/b"), api("stock", any(), null, "/{x}/b")));

        assertThat(asked(model)).isEqualTo("[{paths=[/foobar, /foobar/*], notPaths=[/foobar/b, /foobar/b/]}]");
        assertThat(asked(within)).isEqualTo("[{paths=[/foobar/b, /foobar/b/]}]");
        for (String path : List.of("/foobar", "/foobar/a", "/foobar/b", "/foobar/b/", "/foobar/b/c", "/other/b")) {
            sameDenied(model, path);
            sameDenied(within, path);
        }
    }

    @Test
    void anAuthorizerIsNotAskedAboutPathsOfOthersWithinItsOwn() {
        MeshModel model = new MeshModel(List.of(
                api("carts", any(), opa(), "/carts/**"),
                api("orders", any(), opa(), "/carts/stock/orders"),
                api("stock", any(), null, "/carts/stock/**")));

        assertThat(asked(model))
                .isEqualTo("[{paths=[/carts, /carts/*], notPaths=[/carts/stock, /carts/stock/*]},"
                        + " {paths=[/carts/stock/orders, /carts/stock/orders/]}]");
        for (String path : List.of("/carts", "/carts/a", "/carts/stock", "/carts/stock/", "/carts/stock/a/b")) {
            sameDenied(model, path);
            sameDenied(model, path.replace("/a", "/orders"));
        }
    }

    @Test
    void theSameAuthorizerForAllIsAskedWithoutExceptions() {
        AuthorizerRule other = new AuthorizerRule(
                opa().protocol(), opa().address(), "", Duration.ofMillis(251), false, 403, null, Sketch.LINE);
        List<ApiModel> apis =
                List.of(api("carts", any(), opa(), "/carts/**"), api("stock", any(), opa(), "/carts/{x}"));
        MeshModel same = new MeshModel(List.of(apis.get(0), api("stock", any(), opa(), "/carts/stock")));
        MeshModel others = new MeshModel(List.of(apis.get(0), api("stock", any(), other, "/carts/stock")));

        assertThat(asked(same)).isEqualTo("[{paths=[/carts, /carts/*]}, {paths=[/carts/stock, /carts/stock/]}]");
        assertThat(asked(others))
                .isEqualTo("[{paths=[/carts, /carts/*], notPaths=[/carts/stock, /carts/stock/]},"
                        + " {paths=[/carts/stock, /carts/stock/]}]");
        assertThat(DIALECT.version(IstioVersion.V1_29).write(same).problems()).isEmpty();
        assertThat(DIALECT.version(IstioVersion.V1_29).write(others).problems())
                .extracting(Problem::code)
                .containsExactly("istio.authorizers");
        for (String path : List.of("/carts", "/carts/a", "/carts/stock", "/carts/stock/", "/carts/stock/a")) {
            sameDenied(same, path);
            sameDenied(others, path);
        }
    }

    @Test
    void pathsOfOthersThatAMeshCannotLeaveOutAreRefused() {
        for (String path : List.of("/carts/{x}", "/carts/a%3Bb")) {
            MeshModel model =
                    new MeshModel(List.of(api("carts", any(), opa(), "/carts/**"), api("stock", any(), null, path)));

            assertThat(DIALECT.write(model).problems()).as(path).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("istio.authorizer-paths");
                assertThat(problem.message())
                        .contains("about some spellings of '" + path + "', which lies among [/carts/**]");
            });
        }
    }

    /** What is asked about in each policy, but for the hosts. */
    private static String asked(MeshModel model) {
        Dialect.Written written = DIALECT.write(model);
        assertThat(written.problems()).isEmpty();
        assertThat(DIALECT.read(written.manifests()).problems()).isEmpty();
        return written.manifests().stream()
                .filter(manifest -> "CUSTOM".equals(manifest.spec().get("action")))
                .flatMap(manifest -> Mutant.list(Mutant.at(manifest.spec(), "rules", 0, "to")).stream())
                .map(to -> new LinkedHashMap<>(Mutant.map(Mutant.map(to).get("operation"))))
                .map(operation -> operation.remove("hosts") == null ? "everywhere" : operation)
                .toList()
                .toString();
    }

    /** An authorizer that is asked refuses. */
    private static void sameDenied(MeshModel model, String path) {
        same(
                model,
                RequestValue.of("GET", "all.shop.example.com", path, null)
                        .verdict(new Verdict.Denied(401, List.of(), "no")));
    }

    @Test
    void anAuthorizerThatIsAskedAboutPartOfAPathIsTold() {
        MeshModel model =
                new MeshModel(List.of(api("carts", any(), opa(), "/carts/**"), api("stock", any(), null, "/stock/**")));
        assertThat(DIALECT.read(DIALECT.write(model).manifests()).problems()).isEmpty();

        for (String[] paths : List.of(new String[] {"/carts/deep"}, new String[] {"/carts/deep/*"}, new String[] {
            "/carts", "/carts/*", "/stock/deep"
        })) {
            assertThat(DIALECT.read(asked(model, paths)).problems())
                    .as(List.of(paths).toString())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("external authorizer in some cases"));
        }
    }

    /** The objects of a model with other paths about which the authorizer is asked. */
    private static List<Manifest> asked(MeshModel model, String... paths) {
        return Mutant.named(Meta.AUTHORIZATION_POLICY, "carts.shop", spec -> {
                    Object operation = Mutant.at(spec, "rules", 0, "to", 0, "operation");
                    Mutant.map(operation).put("paths", List.of(paths));
                })
                .apply(DIALECT.write(model).manifests());
    }
}
