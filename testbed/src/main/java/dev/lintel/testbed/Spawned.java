package dev.lintel.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs beside this one and writes its log to a file.
 *
 * <p>A shell stands between them that ends the program when its own input ends: so that nothing is left behind even if this
 * process is killed.
 */
public final class Spawned implements AutoCloseable {
    private static final String UNTIL_INPUT_ENDS = """
            exec 3<&0
            "$@" </dev/null 3<&- & program=$!
            { cat <&3 >/dev/null; kill "$program"; } 2>/dev/null & watcher=$!
            exec 3<&-
            wait "$program"
            kill "$watcher" 2>/dev/null
            """;
    private static final long GRACE = 15;
    private static final int TAIL = 4_000;

    private final String name;
    private final Process shell;
    private final Path log;

    private Spawned(String name, Process shell, Path log) {
        this.name = name;
        this.shell = shell;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param name its name, and that of its log
     * @param folder where it runs, with a folder {@code log}
     * @param environment all that it finds there
     * @param command program and arguments
     * @return the program, which may end at any time
     */
    public static Spawned start(String name, Path folder, Map<String, String> environment, List<String> command) {
        Path log = folder.resolve("log").resolve(name + ".log");
        List<String> all = new ArrayList<>(List.of("bash", "-c", UNTIL_INPUT_ENDS, name));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        try {
            return new Spawned(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return shell.isAlive();
    }

    /** The name that it was given. */
    public String name() {
        return name;
    }

    /** The end of what it has logged. */
    public String tail() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - TAIL));
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        await();
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            assert !shell.isAlive() : e;
        }
        if (!await()) {
            kill();
        }
    }

    private boolean await() {
        try {
            return shell.waitFor(GRACE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
