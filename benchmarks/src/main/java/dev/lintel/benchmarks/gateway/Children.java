package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processes that this run started. All of them are stopped at its end, also when it is interrupted. */
public final class Children implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)\\R");
    private static final Duration START = Duration.ofSeconds(60);

    private final List<Process> started = new ArrayList<>();
    private final Path directory;

    public Children(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop what was started"));
    }

    /** A process that listens. */
    public record Server(ProcessHandle process, int port) {}

    /** Starts a server that prints on which port it listens. */
    public Server listening(String name, List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve(name + ".log");
        Process process =
                start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher found = LISTENING.matcher(Files.readString(log));
            if (found.find()) {
                return new Server(process.toHandle(), Integer.parseInt(found.group(1)));
            }
            Thread.sleep(50);
        }
        throw new IOException(name + " did not start:\n" + Files.readString(log));
    }

    /** Starts a server that was told on which port to listen. */
    Server listeningAt(int port, String name, List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve(name + ".log");
        Process process =
                start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (accepts(port)) {
                return new Server(process.toHandle(), port);
            }
            Thread.sleep(50);
        }
        throw new IOException(name + " did not start:\n" + Files.readString(log));
    }

    /** Runs a command to its end. */
    String output(List<String> command) throws IOException, InterruptedException {
        Process process = start(new ProcessBuilder(command).redirectErrorStream(true));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        synchronized (started) {
            started.remove(process);
        }
        if (status != 0) {
            throw new IOException(command.get(0) + " ended with " + status + ":\n" + output);
        }
        return output;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(ProcessBuilder command) throws IOException {
        synchronized (started) {
            Process process = command.start();
            started.add(process);
            return process;
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            started.forEach(Process::destroy);
            started.forEach(Children::end);
            started.clear();
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
