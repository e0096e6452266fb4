package dev.lintel.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An OPA that serves its REST API on a free port of the loopback, with everything that it logs. */
public final class OpaServer implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);

    private static final int TRIES = 3;
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final URI uri;
    private final String run;
    private final Ports ports;
    private final List<String> log = new ArrayList<>();
    private final Thread atExit;
    private boolean ended;

    private OpaServer(Process process, URI uri, String run, Ports ports) {
        this.process = process;
        this.uri = uri;
        this.run = run;
        this.ports = ports;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        Thread reader = new Thread(this::read, "opa-log");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one; blocks until it answers.
     *
     * @param binary the program
     * @param arguments policies, data, and options such as {@code --config-file}
     * @return the server
     */
    public static OpaServer start(Path binary, List<String> arguments) {
        String log = "";
        for (int i = 0; i < TRIES; i++) {
            // A program that does not ask Ports may take it before it does; then another one is tried.
            OpaServer started = launch(binary, arguments);
            if (started.answers()) {
                return started;
            }
            started.close();
            log = started.log();
        }
        throw new IllegalStateException("OPA does not start:\n" + log);
    }

    private static OpaServer launch(Path binary, List<String> arguments) {
        String run = UUID.randomUUID().toString();
        Ports ports = new Ports(new Random());
        try {
            int port = ports.next();
            List<String> command = new ArrayList<>(List.of(
                    binary.toString(),
                    "run",
                    "--server",
                    "--addr=http://127.0.0.1:" + port,
                    "--set=labels.run=" + run,
                    "--log-level=debug",
                    "--log-format=json",
                    "--skip-version-check"));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Tests run side by side: it is not to have all processors.
            builder.environment().put("GOMAXPROCS", "1");
            Process process = builder.start();
            return new OpaServer(process, URI.create("http://127.0.0.1:" + port), run, ports);
        } catch (IOException e) {
            ports.close();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it answers, and not somebody else at its port. */
    private boolean answers() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest config = HttpRequest.newBuilder(uri.resolve("/v1/config"))
                .timeout(Duration.ofSeconds(30))
                .build();
        long end = System.nanoTime() + PATIENCE;
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try {
                if (client.send(config, BodyHandlers.ofString()).body().contains(run)) {
                    return true;
                }
            } catch (IOException e) {
                assert process.pid() > 0 : e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            LockSupport.parkNanos(POLL);
        }
        return false;
    }

    /** Where it listens, for example {@code http://127.0.0.1:8181}. */
    public URI uri() {
        return uri;
    }

    /**
     * Waits for a line of its log, which may have come already.
     *
     * @param wanted which line
     * @return the first such line
     * @throws IllegalStateException if none comes in three minutes, or it ends before
     */
    public String await(Predicate<String> wanted) {
        return await(0, wanted);
    }

    /**
     * Waits for a line of its log that comes after some others.
     *
     * @param from how many lines are passed over, for example {@link #lines()} a moment ago
     * @param wanted which line
     * @return the first such line
     * @throws IllegalStateException if none comes in three minutes, or it ends before
     */
    public String await(int from, Predicate<String> wanted) {
        long end = System.nanoTime() + PATIENCE;
        synchronized (log) {
            int at = from;
            while (true) {
                for (; at < log.size(); at++) {
                    if (wanted.test(log.get(at))) {
                        return log.get(at);
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new IllegalStateException(
                            (ended ? "OPA has ended:\n" : "OPA does not say it:\n") + String.join("\n", log));
                }
                try {
                    log.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** How many lines it has logged. */
    public int lines() {
        synchronized (log) {
            return log.size();
        }
    }

    /** Everything that it has logged. */
    public String log() {
        synchronized (log) {
            return String.join("\n", log);
        }
    }

    /** Makes it stop where it stands, as if it hung: it still listens, and answers nothing. */
    public void hang() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #hang()}. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + name + " answered " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add(e.toString());
        }
        add(null);
    }

    /** Null says that nothing more comes. */
    private void add(@Nullable String line) {
        synchronized (log) {
            ended |= line == null;
            if (line != null) {
                log.add(line);
            }
            log.notifyAll();
        }
    }

    /** Stops it, and waits until it has ended. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            ports.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
