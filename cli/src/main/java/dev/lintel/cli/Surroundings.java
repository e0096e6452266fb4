package dev.lintel.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run of the command line has around it, so that a test can be one.
 *
 * @param in where {@code -f -} and answers are read
 * @param out where results go
 * @param err where everything else goes: questions, progress, problems
 * @param terminal whether a person sits before it, to be asked and to be shown colours
 * @param folder against which paths are resolved
 * @param environment variables, of which {@code NO_COLOR} counts
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Path folder,
        Map<String, String> environment) {
    /** Keeps the variables in their order. */
    public Surroundings {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
