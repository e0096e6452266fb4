package dev.lintel.testbed;

import dev.lintel.testkit.GoTool;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The programs of a control plane and the definitions that it is given.
 *
 * @param folder where {@code testbed/build.sh} keeps them
 */
public record Programs(Path folder) {
    /** Set to {@code required} where the tests on a real cluster are not to be skipped. */
    static final String REQUIRED = "LINTEL_MESH";

    /** Whether the tests on a real cluster are not to be skipped. */
    public static boolean required() {
        return "required".equals(System.getenv(REQUIRED));
    }

    /**
     * Finds them, or builds them, which takes a quarter of an hour the first time.
     *
     * @return empty where there is no Go to build them with
     * @throws IllegalStateException if they cannot be built, or are missing although they are required
     */
    public static Optional<Programs> find() {
        return GoTool.build("testbed/build.sh", required()).map(Programs::new);
    }

    Path program(String name) {
        return folder.resolve(name);
    }

    Path definitions() {
        return folder.resolve("crds");
    }

    /** The client that everybody has: what ours is measured against. */
    public Path kubectl() {
        return program("kubectl");
    }
}
