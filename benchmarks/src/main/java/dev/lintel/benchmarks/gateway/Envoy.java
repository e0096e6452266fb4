package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Envoy as istiod configures an ingress gateway: filters, route, clusters and statistics are those that it writes for the
 * definition of {@link LintelProxy}, with a RequestAuthentication and an AuthorizationPolicy for the gateway itself.
 *
 * <p>Left out is what only costs: the access log, and mutual TLS to the workload.
 */
final class Envoy {
    static final String NAME = "envoy";

    private Envoy() {}

    /** Which requests it lets through. */
    enum Asks {
        NO_TOKEN,
        TOKEN,
        /** With a cache of tokens in front of the check, which Envoy has and Istio does not ask for. */
        TOKEN_REMEMBERED
    }

    /** The command that runs a configuration with one worker. */
    static List<String> command(Path program, Path file, String configuration) throws IOException {
        return List.of(
                program.toString(),
                "-c",
                Files.writeString(file, configuration).toString(),
                "--concurrency",
                "1",
                "--disable-hot-restart",
                "--log-level",
                "warning");
    }

    /** A configuration, in YAML. */
    static String configuration(int port, int service, Identity issuer, Asks asks) throws IOException {
        String cache =
                asks == Asks.TOKEN_REMEMBERED ? "\n                  jwt_cache_config: {jwt_cache_size: 1000}" : "";
        return resource("envoy.yaml")
                .replace("${checks}", asks == Asks.NO_TOKEN ? "" : resource("envoy-checks.yaml"))
                .replace("${port}", Integer.toString(port))
                .replace("${service}", Integer.toString(service))
                .replace("${issuer}", issuer.issuer())
                .replace("${keys}", issuer.keys())
                .replace("${audience}", Identity.AUDIENCE)
                .replace("${scope}", Identity.SCOPE)
                .replace("${cache}", cache);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Envoy.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
