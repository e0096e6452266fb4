package dev.lintel.examples.opa;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** An OPA that serves on loopback as long as the example runs. */
public final class OpaProcess implements AutoCloseable {
    private final Process process;
    private final URI uri;

    private OpaProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts one.
     *
     * @param program where the program {@code opa} is
     * @param arguments a configuration, or files with policies
     * @return where it listens is known; it may take a moment until it does
     * @throws IOException if it cannot be started
     */
    public static OpaProcess start(String program, String... arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(program, "run", "--server", "--addr=127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new OpaProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    /**
     * Where it listens.
     *
     * @return an address without path
     */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
