package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A path with ';' on a host that several APIs share: the gateway refuses it before it asks whose it is. */
class OddUnclaimedTest {
    private static final String CODE = "istio.odd-unclaimed";
    private static final IstioDialect ISTIO = IstioDialect.istio().domain("example.com");
    private static final String ASKED = """
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences:
                  - orders
            """;

    private static String api(String name, boolean claims, String policies) {
        String paths = claims ? "  - kind: entry.paths/v1\n    paths:\n      - /" + name + "/**\n" : "";
        return "kind: Api/v1\nservice: " + name + "\nnamespace: shop\npolicies:\n"
                + "  - kind: entry.host/v1\n    host: " + (claims ? "shop" : name) + ".shop.example.com\n" + paths
                + policies;
    }

    private static MeshModel model(String... apis) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(String.join("---\n", apis), "apis.yaml"), ISTIO.world());
        assertThat(compiled.problems()).isEmpty();
        return compiled.model();
    }

    private static List<String> subjects(MeshModel model) {
        return ISTIO.write(model).deviations().stream()
                .filter(one -> one.code().equals(CODE))
                .flatMap(one -> one.subjects().stream())
                .toList();
    }

    private static Map<?, ?> map(@Nullable Object tree) {
        return (Map<?, ?>) Objects.requireNonNull(tree);
    }

    private static List<?> list(@Nullable Object tree) {
        return (List<?>) Objects.requireNonNull(tree);
    }

    @Test
    void thePlanNamesTheApiThatAsks() {
        MeshModel shared = model(api("orders", true, ASKED), api("carts", true, ""));

        assertThat(subjects(shared)).containsExactly("orders.shop");
        assertThat(Evaluator.of(shared)
                        .decide(RequestValue.of("GET", "http://shop.shop.example.com/nobody;x"), Draw.RANDOM))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this path of this host");
        Written written = ISTIO.write(shared);
        Manifest routes = written.manifests().stream()
                .filter(one -> one.kind().equals("VirtualService")
                        && one.spec().containsKey("hosts")
                        && !String.valueOf(one.spec().get("gateways")).contains("mesh"))
                .findFirst()
                .orElseThrow();
        Map<?, ?> first = map(list(routes.spec().get("http")).get(0));
        assertThat(first.get("directResponse")).isEqualTo(Map.of("status", 400));
        String regex = String.valueOf(
                map(map(list(first.get("match")).get(0)).get("uri")).get("regex"));
        assertThat("/nobody;x").matches(regex);
        assertThat("/nobody").doesNotMatch(regex);
    }

    @Test
    void itIsSaidNowhereElse() {
        assertThat(subjects(model(api("orders", true, ""), api("carts", true, ""))))
                .isEmpty();
        assertThat(subjects(model(api("orders", false, ASKED)))).isEmpty();
    }
}
