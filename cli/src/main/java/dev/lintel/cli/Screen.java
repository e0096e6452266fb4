package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command speaks: options about that, and the streams. */
final class Screen {
    private static final String RED = "31";

    private final Surroundings around;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "How results are written: text or json (default: text).")
    private Form form = Form.TEXT;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never; auto is on a terminal without NO_COLOR (default: auto).")
    private Colours colours = Colours.AUTO;

    Screen(Surroundings around) {
        this.around = around;
    }

    /** What results look like. */
    enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When there are colours. */
    enum Colours {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a command does: it answers its exit code. */
    interface Work {
        int run();
    }

    static boolean colours(Surroundings around, Colours when) {
        return switch (when) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                around.terminal()
                        && around.environment().getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(around.environment().get("TERM"));
        };
    }

    boolean colours() {
        return colours(around, colours);
    }

    boolean isJson() {
        return form == Form.JSON;
    }

    /** A result for people. */
    void text(String text) {
        around.out().print(text);
        around.out().flush();
    }

    /** A result for programs. */
    void json(ObjectNode tree) {
        text(Json.text(tree));
    }

    /** Anything that is no result, on a line of its own. */
    void note(String line) {
        around.err().println(line);
        around.err().flush();
    }

    /** Problems of anything that is no result. */
    void problems(List<Problem> problems) {
        problems.forEach(problem -> note(coloured(problem.render())));
    }

    private String coloured(String text) {
        return colours() ? "\u001b[" + RED + "m" + text + "\u001b[0m" : text;
    }

    /** Does something for a command, and says as problems what goes wrong with it. */
    int guard(String command, Work work) {
        try {
            return work.run();
        } catch (ProblemsException e) {
            return failed(command, e.problems(), ExitCode.of(e.problems()));
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            return failed(command, failure.problems(), failure.exitCode());
        }
    }

    private int failed(String command, List<Problem> problems, int code) {
        if (isJson()) {
            ObjectNode tree = Json.head(command, code);
            tree.set("problems", Json.problems(problems));
            json(tree);
        } else {
            problems(problems);
        }
        return code;
    }
}
