package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.GoTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written for each release of Gateway API, before its own definitions, in the channel that the plan asks for: a field
 * that is not there would be dropped without a word.
 */
@Tag("crd-judge")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class EveryReleaseTest {
    private static final int MODELS = 60;

    @TempDir
    Path folder;

    private final List<Path> standard = new ArrayList<>();
    private final List<Path> experimental = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void anApiServerWithItsResourcesTakesEveryObject(GatewayApiVersion version) throws IOException {
        Optional<Path> judge = GoTool.build("testkit/crd-judge.sh", false);
        Assumptions.assumeTrue(judge.isPresent(), "there is no Go of which it could be built");
        goldens(version);
        for (Extension extension : Extension.values()) {
            drawn(extension, version);
        }
        retries(version);

        assertThat(standard).hasSizeGreaterThan(200);
        assertThat(judge(judge.orElseThrow(), version, "standard", standard)).containsExactly(accepted(standard));
        assertThat(experimental).hasSizeGreaterThan(1);
        assertThat(judge(judge.orElseThrow(), version, "experimental", experimental))
                .containsExactly(accepted(experimental));
        // Nor is the channel asked for where there is no need.
        List<String> dropped = judge(judge.orElseThrow(), version, "standard", experimental);
        assertThat(experimental).allSatisfy(file -> assertThat(dropped).anyMatch(line -> line.startsWith(file + ": ")));
    }

    private void goldens(GatewayApiVersion version) throws IOException {
        for (GatewayApiGoldenTest.Case one : GatewayApiGoldenTest.cases(version)) {
            if (one.version() == version) {
                keep("golden " + one.name(), one.write());
            }
        }
    }

    private void drawn(Extension extension, GatewayApiVersion version) throws IOException {
        GatewayApiDialect dialect = dialect(extension, version);
        for (long seed = 1; seed <= MODELS; seed++) {
            MeshModel model = new AdaptedModels(extension).model(seed);
            keep(extension + " " + seed, dialect.write(model));
            keep(extension + " grpc " + seed, dialect.write(GrpcModels.of(model)));
        }
    }

    private void retries(GatewayApiVersion version) throws IOException {
        List<FarSketch.Said> retried = FarPoliciesTest.retried(MODELS);
        for (Extension extension : Extension.values()) {
            for (int i = 0; i < retried.size(); i++) {
                keep(
                        extension + " retried " + i,
                        dialect(extension, version).write(retried.get(i).model()));
            }
        }
    }

    /** Whatever an implementation may ever say of itself: what the release cannot say is refused all the same. */
    private static GatewayApiDialect dialect(Extension extension, GatewayApiVersion version) {
        Set<String> features = new TreeSet<>(Features.known(Extension.ISTIO, GatewayApiVersion.NEWEST));
        features.addAll(List.of(Features.RETRY, Features.RETRY_CONNECTION, Features.TRY_TIMEOUT));
        return GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .version(version)
                .extension(extension)
                .supportedFeatures(features);
    }

    private void keep(String name, Written written) throws IOException {
        if (!written.problems().isEmpty() || written.manifests().isEmpty()) {
            return;
        }
        boolean asked =
                written.prerequisites().stream().anyMatch(one -> one.message().contains("experimental channel"));
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, ManifestYaml.write(written.manifests()));
        (asked ? experimental : standard).add(file);
    }

    private static String accepted(List<Path> files) throws IOException {
        int objects = 0;
        for (Path file : files) {
            objects += ManifestYaml.read(Files.readString(file)).size();
        }
        return objects + " objects in " + files.size() + " files: 0 violations";
    }

    private static List<String> judge(Path judge, GatewayApiVersion version, String channel, List<Path> files) {
        StringBuilder input = new StringBuilder();
        files.forEach(file -> input.append(file).append('\n'));
        List<String> arguments = List.of("-gateway-api", version.toString(), "-channel", channel, "-");
        return GoTool.run(judge, arguments, input.toString()).text().lines().toList();
    }
}
