package dev.lintel.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Prometheus of a test's own, from Debian's package, which need not be installed: unpacked into the cache it starts no
 * service. Where it is missing, tests are skipped, unless {@code -Dlintel.prometheus=required} or {@code
 * LINTEL_PROMETHEUS=required} says that it must be there.
 */
public final class Prometheus implements AutoCloseable {
    private static final String REQUIRED = "required";
    private static final int TRIES = 3;
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int POLLS = 1200;

    private final Path folder;
    private final Process server;
    private final URI uri;
    private final Ports ports;
    private final Thread atExit = new Thread(this::stop);

    private Prometheus(Path folder, Process server, URI uri, Ports ports) {
        this.folder = folder;
        this.server = server;
        this.uri = uri;
        this.ports = ports;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one that scrapes a page five times a second; blocks until it answers.
     *
     * @param page where the metrics are; without a path at {@code /metrics}
     */
    public static Prometheus scraping(URI page) throws IOException {
        Path program = program();
        Path folder = Files.createTempDirectory("lintel-prometheus");
        Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 200ms
                  scrape_timeout: 200ms
                scrape_configs:
                  - job_name: mesh
                    metrics_path: '%s'
                    static_configs:
                      - targets: ['%s']
                """.formatted(
                        page.getPath().isEmpty() ? "/metrics" : page.getPath(), page.getAuthority()));
        for (int i = 0; i < TRIES; i++) {
            // A program that does not ask Ports may take it before the server does; then another one is tried.
            Prometheus started = launch(program, folder);
            if (started != null) {
                return started;
            }
        }
        throw new IllegalStateException("Prometheus does not start: " + Files.readString(folder.resolve("log")));
    }

    /** Where it answers queries. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private static Path program() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        List<Path> places =
                List.of(Path.of("/usr/bin/prometheus"), home.resolve("lintel/prometheus/usr/bin/prometheus"));
        for (Path place : places) {
            if (Files.isExecutable(place)) {
                return place;
            }
        }
        String reason = "there is no Prometheus, neither of " + places
                + ": .ci/run unpacks Debian's package prometheus into the latter";
        if (REQUIRED.equals(System.getProperty("lintel.prometheus"))
                || REQUIRED.equals(System.getenv("LINTEL_PROMETHEUS"))) {
            throw new IllegalStateException(reason);
        }
        return abort(reason);
    }

    private static @Nullable Prometheus launch(Path program, Path folder) throws IOException {
        Ports ports = new Ports(new Random());
        int port = ports.next();
        Process server = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        URI uri = URI.create("http://127.0.0.1:" + port);
        HttpRequest ready = HttpRequest.newBuilder(uri.resolve("/-/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        for (int poll = 0; poll < POLLS && server.isAlive(); poll++) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return new Prometheus(folder, server, uri, ports);
                }
            } catch (IOException e) {
                assert poll < POLLS : e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            LockSupport.parkNanos(POLL);
        }
        server.destroyForcibly();
        ports.close();
        return null;
    }

    private void stop() {
        try {
            server.destroy();
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            ports.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
