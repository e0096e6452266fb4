package dev.lintel.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Ory Hydra on free ports of the loopback, with its database in memory, built from its Go module. Where there is no Go
 * it is missing, and tests are skipped, unless {@code LINTEL_HYDRA=required} says that it must be there.
 */
public final class Hydra implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TRIES = 3;

    private final Process process;
    private final Path log;
    private final URI issuer;
    private final URI admin;
    private final Ports ports;
    private final Thread atExit;

    private Hydra(Process process, Path log, URI issuer, URI admin, Ports ports) {
        this.process = process;
        this.log = log;
        this.issuer = issuer;
        this.admin = admin;
        this.ports = ports;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * The program, built where it is missing, which takes minutes the first time.
     *
     * @return empty where there is no Go that builds it
     * @throws IllegalStateException if it cannot be built, or is missing and required
     */
    public static Optional<Path> binary() {
        return GoTool.build("testkit/hydra.sh", "required".equals(System.getenv("LINTEL_HYDRA")));
    }

    /**
     * Starts one; blocks until it answers.
     *
     * @param binary the program
     * @return the server, without clients
     */
    public static Hydra start(Path binary) {
        String said = "";
        for (int i = 0; i < TRIES; i++) {
            // A program that does not ask Ports may take one before it does; then others are tried.
            Hydra started = launch(binary);
            if (started.answers()) {
                return started;
            }
            started.close();
            said = started.log();
        }
        throw new IllegalStateException("Hydra does not start:\n" + said);
    }

    private static Hydra launch(Path binary) {
        Ports ports = new Ports(new Random());
        int front = ports.next();
        int back = ports.next();
        URI issuer = URI.create("http://127.0.0.1:" + front);
        try {
            Path log = Files.createTempFile("lintel-hydra-", ".log");
            ProcessBuilder builder = new ProcessBuilder(binary.toString(), "serve", "all", "--dev", "--sqa-opt-out")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "GOMAXPROCS",
                            "1",
                            "DSN",
                            "memory",
                            "SECRETS_SYSTEM",
                            UUID.randomUUID().toString(),
                            "URLS_SELF_ISSUER",
                            issuer.toString(),
                            "SERVE_PUBLIC_HOST",
                            "127.0.0.1",
                            "SERVE_PUBLIC_PORT",
                            Integer.toString(front),
                            "SERVE_ADMIN_HOST",
                            "127.0.0.1",
                            "SERVE_ADMIN_PORT",
                            Integer.toString(back)));
            return new Hydra(builder.start(), log, issuer, URI.create("http://127.0.0.1:" + back), ports);
        } catch (IOException e) {
            ports.close();
            throw new IllegalStateException(e);
        }
    }

    /** Whether both of its ports answer as it does. */
    private boolean answers() {
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + PATIENCE;
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try {
                if (body(client, admin.resolve("/admin/clients")).startsWith("[")
                        && body(client, issuer.resolve("/.well-known/openid-configuration"))
                                .contains(issuer.toString())) {
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

    private static String body(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** The issuer of its tokens, for example {@code http://127.0.0.1:4444}. */
    public URI issuer() {
        return issuer;
    }

    /** Where it is managed, for example {@code http://127.0.0.1:4445}. */
    public URI admin() {
        return admin;
    }

    /** Everything that it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
