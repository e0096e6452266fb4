package dev.lintel.mesh.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Judges that we did not write, before everything that any dialect writes: all goldens, and drawn models of every world. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class EveryWorldJudgedTest {
    private static final int MODELS = 200;
    private static final Path GOLDENS = Path.of("src", "test", "golden");
    private static final List<String> WRITTEN = List.of(".istio.yaml", ".gateway-api.yaml", ".kyma.yaml");
    private static final Pattern OBJECT = Pattern.compile("(?m)^kind: ");

    /**
     * The only thing of which it warns: what a DENY policy of ours beside an APIRule does to ports that are not HTTP. The
     * policy that Kyma's controller makes for the same workload allows by paths alone, and has closed them already.
     */
    private static final Pattern DENIED = Pattern.compile("(?:\t\\* AuthorizationPolicy/[a-z]+/[a-z]+\\.denied: "
            + "|Warning \\[IST0133] \\(AuthorizationPolicy [a-z]+/[a-z]+\\.denied .*\\) Schema validation warning: )"
            + "configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP"
            + " attributes in a DENY rule; it is recommended to explicitly specify the port");
    /** Kyma's own, which is there before anything is written. */
    private static final String KYMA_GATEWAY = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: kyma-gateway
              namespace: kyma-system
            spec:
              selector:
                istio: ingressgateway
              servers:
              - port:
                  number: 443
                  name: https
                  protocol: HTTPS
                hosts:
                - "*.example.com"
                tls:
                  mode: SIMPLE
                  credentialName: kyma-gateway-certs
            """;

    @TempDir
    Path folder;

    private static Path tool(String script) {
        Optional<Path> binary = GoTool.build(script, false);
        Assumptions.assumeTrue(binary.isPresent(), "there is no Go of which it could be built");
        return binary.orElseThrow();
    }

    private static List<Path> goldens() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            return files.filter(file ->
                            WRITTEN.stream().anyMatch(end -> file.toString().endsWith(end)))
                    .filter(file -> objects(file) > 0)
                    .sorted()
                    .toList();
        }
    }

    private static int objects(Path file) {
        try {
            return Math.toIntExact(
                    OBJECT.matcher(Files.readString(file)).results().count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("crd-judge")
    void anApiServerTakesEveryObject() throws IOException {
        List<Path> files = new ArrayList<>(goldens());
        assertThat(files).hasSizeGreaterThan(100);
        int objects = files.stream().mapToInt(EveryWorldJudgedTest::objects).sum();
        for (World world : Worlds.all().toList()) {
            Drawn drawn = Drawn.into(folder, world, MODELS);
            files.addAll(drawn.files());
            objects += drawn.objects();
        }
        StringBuilder input = new StringBuilder();
        files.forEach(file -> input.append(file).append('\n'));
        GoTool.Ran ran =
                GoTool.run(tool("testkit/crd-judge.sh"), List.of("-channel", "experimental", "-"), input.toString());

        assertThat(ran.text()).isEqualTo("%d objects in %d files: 0 violations%n".formatted(objects, files.size()));
        assertThat(ran.status()).isZero();
    }

    @Test
    @Tag("istioctl")
    void istioctlTakesEveryObjectOfIstio() throws IOException {
        Path istioctl = tool("sdk-mesh/istioctl.sh");
        for (World world : Worlds.all().filter(World::writesIstio).toList()) {
            Drawn.into(folder, world, MODELS);
        }
        GoTool.Ran ran = GoTool.run(istioctl, List.of("validate", "-f", folder.toString()), "");

        assertThat(ran.status()).as(ran.text()).isZero();
        assertThat(ran.text().lines().filter(line -> line.startsWith("\t*")))
                .allMatch(line -> DENIED.matcher(line).matches());

        Files.writeString(folder.resolve("bad.yaml"), """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata:
                  name: bad
                  namespace: shop
                spec:
                  hosts:
                  - bad.example.com
                  http:
                  - timeout: -1s
                    route:
                    - destination:
                        host: orders
                """);
        GoTool.Ran bad = GoTool.run(istioctl, List.of("validate", "-f", folder.toString()), "");

        assertThat(bad.status()).as("one bad object among many good files").isNotZero();
    }

    /** Those of Istio itself are judged where they are written. */
    @Test
    @Tag("istioctl")
    void istioctlTakesTheGoldensOfOtherDialects() throws IOException {
        Path istioctl = tool("sdk-mesh/istioctl.sh");
        String gateway = Files.writeString(folder.resolve("kyma-gateway.yaml"), KYMA_GATEWAY)
                .toString();
        List<Path> others = goldens().stream()
                .filter(file -> !file.toString().endsWith(".istio.yaml"))
                .toList();
        assertThat(others).hasSizeGreaterThan(40);
        for (Path golden : others) {
            GoTool.Ran valid = GoTool.run(istioctl, List.of("validate", "-f", golden.toString()), "");
            assertThat(valid.status()).as(valid.text()).isZero();
            assertThat(valid.text().lines().filter(line -> line.startsWith("\t*")))
                    .allMatch(line -> DENIED.matcher(line).matches());
            GoTool.Ran analyzed =
                    GoTool.run(istioctl, List.of("analyze", "--use-kube=false", "-A", golden.toString(), gateway), "");
            assertThat(analyzed.status()).as(analyzed.text()).isZero();
            assertThat(analyzed.text().lines().filter(line -> line.startsWith("Warning ") || line.startsWith("Error")))
                    .as("%s", golden)
                    .allMatch(line -> DENIED.matcher(line).matches());
        }
    }
}
