package dev.lintel.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A service behind the gateway that says exactly the bytes a test wants, and remembers what it was asked. */
final class FakeService implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread accepting;

    /** What the service does with one request; it writes a whole HTTP response, or does something worse. */
    interface Script {
        void answer(Asked asked, OutputStream out) throws Exception;
    }

    /** A request as it came: the head's lines, and the body, read as the head says. */
    record Asked(List<String> lines, String body, Socket socket) {
        String first() {
            return lines.get(0);
        }

        /** The values of a header, joined by a bar. */
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .reduce((a, b) -> a + "|" + b)
                    .orElse("");
        }
    }

    private FakeService(Script script, ServerSocket server) {
        this.script = script;
        this.server = server;
        this.accepting = daemon(this::accept);
    }

    /** The same over TLS; a client must show a certificate if that is wanted. */
    static FakeService tls(SSLContext context, boolean clients, Script script) {
        try {
            SSLServerSocket server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
            server.setNeedClientAuth(clients);
            return new FakeService(script, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeService start(Script script) {
        try {
            return new FakeService(script, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same at a given port that was free a moment ago. */
    static FakeService startAt(int port, Script script) {
        try {
            return new FakeService(script, new ServerSocket(port, 100, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers 200 with a text to everything. */
    static FakeService saying(String text) {
        return start((asked, out) -> out.write(ok(text)));
    }

    static byte[] ok(String text) {
        return bytes("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    URI uri() {
        return URI.create(
                (server instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort());
    }

    List<Asked> asked() {
        return asked;
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Asked request = read(in, socket); request != null; request = read(in, socket)) {
                asked.add(request);
                script.answer(request, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (Exception e) {
            // The other side has gone, or the script wanted it so.
        } finally {
            open.remove(socket);
        }
    }

    private static Asked read(InputStream in, Socket socket) throws IOException {
        String head = until(in, "\r\n\r\n");
        if (head.isEmpty()) {
            return null;
        }
        Asked asked = new Asked(List.of(head.strip().split("\r\n")), "", socket);
        String length = asked.header("content-length");
        String body = "";
        if (!length.isEmpty()) {
            body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
        } else if (!asked.header("transfer-encoding").isEmpty()) {
            StringBuilder all = new StringBuilder();
            int size = Integer.parseInt(until(in, "\r\n").strip(), 16);
            while (size > 0) {
                all.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
                until(in, "\r\n");
                size = Integer.parseInt(until(in, "\r\n").strip(), 16);
            }
            String trailer = until(in, "\r\n");
            while (!trailer.equals("\r\n")) {
                all.append('|').append(trailer.strip());
                trailer = until(in, "\r\n");
            }
            body = all.toString();
        }
        return new Asked(asked.lines(), body, socket);
    }

    @CanIgnoreReturnValue
    private static String until(InputStream in, String end) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] wanted = bytes(end);
        int matched = 0;
        while (matched < wanted.length) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            out.write(next);
            matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @CanIgnoreReturnValue
    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-service");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
            // A thread that is still in accept() keeps the port open, and may take one more connection.
            accepting.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the service closes", e);
        }
    }
}
