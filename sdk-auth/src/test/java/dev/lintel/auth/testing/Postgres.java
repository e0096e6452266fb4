package dev.lintel.auth.testing;

import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the tests' own, from Debian's package: a cluster in a temporary folder, on a free port of
 * loopback, run by {@code postgres} where the tests are run by root, because a server refuses root.
 */
public final class Postgres implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final int TRIES = 3;
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int POLLS = 1200;

    private final Path folder;
    private final Process server;
    private final int port;
    private final Ports ports;
    private final AtomicInteger schemas = new AtomicInteger();
    private final Thread atExit = new Thread(this::stop);

    private Postgres(Path folder, Process server, int port, Ports ports) {
        this.folder = folder;
        this.server = server;
        this.port = port;
        this.ports = ports;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Where the programs of the newest version are; empty if the package {@code postgresql} is not installed. */
    public static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(bin -> Integer.parseInt(
                            String.valueOf(bin.getName(bin.getNameCount() - 2)).replaceAll("\\D.*", ""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server that is empty; blocks until it answers. */
    public static Postgres start(Path programs) {
        try {
            Path folder = Files.createTempDirectory("lintel-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path data = Files.createDirectory(folder.resolve("data"));
            if (root()) {
                run(List.of("chown", "postgres", data.toString()), folder);
            }
            run(
                    asUser(List.of(
                            programs.resolve("initdb").toString(),
                            "--pgdata=" + data,
                            "--username=lintel",
                            "--auth=trust",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync")),
                    folder);
            for (int i = 0; i < TRIES; i++) {
                // A program that does not ask Ports may take it before the server does; then another one is tried.
                Postgres started = launch(programs, folder, data);
                if (started != null) {
                    return started;
                }
            }
            throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a new, empty schema. */
    public String schema() {
        String name = "s" + schemas.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(port))) {
            connection.createStatement().execute("CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(port) + "&currentSchema=" + name;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private static @Nullable Postgres launch(Path programs, Path folder, Path data) throws IOException {
        Ports ports = new Ports(new Random());
        int port = ports.next();
        Process server = new ProcessBuilder(asUser(List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int poll = 0; poll < POLLS && server.isAlive(); poll++) {
            try (Connection connection = DriverManager.getConnection(url(port))) {
                if (connection.isValid(1)) {
                    return new Postgres(folder, server, port, ports);
                }
            } catch (SQLException e) {
                LockSupport.parkNanos(POLL);
            }
        }
        server.destroyForcibly();
        ports.close();
        return null;
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=lintel";
    }

    /** An interrupt signal makes the server end at once, without waiting for its clients. */
    private void stop() {
        try {
            if (server.isAlive()) {
                run(List.of("kill", "-INT", Long.toString(server.pid())), folder);
                if (!server.waitFor(30, TimeUnit.SECONDS)) {
                    server.destroyForcibly();
                }
            }
            ports.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Replaces itself by the program, so that the process that is started is the server. */
    private static List<String> asUser(List<String> command) {
        List<String> all = new ArrayList<>();
        if (root()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        all.addAll(command);
        return all;
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " failed: " + Files.readString(folder.resolve("log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
