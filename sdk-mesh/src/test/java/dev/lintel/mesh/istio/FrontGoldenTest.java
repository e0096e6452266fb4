package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Steps;
import dev.lintel.testkit.Golden;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What runs an API that Lintel serves itself, or why it cannot run. */
class FrontGoldenTest {
    private static final Golden GOLDEN = Golden.in("istio-front", ".istio.yaml");
    private static final IstioDialect DIALECT =
            IstioDialect.istio().domain("example.com").frontImage("registry.example/lintel@sha256:0123");
    private static final String FIRST = "a front runs behind the gateway and calls its services.in.yaml";

    private static final String LONG = "long files are compressed";

    @TestFactory
    Stream<DynamicTest> frontsBecomeObjects() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        GOLDEN.inputs(".in.yaml")
                .forEach((name, text) -> cases.put(
                        name.substring(0, name.length() - ".in.yaml".length()), () -> written(DIALECT, name, text)));
        cases.put(
                "a front without an image is refused",
                () -> written(IstioDialect.istio().domain("example.com"), "front", front()));
        cases.put("a front in ambient mode is refused", () -> written(DIALECT.ambient(), "front", front()));
        return GOLDEN.tests(cases);
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        Map<String, String> inputs = new TreeMap<>(GOLDEN.inputs(".in.yaml"));
        inputs.put(LONG, front().replace("size: 10", "size: 1100000"));
        inputs.forEach((name, text) -> {
            MeshModel model = Served.compile(text, name).model();
            Written written = DIALECT.write(model);
            if (!written.problems().isEmpty()) {
                return;
            }

            List<Manifest> there = ManifestYaml.read(ManifestYaml.write(written.manifests()));
            Read read = DIALECT.read(there);

            assertThat(there).as(name).isEqualTo(written.manifests());
            assertThat(config(there).containsKey("binaryData")).as(name).isEqualTo(name.equals(LONG));
            assertThat(read.problems()).as(name).isEmpty();
            assertThat(rule(read.model())).as(name).isEqualTo(bare(rule(model)));
            assertThat(DIALECT.write(read.model()).manifests()).as(name).hasSameElementsAs(written.manifests());
        });
    }

    @Test
    void whatFencesItInComesFirstAndGoesLast() {
        List<Manifest> all =
                DIALECT.write(Served.compile(front(), "front").model()).manifests();

        List<String> coming = kinds(Steps.between(List.of(), all));
        List<String> going = kinds(Steps.between(all, List.of()));

        assertThat(coming)
                .startsWith("NetworkPolicy", "ServiceAccount", "ConfigMap", "Service", "Deployment")
                .endsWith("VirtualService");
        assertThat(coming.indexOf("AuthorizationPolicy")).isGreaterThan(coming.indexOf("Deployment"));
        assertThat(going)
                .startsWith("VirtualService")
                .endsWith("Service", "ConfigMap", "ServiceAccount", "NetworkPolicy");
    }

    @Test
    void filesThatAreTooLongEvenCompressedAreRefused() {
        MeshModel model = Served.compile(front(), "front").model();
        ApiModel api = front(model);
        SortedMap<String, String> files = new TreeMap<>();
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(1_500_000, 0x21, 0x7F).forEach(c -> noise.append((char) c));
        files.put("catalog.yaml", noise.toString());
        files.put("no/name", "");
        FrontRule rule = rule(model);
        FrontRule large = new FrontRule(rule.kind(), rule.services(), rule.parts(), files, rule.origin());
        ApiModel changed = new ApiModel(
                api.name(), api.namespace(), api.entry(), api.service(), api.guards(), api.origin(), large);

        List<Problem> problems = DIALECT.write(new MeshModel(List.of(changed), List.of(), List.of()))
                .problems();

        assertThat(problems).map(Problem::code).containsExactly("front.file", "front.size");
        assertThat(problems.get(1).message())
                .matches("what configures the proxy takes 1[0-9]{6} bytes compressed; a ConfigMap takes 1000000");
    }

    @Test
    void aProxyThatWouldNeedASecretIsRefused() {
        MeshModel model = Served.compile(front(), "front").model();
        ApiModel api = front(model);
        FrontRule rule = rule(model);
        FrontRule needs = new FrontRule(
                rule.kind(),
                rule.services(),
                rule.parts(),
                rule.files(),
                List.of(SecretRef.secretRef("shop", "graph", "secret")),
                rule.origin());
        ApiModel changed = new ApiModel(
                api.name(), api.namespace(), api.entry(), api.service(), api.guards(), api.origin(), needs);

        assertThat(DIALECT.write(new MeshModel(List.of(changed), List.of(), List.of()))
                        .problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(tuple(
                        "front.secrets", "needs the secrets [shop/graph/secret], and a proxy in a mesh is given none"));
    }

    @Test
    void otherDialectsSayWhoCan() {
        MeshModel model = Served.compile(front(), "front").model();

        assertThat(GatewayApiDialect.gatewayApi().write(model).problems())
                .map(Problem::code)
                .contains("gateway-api.front");
        assertThat(KymaDialect.kyma().onlyApiRules().write(model).problems())
                .map(Problem::code)
                .contains("kyma.front");
    }

    private static Map<String, Object> config(List<Manifest> manifests) {
        return manifests.stream()
                .filter(each -> each.kind().equals("ConfigMap"))
                .findFirst()
                .orElseThrow()
                .spec();
    }

    private static String front() {
        return Objects.requireNonNull(GOLDEN.inputs(".in.yaml").get(FIRST));
    }

    private static ApiModel front(MeshModel model) {
        return model.apis().stream()
                .filter(api -> api.front() != null)
                .findFirst()
                .orElseThrow();
    }

    private static FrontRule rule(MeshModel model) {
        return Objects.requireNonNull(front(model).front());
    }

    private static FrontRule bare(FrontRule rule) {
        return new FrontRule(rule.kind(), rule.services(), rule.parts(), rule.files(), Origin.unknown());
    }

    private static List<String> kinds(Steps steps) {
        return steps.steps().stream()
                .map(Step::manifests)
                .flatMap(List::stream)
                .map(Manifest::kind)
                .toList();
    }

    private static String written(IstioDialect dialect, String name, String text) {
        Compiled compiled = Served.compile(text, name);
        return IstioGoldenTest.write(dialect, compiled.model(), compiled.problems());
    }
}
