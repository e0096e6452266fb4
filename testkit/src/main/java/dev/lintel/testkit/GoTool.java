package dev.lintel.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program that a script of this repository builds from its Go module; the script answers 3 where there is no Go. */
public final class GoTool {
    private static final int NO_GO = 3;

    private GoTool() {}

    /** What a program printed, both streams together, and its exit status. */
    public record Ran(int status, String text) {}

    /**
     * The program, built where it is missing, which takes minutes the first time.
     *
     * @param script for example {@code testkit/opa.sh}
     * @param required whether it must be there
     * @return empty where there is no Go that builds it and it is not required
     * @throws IllegalStateException if it cannot be built, or is missing and required
     */
    public static Optional<Path> build(String script, boolean required) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve(script))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "there is no " + script + " above " + Path.of("").toAbsolutePath());
        }
        try {
            Process process = new ProcessBuilder(folder.resolve(script).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status == NO_GO && !required) {
                return Optional.empty();
            }
            if (status != 0) {
                throw new IllegalStateException(script + " answered " + status);
            }
            return Optional.of(Path.of(printed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs a program to the end.
     *
     * @param binary the program
     * @param arguments for example {@code check --strict policy.rego}
     * @param input what it reads on standard input
     * @return what came of it
     */
    public static Ran run(Path binary, List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        try {
            Path file = Files.createTempFile("lintel-", ".in");
            try {
                Files.writeString(file, input);
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(file.toFile())
                        .start();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Ran(process.waitFor(), text);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
