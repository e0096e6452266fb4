package dev.lintel.mesh.steps;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told where APIs that share a host change, and what is not. */
class SharedHostGapsTest {
    private static final Dialect ISTIO = istio().domain("example.com");
    private static final String TOKENS = """
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences: [orders]
            """;
    private static final String SCOPES = TOKENS + """
                rules:
                  - endpoint: "/**"
                    scopes: [read]
            """;

    @Test
    void aPathThatGoesFromOneApiToAnotherIsToldAtTheHost() {
        assertThat(gaps(
                        api("orders", "/a, /b", TOKENS) + api("stock", "/c", TOKENS),
                        api("orders", "/a", TOKENS) + api("stock", "/b, /c", SCOPES)))
                .containsExactly("REFUSED [all.shop.example.com] VirtualService shop/all.shop.example.com");
    }

    @Test
    void aPathWithinOneThatGoesIsToldAsWell() {
        assertThat(gaps(
                        api("orders", "/a/**", TOKENS) + api("stock", "/c", TOKENS),
                        api("orders", "/d", SCOPES) + api("stock", "/a/b, /c", TOKENS)))
                .containsExactly("REFUSED [all.shop.example.com] VirtualService shop/all.shop.example.com");
    }

    @Test
    void pathsByExpressionsMayBeAnyAndAreTold() {
        assertThat(gaps(
                        api("orders", "/{x}/orders", TOKENS) + api("stock", "/c", TOKENS),
                        api("orders", "/d", SCOPES) + api("stock", "/a/b, /c", TOKENS)))
                .containsExactly("REFUSED [all.shop.example.com] VirtualService shop/all.shop.example.com");
    }

    @Test
    void aPathThatWasNobodysIsNotTold() {
        assertThat(gaps(
                        api("orders", "/a", TOKENS) + api("stock", "/c/**", TOKENS),
                        api("orders", "/a, /b/**", SCOPES) + api("stock", "/d/**", SCOPES)))
                .isEmpty();
    }

    @Test
    void aPathThatGoesWherePoliciesStayIsNotTold() {
        assertThat(gaps(
                        api("orders", "/a, /b", TOKENS) + api("stock", "/c", SCOPES),
                        api("orders", "/a", TOKENS) + api("stock", "/b, /c", SCOPES)))
                .isEmpty();
    }

    private static List<String> gaps(String before, String after) {
        return Steps.between(written(before), written(after)).gaps().stream()
                .map(gap ->
                        gap.effect() + " " + gap.names() + " " + gap.problem().path())
                .toList();
    }

    private static List<Manifest> written(String yaml) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(yaml, "shop.yaml"), ISTIO.world());
        Written written = ISTIO.write(compiled.model());
        assertThat(compiled.problems()).isEmpty();
        assertThat(written.problems()).isEmpty();
        return written.manifests();
    }

    private static String api(String name, String paths, String policies) {
        return "---\nkind: Api/v1\nservice: " + name + "\nnamespace: shop\npolicies:\n"
                + "  - kind: entry.host/v1\n    host: all.shop.example.com\n"
                + "  - kind: entry.paths/v1\n    paths: [\"" + paths.replace(", ", "\", \"") + "\"]\n" + policies;
    }
}
