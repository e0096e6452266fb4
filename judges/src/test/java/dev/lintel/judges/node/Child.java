package dev.lintel.judges.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of ours: what it prints is read here, what it complains of goes to a log below {@code target}. */
public final class Child implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedReader out;
    private final Writer in;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        out = process.inputReader(StandardCharsets.UTF_8);
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    public static Child start(String name, Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "judges")), name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            Child child = new Child(name, builder.redirectError(log.toFile()).start(), log);
            // A build that is broken off leaves no servers behind.
            Runtime.getRuntime().addShutdownHook(new Thread(child::close, name + "-end"));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line to its standard input, which stays open. */
    public Child say(String line) {
        try {
            in.write(line + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen, see " + log, e);
        }
        return this;
    }

    /** The next line that is asked for; lines before it are passed over. */
    public String line(Predicate<String> wanted) {
        return out.lines()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " ended early, see " + log));
    }

    /** All lines to the end, after its standard input was closed. */
    public List<String> rest() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.lines().toList();
    }

    /** Puts into the log what it prints from now on. */
    public Child unheard() {
        Thread reader = new Thread(this::keep, name + "-unheard");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private void keep() {
        try (Writer kept = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                kept.write(line + "\n");
            }
        } catch (IOException e) {
            // Its end closes what is read here: there is no more to keep.
            return;
        }
    }

    /** What it complained of. */
    public String complaints() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit code, once it has ended. */
    public int ended() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not end within 60 s, see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it and all that it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
