package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import dev.lintel.sdk.Api;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/meshes.md} compiles, its definitions are taken, and its outputs are what is really said. */
class MeshesDocTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("meshes.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\n(.*?)^```", Pattern.DOTALL);

    /** Beside the imports that the page says itself: what its other blocks take from the SDK. */
    private static final String IMPORTS = """
            import static dev.lintel.auth.OAuth2.oauth2;
            import static dev.lintel.traffic.ServedBy.external;
            import dev.lintel.auth.TrustedIssuer;
            import dev.lintel.core.ApiDefinition;
            import dev.lintel.core.Definition;
            import dev.lintel.core.metric.Metrics;
            import dev.lintel.core.metric.Question;
            import dev.lintel.core.plan.Plan;
            import dev.lintel.mesh.raw.RawFields;
            import dev.lintel.mesh.lint.Lint;
            import dev.lintel.mesh.target.DirectoryCheck;
            import dev.lintel.mesh.target.DirectoryTarget;
            import dev.lintel.sdk.Api;
            import dev.lintel.sdk.Exposure;
            import dev.lintel.traffic.rollout.prometheus.PrometheusMetrics;
            import java.net.URI;
            import java.nio.file.Path;
            import java.util.List;
            """;

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    @Test
    void everyBlockIsOfAKindThatIsLookedAt() throws IOException {
        List<MatchResult> all = BLOCK.matcher(Files.readString(PAGE)).results().toList();

        assertThat(all).hasSizeGreaterThan(8);
        assertThat(all).extracting(block -> block.group(1)).containsOnly("java", "yaml", "text");
    }

    @TestFactory
    Stream<DynamicTest> everyJavaBlockCompiles(@TempDir Path classes) throws IOException {
        String imports = blocks("text").stream()
                .filter(text -> text.startsWith("import "))
                .collect(Collectors.joining("\n"));
        assertThat(imports).contains("import dev.lintel.mesh.Mesh;");
        List<String> blocks = blocks("java");
        assertThat(blocks).hasSizeGreaterThan(4);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(block.lines().findFirst().orElse(""), () -> {
                    String code = snippet(imports, "void", block);
                    assertThat(errors(code, classes)).as(code).isEmpty();
                }));
    }

    private static String snippet(String imports, String type, String body) {
        return imports + "\n" + IMPORTS + """
                public class Snippet {
                    ApiDefinition orders;
                    List<Definition> definitions;

                    public %s run() throws Exception {
                """.formatted(type) + body + "\n    }\n}\n";
    }

    /** The example of the README is planned by each dialect without a problem, and as the page says. */
    @Test
    void theExampleOfTheReadmeIsPlannedInEachWorld(@TempDir Path classes) throws Exception {
        String imports = blocks("text").stream()
                .filter(text -> text.startsWith("import "))
                .collect(Collectors.joining("\n"));
        String block = blocks("java").stream()
                .filter(text -> text.contains("Plan withEnvoy"))
                .findFirst()
                .orElseThrow();
        String code = snippet(
                imports,
                "java.util.Map<String, Plan>",
                block + "return java.util.Map.of(\"istio\", inIstio, \"kyma\", inKyma, \"with istio\", withIstio,"
                        + " \"with envoy\", withEnvoy);");
        assertThat(errors(code, classes)).as(code).isEmpty();
        Map<String, Plan> plans = new TreeMap<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, MeshesDocTest.class.getClassLoader())) {
            Class<?> snippet = loader.loadClass("Snippet");
            Object made = snippet.getDeclaredConstructor().newInstance();
            Object run = Objects.requireNonNull(snippet.getMethod("run").invoke(made));
            ((Map<?, ?>) run).forEach((name, plan) -> plans.put(name.toString(), (Plan) plan));
        }

        assertThat(plans).hasSize(4).allSatisfy((name, plan) -> {
            assertThat(plan.problems()).as(name).isEmpty();
            assertThat(plan.changes()).as(name).isNotEmpty();
        });
        assertThat(said(plans, "kyma")).contains("kyma.plain-istio");
        assertThat(said(plans, "istio")).contains("weight: 90").doesNotContain("orders-v1");
        assertThat(said(plans, "with istio")).contains("name: orders-v1");
        assertThat(said(plans, "with envoy")).contains("name: orders-v2", "kind: SecurityPolicy");
    }

    private static String said(Map<String, Plan> plans, String world) {
        return Objects.requireNonNull(plans.get(world)).render();
    }

    /** What the page says of the example without what it adds for a world. */
    @Test
    void theExampleAsItStandsIsRefusedWithWhatToWrite() throws Exception {
        ApiDefinition orders = Api.expose("orders")
                .inNamespace("shop")
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                .split("v1", 90, "v2", 10)
                .define();
        GatewayApiDialect istio = GatewayApiDialect.gatewayApi();
        GatewayApiDialect envoy = istio.extension(Extension.ENVOY_GATEWAY).gatewayClass("eg");

        assertThat(problems(istio, orders)).extracting(Problem::code).containsExactly("gateway-api.version-labels");
        assertThat(problems(istio, orders).get(0).hint())
                .contains("versionByService(\"v1\", \"orders-v1\").versionByService(\"v2\", \"orders-v2\")");
        assertThat(problems(envoy, orders))
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("gateway-api.version-labels", "gateway-api.keys");
        assertThat(problems(IstioDialect.istio(), orders)).isEmpty();
        assertThat(problems(KymaDialect.kyma(), orders)).isEmpty();
        assertThat(problems(KymaDialect.kyma().onlyApiRules(), orders))
                .extracting(Problem::code)
                .contains("kyma.no-jwks", "kyma.split");
        assertThat(problems(istio.extension(Extension.NONE).gatewayClass("any"), orders))
                .extracting(Problem::code)
                .contains("gateway-api.not-supported");
        assertThat(envoy.gatewayClass("istio")).isEqualTo(istio.extension(Extension.ENVOY_GATEWAY));
    }

    private static List<Problem> problems(Dialect dialect, ApiDefinition definition) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(List.of(definition), dialect.world());
        assertThat(compiled.problems()).isEmpty();
        return dialect.write(compiled.model()).problems();
    }

    @Test
    void aBlockThatDoesNotCompileIsSeen(@TempDir Path classes) {
        assertThat(errors("class Snippet { Nothing here; }", classes)).contains("cannot find symbol");
    }

    private static String errors(String code, Path classes) {
        String modules = System.getProperty("jdk.module.path", "");
        String path = System.getProperty("java.class.path") + (modules.isEmpty() ? "" : File.pathSeparator + modules);
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages,
                        null,
                        null,
                        List.of("-classpath", path, "-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(new Source(code)))
                .call();
        return compiled ? "" : messages.toString();
    }

    /** A block that begins with {@code kind: …/v1} is a definition, and one of the worlds that the page is about takes it. */
    @TestFactory
    Stream<DynamicTest> everyDefinitionIsTaken() throws IOException {
        List<String> definitions = blocks("yaml").stream()
                .filter(block -> block.contains("/v1\nservice:"))
                .toList();
        assertThat(definitions).isNotEmpty();
        return definitions.stream()
                .map(text ->
                        DynamicTest.dynamicTest(text.lines().skip(1).findFirst().orElse(""), () -> {
                            for (Dialect dialect : List.of(
                                    IstioDialect.istio(),
                                    GatewayApiDialect.gatewayApi(),
                                    GatewayApiDialect.gatewayApi()
                                            .extension(Extension.ENVOY_GATEWAY)
                                            .gatewayClass("eg"))) {
                                Compiled compiled = new ModelCompiler(Kinds.installed())
                                        .compile(DefinitionFormat.yaml().readAll(text, "meshes.md"), dialect.world());
                                assertThat(compiled.problems()).isEmpty();
                                assertThat(dialect.write(compiled.model()).problems())
                                        .isEmpty();
                            }
                        }));
    }

    /** An object of somebody else is followed by what the linter says of it. */
    @Test
    void findingsAreThoseOfTheObjectAbove() throws IOException {
        List<MatchResult> all = BLOCK.matcher(Files.readString(PAGE)).results().toList();
        int found = 0;
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).group(2).matches("(?s)(error|warning|info) lint\\..*")) {
                String said = Lint.yaml(all.get(i - 1).group(2), "").stream()
                        .map(Finding::render)
                        .collect(Collectors.joining("\n"));
                assertThat(all.get(i).group(2).stripTrailing()).isEqualTo(said);
                found++;
            }
        }
        assertThat(found).isPositive();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }
}
