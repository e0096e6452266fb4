package dev.lintel.mesh.badinput;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the goldens of a dialect hold.
 *
 * @param name the golden
 * @param dialect which wrote it
 * @param manifests what was written
 */
record Written(String name, Dialect dialect, List<Manifest> manifests) {
    private static final Path ROOT = Path.of("src", "test", "golden");

    static List<Written> all() {
        List<Written> all = new ArrayList<>();
        for (String folder : List.of("gateway-api", "istio", "istio-access", "istio-traffic", "kyma")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> !file.toString().endsWith(".in.yaml"))
                        .sorted()
                        .forEach(file -> {
                            List<Manifest> manifests = manifests(file);
                            if (!manifests.isEmpty()) {
                                String name = String.valueOf(file.getFileName());
                                all.add(new Written(name, dialect(folder, name.toLowerCase(Locale.ROOT)), manifests));
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static List<Manifest> manifests(Path file) {
        try {
            String text = Files.readString(file);
            int begin = text.indexOf("---\n");
            return begin < 0 ? List.of() : ManifestYaml.read(text.substring(begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dialect dialect(String folder, String name) {
        IstioDialect istio = IstioDialect.istio().domain("example.com");
        if (folder.startsWith("istio")) {
            return name.contains("ambient") || name.contains("waypoint") ? istio.ambient() : istio;
        }
        if (folder.equals("kyma")) {
            return KymaDialect.kyma().domain("example.com").gateway("kyma-system/kyma-gateway");
        }
        GatewayApiDialect dialect = GatewayApiDialect.gatewayApi().domain("example.com");
        if (name.contains("envoy gateway")) {
            return dialect.extension(Extension.ENVOY_GATEWAY).gatewayClass("eg");
        }
        return name.contains("istio")
                ? dialect
                : dialect.extension(Extension.NONE).gatewayClass("any");
    }
}
