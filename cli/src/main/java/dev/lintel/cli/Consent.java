package dev.lintel.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether a change is meant: asked of whoever sits at a terminal. In a pipeline the review of the plan was the question. */
final class Consent {
    private static final int LONGEST_ANSWER = 100;

    private final Surroundings around;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    Consent(Surroundings around) {
        this.around = around;
    }

    boolean isGiven(String question) {
        if (yes || !around.terminal()) {
            return true;
        }
        around.err().print(question + " [y/N] ");
        around.err().flush();
        String answer = line().strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /** Read byte by byte, so that nothing is taken that is not part of the answer. */
    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int each = around.in().read();
                    each >= 0 && each != '\n' && line.size() < LONGEST_ANSWER;
                    each = around.in().read()) {
                line.write(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
