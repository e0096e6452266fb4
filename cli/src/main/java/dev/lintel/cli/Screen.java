package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Plan;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a command speaks: options about that, and the streams. */
final class Screen {
    private static final String RED = "31";

    private final Surroundings around;
    private final Tally tally = new Tally();

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

    /** A plan for people, with the lines of its objects or without. */
    void plan(Plan plan, boolean whole) {
        text(OptionWords.rendered(plan, whole, colours()));
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

    /** How far an apply has come. */
    void progress(String line) {
        tally.hear(line);
        note(line);
    }

    Tally tally() {
        return tally;
    }

    /** Problems of anything that is no result. */
    void problems(List<Problem> problems) {
        OptionWords.of(problems).forEach(problem -> note(coloured(problem.render())));
    }

    private String coloured(String text) {
        return colours() ? "\u001b[" + RED + "m" + text + "\u001b[0m" : text;
    }

    /** Does something for a command, and says as problems what goes wrong with it. */
    int guard(String command, Work work) {
        try {
            return work.run();
        } catch (RuntimeException e) {
            return failed(command, e, tree -> {});
        }
    }

    /**
     * Says what went wrong with an apply or a way back. Once something may be written the last line must not read as if it were
     * done; before that there is nothing to go on with or to go back from.
     *
     * @param next what somebody does now
     * @return the exit code
     */
    int cutOff(String command, Plan plan, RuntimeException e, String next) {
        int code = failed(command, e, tree -> {
            tree.put("applied", false);
            tally.written().forEach(tree.putArray("written")::add);
            tally.left(plan).forEach(tree.putArray("left")::add);
        });
        // A file may be written by then; a cluster tells when it begins.
        if (tally.isBegun() || e instanceof UncheckedIOException) {
            note(tally.failed(plan, next));
        }
        return code;
    }

    /**
     * Says what went wrong with what was taken back by itself, so that nothing is left of it.
     *
     * @return the exit code
     */
    int takenBack(String command, RuntimeException e) {
        int code = failed(command, e, tree -> tree.put("applied", false).put("takenBack", true));
        note("FAILED: it was written, was not in force, and was taken back: nothing of it is left");
        return code;
    }

    /**
     * Says that something was gone back to, and is not in force.
     *
     * @return the exit code
     */
    int notInForce(String command, RuntimeException e) {
        int code = failed(command, e, tree -> tree.put("applied", true));
        note("gone back, and not in force");
        return code;
    }

    /**
     * Says what went wrong.
     *
     * @param more gets the result for programs, to say more in it
     * @return the exit code
     */
    private int failed(String command, RuntimeException e, Consumer<ObjectNode> more) {
        Failure failure = Failure.of(e);
        if (isJson()) {
            ObjectNode tree = Json.head(command, failure.exitCode());
            tree.set("problems", Json.problems(OptionWords.of(failure.problems())));
            more.accept(tree);
            json(tree);
        } else {
            problems(failure.problems());
        }
        return failure.exitCode();
    }
}
