package dev.lintel.mesh.badinput;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes every definition of the goldens in every dialect, and says a digest of each in a file: a program of its own. */
final class Render {
    private static final Path ROOT = Path.of("src", "test", "golden");

    private Render() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), digests());
    }

    static String digests() throws IOException {
        List<Dialect> dialects = List.of(
                IstioDialect.istio().domain("example.com"),
                IstioDialect.istio().domain("example.com").ambient(),
                KymaDialect.kyma().domain("example.com").gateway("kyma-system/kyma-gateway"),
                KymaDialect.kyma().domain("example.com").onlyApiRules(),
                GatewayApiDialect.gatewayApi().domain("example.com"),
                GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.ENVOY_GATEWAY),
                GatewayApiDialect.gatewayApi().domain("example.com").extension(Extension.NONE));
        StringBuilder digests = new StringBuilder();
        for (String folder : List.of("gateway-api", "istio", "kyma")) {
            TreeSet<Path> inputs = new TreeSet<>();
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".in.yaml")).forEach(inputs::add);
            }
            for (Path input : inputs) {
                for (Dialect dialect : dialects) {
                    digests.append(input.getFileName())
                            .append(' ')
                            .append(dialects.indexOf(dialect))
                            .append(' ')
                            .append(digest(text(dialect, Files.readString(input))))
                            .append('\n');
                }
            }
        }
        return digests.toString();
    }

    /** The objects, and everything that is said about them. */
    private static String text(Dialect dialect, String definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().readAll(definitions, "in.yaml"), dialect.world());
        Dialect.Written written = dialect.write(compiled.model());
        return ManifestYaml.writeWithLines(written.manifests(), compiled.model())
                + compiled.problems()
                + written.problems()
                + written.prerequisites()
                + written.deviations()
                + written.guarantees();
    }

    private static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
