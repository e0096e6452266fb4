package dev.lintel.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The real OPA, built from its Go module. Where there is no Go it is missing, and tests are skipped, unless {@code
 * LINTEL_OPA=required} says that it must be there.
 */
public final class Opa {
    private Opa() {}

    /**
     * The program, built where it is missing, which takes minutes the first time.
     *
     * @return empty where there is no Go that builds it
     * @throws IllegalStateException if it cannot be built, or is missing and required
     */
    public static Optional<Path> binary() {
        return Built.BINARY;
    }

    /**
     * Runs one of its commands to the end.
     *
     * @param binary the program
     * @param arguments for example {@code check --strict policy.rego}
     * @return what came of it
     */
    public static GoTool.Ran run(Path binary, List<String> arguments) {
        return GoTool.run(binary, arguments, "");
    }

    private static final class Built {
        static final Optional<Path> BINARY =
                GoTool.build("testkit/opa.sh", "required".equals(System.getenv("LINTEL_OPA")));
    }
}
