package dev.lintel.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The real OPA, built from its Go module. Where there is no Go it is missing, and tests are skipped, unless {@code
 * LINTEL_OPA=required} says that it must be there.
 */
public final class Opa {
    private static final String SCRIPT = "testkit/opa.sh";
    private static final int NO_GO = 3;

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

    /** What a program printed, both streams together, and its exit status. */
    public record Ran(int status, String text) {}

    /**
     * Runs one of its commands to the end.
     *
     * @param binary the program
     * @param arguments for example {@code check --strict policy.rego}
     * @return what came of it
     */
    public static Ran run(Path binary, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Built {
        static final Optional<Path> BINARY = build();

        private static Optional<Path> build() {
            Path folder = Path.of("").toAbsolutePath();
            while (folder != null && !Files.isExecutable(folder.resolve(SCRIPT))) {
                folder = folder.getParent();
            }
            if (folder == null) {
                throw new IllegalStateException(
                        "there is no " + SCRIPT + " above " + Path.of("").toAbsolutePath());
            }
            try {
                Process script = new ProcessBuilder(folder.resolve(SCRIPT).toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                int status = script.waitFor();
                if (status == NO_GO && !"required".equals(System.getenv("LINTEL_OPA"))) {
                    return Optional.empty();
                }
                if (status != 0) {
                    throw new IllegalStateException(SCRIPT + " answered " + status);
                }
                return Optional.of(Path.of(printed));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
