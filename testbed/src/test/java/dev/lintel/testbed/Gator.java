package dev.lintel.testbed;

import dev.lintel.testkit.GoTool;
import java.nio.file.Path;
import java.util.Optional;

/** Gatekeeper's own tool, built from its Go module: what is tried with it behaves as in Gatekeeper. */
final class Gator {
    private Gator() {}

    /** The program, built where it is missing, which takes minutes the first time; empty where there is no Go. */
    static Optional<Path> binary() {
        return GoTool.build("testkit/gator.sh", "required".equals(System.getenv(Programs.REQUIRED)));
    }
}
