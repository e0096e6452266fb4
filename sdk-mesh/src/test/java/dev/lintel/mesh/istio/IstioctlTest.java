package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.GoTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Istio's own judge over everything that is written; built from its Go module, and skipped where there is no Go. */
@Tag("istioctl")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class IstioctlTest {
    private static final int MODELS = 60;

    /**
     * At the gateway only a DENY policy leaves other hosts alone, and the ports at which its pods listen are not those of
     * its Service, so that none can be named; the plan says that what it passes on unread is refused.
     */
    private static final String DENIES_TCP =
            "configured AuthorizationPolicy will deny all traffic to TCP ports under its"
                    + " scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the"
                    + " port";
    /** The secret that a credential names holds the authorities as well; beside it Istio refuses {@code caCertificates}. */
    private static final String NO_AUTHORITY =
            "DestinationRule shop/cards in namespace shop has TLS mode set to MUTUAL but"
                    + " no caCertificates are set to validate server identity for host: cards.shop.svc.cluster.local";
    /** Files of which it warns when it validates, and the only thing of which it does. */
    private static final Map<String, String> WARNED = Map.of(
            "a token is asked for in front of a service elsewhere.istio.yaml",
            "AuthorizationPolicy/istio-system/cards.shop.access: " + DENIES_TCP);
    /** The same when it analyzes. */
    private static final Map<String, String> INFORMED = Map.of(
            "a token is asked for in front of a service elsewhere.istio.yaml",
            DENIES_TCP,
            "a service elsewhere is shown a certificate of ours.istio.yaml",
            NO_AUTHORITY);

    @TempDir
    Path folder;

    private static Path istioctl = Path.of("");

    /** Building it takes minutes the first time, on a small machine many. */
    @BeforeAll
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    static void build() {
        Optional<Path> binary = GoTool.build("sdk-mesh/istioctl.sh", false);
        Assumptions.assumeTrue(binary.isPresent(), "there is no Go of which istioctl could be built");
        istioctl = binary.orElseThrow();
    }

    @Test
    void accepts_every_golden() {
        List<Path> goldens = Goldens.withObjects(".istio.yaml");
        assertThat(goldens).hasSizeGreaterThan(40);
        validate(goldens);
        for (Path golden : goldens) {
            analyze(golden);
        }
    }

    @Test
    void accepts_random_models() throws IOException {
        List<Path> files = new ArrayList<>();
        for (long seed = 1; files.size() < MODELS; seed++) {
            Written written = IstioDialect.istio().domain("example.com").write(new RandomModels(seed).model());
            if (written.problems().isEmpty()) {
                files.add(Files.writeString(
                        folder.resolve("seed-" + seed + ".yaml"), ManifestYaml.write(written.manifests())));
            }
        }
        validate(files);
        for (Path file : files) {
            analyze(file);
        }
    }

    @Test
    void refuses_what_is_no_good() throws IOException {
        String golden = Files.readString(Path.of(
                "src",
                "test",
                "golden",
                IstioGoldenTest.FOLDER,
                "narrow paths are carved out of wide ones.istio.yaml"));
        Path template =
                Files.writeString(folder.resolve("template.yaml"), golden.replace("/{*}/invoice", "/{id}/invoice"));
        Path gateway = Files.writeString(
                folder.resolve("gateway.yaml"), golden.replace("- istio-system/shop", "- elsewhere/shop"));

        GoTool.Ran validated = run(List.of("validate", "-f", template.toString()));
        GoTool.Ran analyzed = run(List.of("analyze", "--use-kube=false", "-A", gateway.toString()));

        assertThat(validated.status()).as(validated.text()).isNotZero();
        assertThat(validated.text()).contains("Contains '{' or '}' beyond a supported path template");
        assertThat(analyzed.status()).as(analyzed.text()).isNotZero();
        assertThat(analyzed.text()).contains("IST0101");
    }

    private static void validate(List<Path> files) {
        List<String> arguments = new ArrayList<>(List.of("validate"));
        files.forEach(file -> arguments.addAll(List.of("-f", file.toString())));
        GoTool.Ran answer = run(arguments);
        assertThat(answer.status()).as(answer.text()).isZero();
        Set<String> known = files.stream()
                .map(file -> WARNED.get(String.valueOf(file.getFileName())))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.stream().filter(line -> line.endsWith("is valid")))
                .as(answer.text())
                .hasSize(files.size() - known.size());
        assertThat(lines.stream()
                        .filter(line -> line.contains("\t* "))
                        .map(line -> line.substring(line.indexOf("* ") + 2)))
                .as(answer.text())
                .allMatch(known::contains);
        assertThat(lines.stream().filter(line -> line.endsWith("has warnings: ")))
                .as(answer.text())
                .hasSize(known.size());
    }

    private static void analyze(Path file) {
        GoTool.Ran answer = run(List.of("analyze", "--use-kube=false", "-A", file.toString()));
        String known = INFORMED.get(String.valueOf(file.getFileName()));
        if (known == null) {
            assertThat(answer.text()).as("%s", file).contains("No validation issues found");
        } else {
            assertThat(answer.text().lines().filter(line -> !line.isBlank()))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("Warning ") && line.endsWith(known));
        }
        assertThat(answer.status()).as(answer.text()).isZero();
    }

    private static GoTool.Ran run(List<String> arguments) {
        return GoTool.run(istioctl, arguments, "");
    }
}
