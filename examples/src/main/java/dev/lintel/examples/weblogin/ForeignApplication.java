package dev.lintel.examples.weblogin;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The application: a Python process, or a few lines of Java where there is no Python. */
final class ForeignApplication implements AutoCloseable {
    private final URI uri;
    private final Runnable end;

    private ForeignApplication(int port, Runnable end) {
        this.uri = URI.create("http://127.0.0.1:" + port);
        this.end = end;
    }

    static ForeignApplication start() {
        try {
            return python();
        } catch (IOException e) {
            return java();
        }
    }

    private static ForeignApplication python() throws IOException {
        Path script = Files.createTempFile("app", ".py");
        try (InputStream source =
                Objects.requireNonNull(ForeignApplication.class.getResourceAsStream("app.py"), "app.py")) {
            Files.write(script, source.readAllBytes());
        }
        script.toFile().deleteOnExit();
        Process process = new ProcessBuilder("python3", "-u", script.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String port = said.readLine();
        if (port == null) {
            process.destroy();
            throw new IOException("python3 ended at once");
        }
        return new ForeignApplication(Integer.parseInt(port.strip()), process::destroy);
    }

    private static ForeignApplication java() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String user = exchange.getRequestHeaders().getFirst("X-Auth-Request-User");
                String path = exchange.getRequestURI().getPath();
                String title = path.startsWith("/orders/")
                        ? "Orders of " + path.substring(8)
                        : path.startsWith("/admin/") ? "Administration" : "Hello, " + user;
                byte[] page = ("<!DOCTYPE html><title>" + title + "</title><h1>" + title
                                + "</h1><a href='/oauth2/sign_out'>Log out</a>")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            server.start();
            return new ForeignApplication(server.getAddress().getPort(), () -> server.stop(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the application cannot listen on loopback", e);
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        end.run();
    }
}
