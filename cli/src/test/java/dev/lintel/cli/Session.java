package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs of the command line in one folder, without a process: what was printed and the exit code of each. */
final class Session {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String typed = "";
    private boolean terminal;

    Session(Path folder) {
        this.folder = folder;
    }

    /** What came of one run; the folder's own path is shown as {@code DIR}. */
    record Ran(int code, String out, String err) {
        /** Everything, as a golden has it. */
        String all() {
            return "exit code " + code + "\n"
                    + (out.isEmpty() ? "" : "--- out\n" + out)
                    + (err.isEmpty() ? "" : "--- err\n" + err);
        }
    }

    Session terminal(String answer) {
        terminal = true;
        typed = answer;
        return this;
    }

    Session stdin(String text) {
        typed = text;
        return this;
    }

    Session variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Session file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                folder,
                environment);
        int code = Lintel.run(around, arguments);
        return new Ran(code, text(out), text(err));
    }

    private String text(ByteArrayOutputStream bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("\tat ", "Exception in thread");
        return text.replace(folder.toString(), "DIR");
    }
}
