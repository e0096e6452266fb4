package dev.lintel.examples.graphql;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The service in another language: a Python process. */
final class OrdersProcess implements AutoCloseable {
    private final Process process;
    private final Path script;
    private final URI uri;

    private OrdersProcess(Process process, Path script, int port) {
        this.process = process;
        this.script = script;
        this.uri = URI.create("http://127.0.0.1:" + port);
    }

    static OrdersProcess start() throws IOException {
        Path script = Files.createTempFile("orders", ".py");
        Files.writeString(script, ThreeServices.resource("orders.py"));
        Process process = new ProcessBuilder("python3", "-u", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String port = said.readLine();
        if (port == null) {
            process.destroy();
            throw new IOException("python3 ended at once; the example needs Python 3");
        }
        return new OrdersProcess(process, script, Integer.parseInt(port.strip()));
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(script);
    }
}
